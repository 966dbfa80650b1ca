BeforeDiscovery {
    $scripts = Get-ChildItem "$PSScriptRoot/../../samples" -Filter *.ps1 | ForEach-Object { @{ Name = $_.Name; Path = $_.FullName } }
}

BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1", "$PSScriptRoot/../../tools/ChildPowerShell.psm1" -Force
    Import-Module "$PSScriptRoot/Service.psm1" -Force
    Import-Module "$PSScriptRoot/Examples.psm1" -Force
    $ErrorActionPreference = 'Continue'
    $samples = (Resolve-Path "$PSScriptRoot/../../samples").Path
    $report = Join-Path $TestDrive 'report.csv'
    $media = Join-Path $TestDrive 'media'

    # Runs a sample as a scheduler would, in a process of its own, and returns its exit code and what it wrote.
    function Invoke-Sample([string] $Name, [string[]] $Argument, [hashtable] $Environment = @{}) {
        Invoke-ChildPowerShell (@('-File', "$samples/$Name") + $Argument) -Environment (@{ NO_COLOR = '1' } + $Environment)
    }

    # The same in a runspace of its own, which starts faster. The exit codes of some runs of Invoke-Sample prove that both agree.
    function Invoke-SampleHere([string] $Name, [hashtable] $Parameter, [hashtable] $Environment = @{}) {
        $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
        $console = [Console]::Error
        $errors = [System.IO.StringWriter]::new()
        $before = @{}
        foreach ($key in $Environment.Keys) { $before[$key] = [Environment]::GetEnvironmentVariable($key) }
        try {
            foreach ($key in $Environment.Keys) { [Environment]::SetEnvironmentVariable($key, $Environment[$key]) }
            [Console]::SetError($errors)
            $code = $shell.AddScript('param($Script, $Parameter) $null = & $Script @Parameter; $LASTEXITCODE').AddArgument("$samples/$Name").AddArgument($Parameter).Invoke()[0]
            [pscustomobject] @{ ExitCode = $code; Output = $shell.Streams.Information -join "`n"; Errors = "$errors" }
        }
        finally {
            [Console]::SetError($console)
            foreach ($key in $before.Keys) { [Environment]::SetEnvironmentVariable($key, $before[$key]) }
            $shell.Dispose()
        }
    }

    # Runs the runbook on the files of that name against the simulator of this process.
    function Invoke-Runbook([string[]] $File, [hashtable] $Environment = @{}, [hashtable] $Parameter = @{}, [switch] $AsProcess) {
        foreach ($path in $media, $report) { if (Test-Path -LiteralPath $path) { Remove-Item -LiteralPath $path -Recurse } }
        $null = New-Item -ItemType Directory -Path $media
        foreach ($name in $File) { $null = Add-TestFile $name -Folder $media }
        $simulator = Get-MMSimulator
        $variables = @{ MEDIAMAGIC_API_KEY = $simulator.ApiKey; MEDIAMAGIC_BASE_URI = "$($simulator.BaseUri)" }
        foreach ($key in $Environment.Keys) { $variables[$key] = $Environment[$key] }
        $all = @{ Path = $media; ReportPath = $report; Module = (Get-StagedManifest); PollIntervalSec = '0.05'; RetryBaseDelaySec = '0.01' }
        foreach ($key in $Parameter.Keys) { $all[$key] = $Parameter[$key] }
        $run = if ($AsProcess) { Invoke-Sample runbook.ps1 @($all.Keys | ForEach-Object { "-$_"; $all[$_] }) $variables } else { Invoke-SampleHere runbook.ps1 $all $variables }
        $rows = if (Test-Path -LiteralPath $report -PathType Leaf) { @(Import-Csv -LiteralPath $report) } else { @() }
        $run | Add-Member Report $rows -PassThru | Add-Member States (($rows | ForEach-Object { "$(Split-Path $_.File -Leaf)=$($_.State)" }) -join ' ') -PassThru
    }
}

Describe 'runbook.ps1' {
    BeforeAll {
        # A module that runs a script before a command of the module, for what happens in the middle of a run.
        function New-HookModule([string] $Command, [string] $Script) {
            $file = Join-Path $TestDrive "Hook$(Get-Random).psm1"
            Set-Content -LiteralPath $file -Value @"
Import-Module '$(Get-StagedManifest)' -Global
function $Command {
    `$all = @(`$input)
    $Script
    `$all | MediaMagic\$Command @args
}
Export-ModuleMember -Function $Command
"@
            $file
        }
    }

    BeforeEach { $null = Connect-TestService }
    AfterEach { Disconnect-TestService }

    It 'ends with 0 when all is well' {
        $run = Invoke-Runbook 'a.txt', 'b.txt' -Parameter @{ LogPath = (Join-Path $TestDrive 'requests.jsonl') }
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
        $run = Invoke-Runbook 'b-fail-retryable-always.txt' -Parameter @{ RetryRounds = '1' }
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
        $run = Invoke-Runbook 'a.txt' -Environment @{ MEDIAMAGIC_API_KEY = 'nonsense' } -AsProcess
        $run.ExitCode | Should -Be 1
        $run.Errors | Should -BeLike '*sk_live_*sk_test_*'
        (Invoke-SampleHere runbook.ps1 @{ Path = "$TestDrive/nowhere"; Module = (Get-StagedManifest) }).ExitCode | Should -Be 1
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
        (Get-TestServer).Options.ProcessingSeconds = 86400
        $run = Invoke-Runbook 'a-slow.txt' -Parameter @{ TimeoutSec = '0' }
        $run.ExitCode | Should -Be 4
        $run.States | Should -Be 'a-slow.txt=Submitted'
        (Get-MMSubmission $run.Report[0].SubmissionId).SubmissionId | Should -Be $run.Report[0].SubmissionId
    }

    It 'ends with 3 when <Name>' -ForEach @(
        @{ Name = 'nobody knows whether a submission is there'; Faults = @{ DropConnection = 'After' }, @{ Status = 403 } }
        @{ Name = 'a submission is there, and nobody knows its id'; Faults = @(@{ DropConnection = 'After' }) }
        @{ Name = 'the service fails, and may have made a submission'; Faults = @(@{ Status = 503 }); Submissions = 1 }
    ) {
        foreach ($fault in $Faults) { Add-MMSimulatorFault 'POST /submissions' @fault }
        $run = Invoke-Runbook 'a.txt', 'b.txt'
        $run.ExitCode | Should -Be 3
        $run.States | Should -Be 'a.txt=Unknown b.txt=Complete'
        (Get-MMSimulator).Submissions | Should -Be ($Submissions ?? 2)
    }

    It 'ends with 1 and sends nothing when <Name>' -ForEach @(
        @{ Name = 'the module is missing'; Parameter = @{ Module = 'MediaMagicNope' }; Message = '*MediaMagicNope*' }
        @{ Name = 'the folder of the report is missing'; Parameter = @{ ReportPath = 'TestDrive:/nowhere/report.csv' }; Message = "*there is no folder '*nowhere'*" }
        @{ Name = 'a folder has the name of the report'; Parameter = @{ ReportPath = 'TestDrive:/taken' }; Message = '*it is a folder*' }
        @{ Name = 'the report is read-only'; Parameter = @{ ReportPath = 'TestDrive:/old.csv' }; Message = '*read-only*' }
    ) {
        $null = New-Item -ItemType Directory "$TestDrive/taken" -Force
        if (-not (Test-Path "$TestDrive/old.csv")) {
            Set-Content "$TestDrive/old.csv" 'old'
            (Get-Item "$TestDrive/old.csv").IsReadOnly = $true
        }
        $own = @{}
        foreach ($key in $Parameter.Keys) { $own[$key] = $Parameter[$key] -replace '^TestDrive:', $TestDrive }
        $run = Invoke-Runbook 'a.txt' -Parameter $own
        $run.ExitCode | Should -Be 1
        $run.Errors | Should -BeLike $Message
        (Get-MMSimulator).Submissions | Should -Be 0
        (Get-MMSimulator).Requests | Should -Be 0
        Get-Content "$TestDrive/old.csv" | Should -Be 'old'
    }

    It 'ends with 1 when it may not read the folder' -Skip:$IsWindows {
        $folder = (New-Item -ItemType Directory "$TestDrive/secret").FullName
        $hook = New-HookModule Get-MMTopic
        Add-Content -LiteralPath $hook -Value "function Get-ChildItem { Write-Error 'Access is denied.' -Category PermissionDenied -ErrorAction Stop }; Export-ModuleMember -Function *"
        $run = Invoke-Runbook 'a.txt' -Parameter @{ Path = $folder; Module = $hook }
        $run.ExitCode | Should -Be 1
        (Get-MMSimulator).Requests | Should -Be 0
    }

    It 'keeps an older report when nothing was sent' {
        $old = Join-Path $TestDrive 'kept.csv'
        Set-Content $old 'old'
        $run = Invoke-Runbook 'a.txt' -Environment @{ MEDIAMAGIC_API_KEY = 'sk_test_0123456789abcdef' } -Parameter @{ ReportPath = $old }
        $run.ExitCode | Should -Be 2
        Get-Content $old | Should -Be 'old'
    }

    It 'adds a line before and after each submission, so that a killed run leaves the ids' {
        $copy = Join-Path $TestDrive 'copy.csv'
        $hook = New-HookModule New-MMSubmission "Copy-Item -LiteralPath '$report' -Destination '$copy'"
        $run = Invoke-Runbook 'a.txt', 'b.exe', 'c.txt' -Parameter @{ Module = $hook }
        $run.States | Should -Be 'a.txt=Complete b.exe=Rejected c.txt=Complete'

        # As it was before the second submission.
        $lines = Import-Csv $copy
        $lines | ForEach-Object { "$(Split-Path $_.File -Leaf)=$($_.State)" } |
            Should -Be 'a.txt=Later', 'b.exe=Rejected', 'c.txt=Later', 'a.txt=Unknown', 'a.txt=Submitted', 'c.txt=Unknown'
        $lines[4].SubmissionId | Should -Be $run.Report[0].SubmissionId
    }

    It 'ends with 6 and writes to the temporary folder when the report can no longer be written' {
        $hook = New-HookModule New-MMSubmission "Remove-Item -LiteralPath '$report'; `$null = New-Item -ItemType Directory '$report/in-the-way'"
        $temporary = (New-Item -ItemType Directory "$TestDrive/moved").FullName
        $run = Invoke-Runbook 'a.txt' -Parameter @{ Module = $hook } -Environment @{ TMPDIR = $temporary; TEMP = $temporary; TMP = $temporary }
        $run.ExitCode | Should -Be 6
        $run.Errors | Should -BeLike "The report '$report' cannot be written: *"
        $moved = Get-ChildItem $temporary -Filter 'mediamagic-report-*.csv'
        $moved | Should -HaveCount 1
        (Import-Csv $moved.FullName).State | Should -Be Complete
        $run.Output | Should -BeLike "*1 Complete*Report: $($moved.FullName)*"
    }

    It 'prints the report when no folder takes it' {
        $hook = New-HookModule New-MMSubmission "Remove-Item -LiteralPath '$report'; `$null = New-Item -ItemType Directory '$report/in-the-way'"
        $nowhere = Join-Path $TestDrive 'no-temporary-folder'
        $run = Invoke-Runbook 'a.txt' -Parameter @{ Module = $hook } -Environment @{ TMPDIR = $nowhere; TEMP = $nowhere; TMP = $nowhere }
        $run.ExitCode | Should -Be 6
        (Get-MMSimulator).Submissions | Should -Be 1
        $run.Output | Should -Match '"[^"]*a\.txt","Complete","[^"]+"'
    }

    It 'ends with 130 when it is interrupted while it <Name>, and the report says what was sent' -Skip:$IsWindows -ForEach @(
        @{ Name = 'waits'; Command = 'Wait-MMSubmission'; States = 'a.txt=Submitted b.txt=Submitted' }
        @{ Name = 'sends'; Command = 'New-MMSubmission'; States = 'a.txt=Unknown b.txt=Later' }
        @{ Name = 'uploads'; Command = 'Send-MMFile'; States = 'a.txt=Later b.txt=Later' }
    ) {
        $hook = New-HookModule $Command "[Console]::Out.WriteLine('HERE'); Wait-Event -SourceIdentifier never"
        foreach ($path in $media, $report) { if (Test-Path -LiteralPath $path) { Remove-Item -LiteralPath $path -Recurse } }
        $null = New-Item -ItemType Directory -Path $media
        foreach ($name in 'a.txt', 'b.txt') { $null = Add-TestFile $name -Folder $media }
        $simulator = Get-MMSimulator
        $process = Start-ChildPowerShell '-File', "$samples/runbook.ps1", '-Path', $media, '-ReportPath', $report, '-Module', $hook -Redirect -Confirm:$false -Environment @{
            NO_COLOR = '1'; MEDIAMAGIC_API_KEY = $simulator.ApiKey; MEDIAMAGIC_BASE_URI = "$($simulator.BaseUri)"
        }
        while ($process.StandardOutput.ReadLine() -ne 'HERE') { if ($process.StandardOutput.EndOfStream) { break } }
        & kill -INT $process.Id
        $run = Wait-ChildProcess $process
        $run.Errors | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 130
        ((Import-Csv -LiteralPath $report) | ForEach-Object { "$(Split-Path $_.File -Leaf)=$($_.State)" }) -join ' ' | Should -Be $States
        $run.Output | Should -Match 'Report: '
    }
}

Describe 'quickstart.ps1' {
    It 'does the whole job and leaves nothing behind' {
        # The suite of the other build may be running, so this one uses its own temporary folder.
        $temporary = (New-Item -ItemType Directory "$TestDrive/temporary").FullName
        $run = Invoke-Sample quickstart.ps1 '-Module', (Get-StagedManifest) @{ TMPDIR = $temporary; TEMP = $temporary; TMP = $temporary }
        $run.Errors | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 0
        $run.Output | Should -Match '(?s)Connect.*holiday-photo.png +\d+ image/png +False.*failed.*Issues found.*MAJOR.*Retry what failed.*complete.*Done'
        $run.Output | Should -Not -Match 'sk_(test|live)_[0-9a-f]{64}'
        Get-ChildItem $temporary -Filter 'mediamagic-demo-*' | Should -BeNullOrEmpty
    }

    It 'fails where the module is not' {
        { & "$samples/quickstart.ps1" -Module "$TestDrive/nowhere.psd1" } | Should -Throw '*nowhere*'
    }
}

Describe 'Get-Help <Name>' -ForEach $scripts {
    BeforeAll { $help = Get-Help $Path -Full }

    It 'shows what the script is for, and an example' {
        $help.Synopsis | Should -Match '^[A-Z][^\n]{10,}\.$'
        @($help.examples.example).Count | Should -BeGreaterThan 0
    }

    It 'describes every parameter' {
        $parameters = @($help.parameters.parameter)
        $parameters.name | Sort-Object | Should -Be ((Get-Command $Path).ScriptBlock.Ast.ParamBlock.Parameters.Name.VariablePath.UserPath | Sort-Object)
        foreach ($parameter in $parameters) { $parameter.description.Text | Should -Match '^[A-Z].{5,}\.$' -Because $parameter.name }
    }
}

Describe 'What the documents start' {
    BeforeAll {
        # A copy of the repository as far as the documents name it, and a pwsh that starts this PowerShell, whether or not one is installed.
        $place = (New-Item -ItemType Directory "$TestDrive/place/media").Parent.FullName
        Copy-Item $samples $place -Recurse
        Copy-Item "$samples/runbook.ps1" $place
        $null = New-Item -ItemType $(if ($IsWindows) { 'Junction' } else { 'SymbolicLink' }) "$place/output" -Value (Resolve-Path "$samples/../output").Path
        $paths = @{ PATH = Add-PwshToPath "$TestDrive/pwsh"; PSModulePath = $env:PSModulePath }
        $env:PSModulePath = "$place/output" + [System.IO.Path]::PathSeparator + $env:PSModulePath
        Push-Location $place
    }

    AfterAll {
        Pop-Location
        foreach ($name in $paths.Keys) { Set-Item "Env:$name" $paths[$name] }
        Remove-Item Env:MEDIAMAGIC_API_KEY, Env:MEDIAMAGIC_BASE_URI -ErrorAction Ignore
        Disconnect-TestService
    }

    It 'README: the runbook, unattended' {
        $null = Connect-TestService
        $null = Add-TestFile 'a.txt' -Folder "$place/media"
        $block = Get-FencedCode "$samples/../README.md" | Where-Object { $_ -match 'pwsh .*runbook' }
        $block | Should -HaveCount 1
        $shown = . ([scriptblock]::Create($block)) | Out-String
        $LASTEXITCODE | Should -Be 0 -Because $shown
        (Import-Csv ./night.csv).State | Should -Be Complete
    }

    It 'testing-runbooks.md: the suite <_>' -ForEach 'Runbook.Tests.ps1', 'Grave.Tests.ps1' {
        $suite = $_
        Disconnect-TestService
        $block = Get-FencedCode "$samples/../docs/guides/testing-runbooks.md" | Where-Object { $_.StartsWith("Set-Content ./$suite") }
        $block | Should -HaveCount 1
        . ([scriptblock]::Create($block))

        # Pester does not run in Pester: a runspace of its own.
        $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
        try {
            $run = $shell.AddScript('param($Pester, $Folder, $Suite) Set-Location $Folder; Import-Module $Pester; Invoke-Pester $Suite -Output None -PassThru').
                AddArgument((Get-Module Pester).Path).AddArgument($place).AddArgument("./$_").Invoke()
            "$($run.Failed.ErrorRecord) $($run.FailedContainers.ErrorRecord) $($shell.Streams.Error)".Trim() | Should -BeNullOrEmpty
            $run.Result | Should -Be Passed
            $run.PassedCount | Should -BeGreaterThan 0
        }
        finally { $shell.Dispose() }
    }
}
