BeforeAll {
    Import-Module "$PSScriptRoot/Service.psm1" -Force
    $ErrorActionPreference = 'Continue'
    $samples = (Resolve-Path "$PSScriptRoot/../../samples").Path
    $report = Join-Path $TestDrive 'report.csv'
    $media = Join-Path $TestDrive 'media'

    # Runs a sample as a scheduler would, in a process of its own, and returns its exit code and what it wrote.
    function Invoke-Sample([string] $Name, [string[]] $Argument, [hashtable] $Environment = @{}) {
        $start = [System.Diagnostics.ProcessStartInfo]::new((Get-Process -Id $PID).Path)
        foreach ($item in @('-NoProfile', '-NonInteractive', '-File', "$samples/$Name") + $Argument) { $start.ArgumentList.Add($item) }
        foreach ($key in $Environment.Keys) { $start.Environment[$key] = $Environment[$key] }
        $start.Environment['NO_COLOR'] = '1'
        $start.RedirectStandardOutput = $start.RedirectStandardError = $start.RedirectStandardInput = $true
        $process = [System.Diagnostics.Process]::Start($start)
        $process.StandardInput.Close()
        $errors = $process.StandardError.ReadToEndAsync()
        $output = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        [pscustomobject] @{ ExitCode = $process.ExitCode; Output = $output; Errors = $errors.Result }
    }

    # Runs the runbook on the files of that name against the simulator of this process.
    function Invoke-Runbook([string[]] $File, [hashtable] $Environment = @{}, [string[]] $Argument = @()) {
        foreach ($path in $media, $report) { if (Test-Path -LiteralPath $path) { Remove-Item -LiteralPath $path -Recurse } }
        $null = New-Item -ItemType Directory -Path $media
        foreach ($name in $File) { $null = Add-TestFile $name -Folder $media }
        $simulator = Get-MMSimulator
        $all = @{ MEDIAMAGIC_API_KEY = $simulator.ApiKey; MEDIAMAGIC_BASE_URI = "$($simulator.BaseUri)" }
        foreach ($key in $Environment.Keys) { $all[$key] = $Environment[$key] }
        $fixed = '-Path', $media, '-ReportPath', $report, '-Module', (Get-StagedManifest), '-PollIntervalSec', '0.05', '-RetryBaseDelaySec', '0.01'
        $run = Invoke-Sample runbook.ps1 ($fixed + $Argument) $all
        $rows = if (Test-Path -LiteralPath $report) { @(Import-Csv -LiteralPath $report) } else { @() }
        $run | Add-Member Report $rows -PassThru | Add-Member States (($rows | ForEach-Object { "$(Split-Path $_.File -Leaf)=$($_.State)" }) -join ' ') -PassThru
    }
}

Describe 'runbook.ps1' {
    BeforeEach { $null = Connect-TestService }
    AfterEach { Disconnect-TestService }

    It 'ends with 0 when all is well' {
        $run = Invoke-Runbook 'a.txt', 'b.txt' -Argument '-LogPath', (Join-Path $TestDrive 'requests.jsonl')
        $run.Errors | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 0
        $run.States | Should -Be 'a.txt=Complete b.txt=Complete'
        $run.Output | Should -Match '2 Complete'
        $run.Report.SubmissionId | ForEach-Object { (Get-MMSubmission $_).Status } | Should -Be 'complete', 'complete'
        [int] $run.Report[0].Issues | Should -Be @(Get-MMIssue $run.Report[0].SubmissionId).Count
        Get-Content (Join-Path $TestDrive 'requests.jsonl') | ConvertFrom-Json | ForEach-Object method | Should -Contain 'POST'
    }

    It 'retries what failed for a passing reason' {
        $run = Invoke-Runbook 'a.txt', 'b-fail-retryable-twice.txt'
        $run.States | Should -Be 'a.txt=Complete b-fail-retryable-twice.txt=Complete'
        $run.ExitCode | Should -Be 0
        [regex]::Matches($run.Output, 'Retry b-fail').Count | Should -Be 2
    }

    It 'retries no more often than told' {
        $run = Invoke-Runbook 'b-fail-retryable-always.txt' -Argument '-RetryRounds', '1'
        $run.States | Should -Be 'b-fail-retryable-always.txt=Failed'
        $run.ExitCode | Should -Be 5
        [regex]::Matches($run.Output, 'Retry b-fail').Count | Should -Be 1
    }

    It 'ends with 5 when a file is bad or fails for good, and does the others' {
        $run = Invoke-Runbook 'a.txt', 'b.exe', 'c-fail-permanent.txt', 'd.png'
        $run.States | Should -Be 'a.txt=Complete b.exe=Rejected c-fail-permanent.txt=Failed d.png=Rejected'
        $run.ExitCode | Should -Be 5
        ($run.Report | Where-Object State -NE Complete).Why | Should -Not -Contain ''
        (Get-MMSimulator).Submissions | Should -Be 2
    }

    It 'ends with 5 when the service takes one name or file not, and does the others' {
        Add-MMSimulatorFault 'POST /uploads/direct' -Status 403 -Body '{"detail": "Invalid filename"}'
        Add-MMSimulatorFault 'POST /submissions' -Status 415
        $run = Invoke-Runbook 'a.txt', 'b.txt', 'c.txt'
        $run.States | Should -Be 'a.txt=Rejected b.txt=Rejected c.txt=Complete'
        $run.ExitCode | Should -Be 5
    }

    It 'waits for a retry whose answer was lost' {
        Add-MMSimulatorFault 'POST /submissions/*/retry' -DropConnection After
        $run = Invoke-Runbook 'a-fail-retryable.txt'
        $run.States | Should -Be 'a-fail-retryable.txt=Complete'
        $run.ExitCode | Should -Be 0
    }

    It 'ends with 5 when files were submitted in an earlier run' {
        $null = Invoke-Runbook 'a.txt'
        $run = Invoke-Runbook 'a.txt', 'b.txt'
        $run.States | Should -Be 'a.txt=Rejected b.txt=Complete'
        $run.Report[0].Why | Should -BeLike '409 AssetAlreadySubmitted*'
        $run.ExitCode | Should -Be 5
    }

    It 'ends with 2 <Name>, and sends nothing' -ForEach @(
        @{ Name = 'without a key'; Key = ''; Message = 'NotConnected*Connect-MMService*' }
        @{ Name = 'with a key that is not known'; Key = 'sk_test_0123456789abcdef'; Message = '401 InvalidApiKey*' }
    ) {
        $run = Invoke-Runbook 'a.txt' -Environment @{ MEDIAMAGIC_API_KEY = $Key }
        $run.ExitCode | Should -Be 2
        $run.Errors | Should -BeLike $Message
        $run.Errors | Should -Not -Match '0123456789abcdef'
        $run.Report | Should -BeNullOrEmpty
        (Get-MMSimulator).Submissions | Should -Be 0
    }

    It 'ends with 1 when the key cannot be one, or the folder is not there' {
        $run = Invoke-Runbook 'a.txt' -Environment @{ MEDIAMAGIC_API_KEY = 'nonsense' }
        $run.ExitCode | Should -Be 1
        $run.Errors | Should -BeLike '*sk_live_*sk_test_*'
        (Invoke-Sample runbook.ps1 '-Path', "$TestDrive/nowhere", '-Module', (Get-StagedManifest)).ExitCode | Should -Be 1
    }

    It 'ends with 2 when the key is revoked on the way, and tells what was not sent' {
        Add-MMSimulatorFault 'POST /submissions' -DelayMs 0 -Count 1
        Add-MMSimulatorFault 'POST /submissions' -Status 401 -Body '{"detail": "This API key has been revoked"}' -Count 0
        $run = Invoke-Runbook 'a.txt', 'b.txt', 'c.txt'
        $run.ExitCode | Should -Be 2
        $run.Errors | Should -BeLike '401 ApiKeyRevoked*'
        $run.States | Should -Be 'a.txt=Submitted b.txt=Later c.txt=Later'
    }

    It 'ends with 4 when the service is down' {
        Add-MMSimulatorFault -Status 503 -Count 0
        $run = Invoke-Runbook 'a.txt'
        $run.ExitCode | Should -Be 4
        $run.Errors | Should -BeLike '503 ServerError*'
    }

    It 'ends with 4 when nothing listens there' {
        $run = Invoke-Runbook 'a.txt' -Environment @{ MEDIAMAGIC_BASE_URI = 'http://127.0.0.1:9/' }
        $run.ExitCode | Should -Be 4
        $run.Errors | Should -BeLike 'ConnectionFailed*'
    }

    It 'ends with 4 when the service goes down on the way, and tells what was not sent' {
        Add-MMSimulatorFault 'POST /uploads/direct' -DelayMs 0 -Count 1
        Add-MMSimulatorFault 'POST /uploads/direct' -Status 503 -Count 0
        $run = Invoke-Runbook 'a.txt', 'b.txt'
        $run.ExitCode | Should -Be 4
        $run.Errors | Should -BeLike '*later*'
        $run.States | Should -Be 'a.txt=Complete b.txt=Later'
    }

    It 'ends with 4 when there is too much traffic' {
        Add-MMSimulatorFault 'POST /submissions' -Status 429 -RetryAfterSec 600 -Count 0
        $run = Invoke-Runbook 'a.txt', 'b.txt'
        $run.ExitCode | Should -Be 4
        $run.States | Should -Be 'a.txt=Later b.txt=Later'
        $run.Report[0].Why | Should -BeLike '429 RateLimited*'
    }

    It 'ends with 4 when the analysis takes too long, and tells what to wait for' {
        $run = Invoke-Runbook 'a-slow.txt' -Argument '-TimeoutSec', '0'
        $run.ExitCode | Should -Be 4
        $run.States | Should -Be 'a-slow.txt=Submitted'
        (Get-MMSubmission $run.Report[0].SubmissionId).SubmissionId | Should -Be $run.Report[0].SubmissionId
    }

    It 'ends with 3 when nobody knows whether a submission is there' {
        Add-MMSimulatorFault 'POST /submissions' -DropConnection After
        $run = Invoke-Runbook 'a.txt', 'b.txt'
        $run.ExitCode | Should -Be 3
        $run.States | Should -Be 'a.txt=Unknown b.txt=Complete'
        (Get-MMSimulator).Submissions | Should -Be 2
    }
}

Describe 'quickstart.ps1' {
    It 'does the whole job and leaves nothing behind' {
        $run = Invoke-Sample quickstart.ps1 '-Module', (Get-StagedManifest)
        $run.Errors | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 0
        $run.Output | Should -Match '(?s)Connect.*holiday-photo.png +\d+ image/png +False.*failed.*Issues found.*MAJOR.*Retry what failed.*complete.*Done'
        $run.Output | Should -Not -Match 'sk_(test|live)_[0-9a-f]{64}'
        Get-ChildItem ([System.IO.Path]::GetTempPath()) -Filter 'mediamagic-demo-*' | Should -BeNullOrEmpty
    }

    It 'fails where the module is not' {
        (Invoke-Sample quickstart.ps1 '-Module', "$TestDrive/nowhere.psd1").ExitCode | Should -Not -Be 0
    }
}
