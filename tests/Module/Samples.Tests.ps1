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
            $code, $sessions = $shell.AddScript('param($Script, $Parameter) $null = & $Script @Parameter; $LASTEXITCODE; @(Get-Command Get-MMSession -ErrorAction Ignore | ForEach-Object { & $_ }).Count').AddArgument("$samples/$Name").AddArgument($Parameter).Invoke()
            [pscustomobject] @{ ExitCode = $code; Sessions = $sessions; Output = $shell.Streams.Information -join "`n"; Errors = "$errors" }
        }
        finally {
            [Console]::SetError($console)
            foreach ($key in $before.Keys) { [Environment]::SetEnvironmentVariable($key, $before[$key]) }
            $shell.Dispose()
        }
    }

    # Creates the files of that name, and returns the parameters and variables with which the runbook submits them to the simulator of this process.
    function New-RunbookCase([string[]] $File, [hashtable] $Environment, [hashtable] $Parameter) {
        foreach ($path in $media, $report) { if (Test-Path -LiteralPath $path) { Remove-Item -LiteralPath $path -Recurse } }
        $null = New-Item -ItemType Directory -Path $media
        foreach ($name in $File) { $null = Add-TestFile $name -Folder $media }
        $simulator = Get-MMSimulator
        $variables = @{ MEDIAMAGIC_API_KEY = $simulator.ApiKey; MEDIAMAGIC_BASE_URI = "$($simulator.BaseUri)" }
        foreach ($key in $Environment.Keys) { $variables[$key] = $Environment[$key] }
        $all = @{ Path = $media; ReportPath = $report; Module = (Get-StagedManifest); PollIntervalSec = '0.05'; RetryBaseDelaySec = '0.01' }
        foreach ($key in $Parameter.Keys) { $all[$key] = $Parameter[$key] }
        @{ Parameter = $all; Environment = $variables; Arguments = @($all.Keys | ForEach-Object { "-$_"; $all[$_] }) }
    }

    # Adds the rows of a report to a run, and its states as text.
    function Add-Report([object] $Run, [string] $From = $report) {
        $rows = if (Test-Path -LiteralPath $From -PathType Leaf) { @(Import-Csv -LiteralPath $From) } else { @() }
        $Run | Add-Member Report $rows -PassThru | Add-Member States (($rows | ForEach-Object { "$(Split-Path $_.File -Leaf)=$($_.State)" }) -join ' ') -PassThru
    }

    # Runs the runbook on the files of that name.
    function Invoke-Runbook([string[]] $File, [hashtable] $Environment = @{}, [hashtable] $Parameter = @{}, [switch] $AsProcess) {
        $case = New-RunbookCase $File $Environment $Parameter
        Add-Report $(if ($AsProcess) { Invoke-Sample runbook.ps1 $case.Arguments $case.Environment } else { Invoke-SampleHere runbook.ps1 $case.Parameter $case.Environment })
    }

    # Starts the runbook with default signal handlers: a test run in the background inherits that SIGINT and SIGQUIT are ignored.
    function Start-Runbook([string[]] $File) {
        $case = New-RunbookCase $File @{} @{}
        $all = @(if ($IsLinux) { 'env', '--default-signal=INT,QUIT' }) + @(Get-PowerShellCommand | Where-Object { $_ }) + @('-NoProfile', '-NonInteractive', '-File', "$samples/runbook.ps1") + $case.Arguments
        $start = [System.Diagnostics.ProcessStartInfo]::new($all[0])
        foreach ($text in $all | Select-Object -Skip 1) { $start.ArgumentList.Add($text) }
        foreach ($name in $case.Environment.Keys) { $start.Environment[$name] = $case.Environment[$name] }
        $start.Environment['NO_COLOR'] = '1'
        $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        [System.Diagnostics.Process]::Start($start)
    }

    # A path where every write finds the disk full. A link, so that a script that replaces its report cannot replace the device.
    function New-FullFile { (New-Item -ItemType SymbolicLink "$TestDrive/$([guid]::NewGuid()).csv" -Value /dev/full).FullName }

    # A module like the staged one that runs a script first whenever this command is used.
    function New-HookModule([string] $Command, [string] $Script) {
        $file = Join-Path $TestDrive "Hook$([guid]::NewGuid()).psm1"
        Set-Content -LiteralPath $file @"
Import-Module '$(Get-StagedManifest)' -Global
function $Command {
    $Script
    `$input | MediaMagic\$Command @args
}
Export-ModuleMember -Function $Command
"@
        $file
    }
}

Describe 'runbook.ps1' {
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

    It 'ends with 7 and sends nothing when <Name>' -ForEach @(
        @{ Name = 'the module is missing'; Parameter = @{ Module = 'Nope' }; Message = '*Nope*'; AsProcess = $true }
        @{ Name = 'the module is another one'; Parameter = @{ Module = 'Microsoft.PowerShell.Archive' }; Message = '*has no command Connect-MMService*'; IsAlone = $true }
        @{ Name = 'the folder is missing'; Parameter = @{ Path = '<drive>/nowhere' }; Message = "There is no folder '*nowhere'*" }
        @{ Name = 'the folder is a file'; Parameter = @{ Path = '<drive>/old.csv' }; Message = "There is no folder '*old.csv'*" }
        @{ Name = 'the report is a folder'; Parameter = @{ ReportPath = '<drive>/taken' }; Message = "The report '*taken' is a folder.*" }
        @{ Name = 'the report is read-only'; Parameter = @{ ReportPath = '<drive>/old.csv' }; Message = "The report '*old.csv' is read-only.*" }
        @{ Name = 'the folder of the report cannot be created'; Parameter = @{ ReportPath = '<drive>/old.csv/report.csv' }; Message = "The report '*' cannot be written: *" }
        @{ Name = 'the report is not a file'; Parameter = @{ ReportPath = 'Env:/report' }; Message = "The report 'Env:/report' is not in a file system.*" }
        @{ Name = 'the log cannot be written'; Parameter = @{ LogPath = '<drive>/taken' }; Message = "LogNotWritten*" }
        @{ Name = 'a parameter is out of bounds'; Parameter = @{ RetryBaseDelaySec = 99999 }; Message = '*RetryBaseDelaySec*' }
        @{ Name = 'the key cannot be one'; Environment = @{ MEDIAMAGIC_API_KEY = 'nonsense' }; Message = '*sk_live_*sk_test_*' }
        @{ Name = 'the address is none'; Environment = @{ MEDIAMAGIC_BASE_URI = 'no address' }; Message = '*MEDIAMAGIC_BASE_URI*' }
    ) {
        $null = New-Item -ItemType Directory "$TestDrive/taken" -Force
        $old = "$TestDrive/old.csv"
        if (-not (Test-Path $old)) {
            Set-Content $old 'old'
            (Get-Item $old).IsReadOnly = $true
        }
        $given = @{}
        foreach ($key in $Parameter.Keys) { $given[$key] = if ($Parameter[$key] -is [string]) { $Parameter[$key].Replace('<drive>', $TestDrive) } else { $Parameter[$key] } }
        if ($IsAlone) { $given.Module = (New-Item "$TestDrive/Empty.psm1" -Value 'Export-ModuleMember' -Force).FullName }
        $requests = (Get-MMSimulator).Requests
        $run = Invoke-Runbook 'a.txt' -Environment ($Environment ?? @{}) -Parameter $given -AsProcess:([bool] $AsProcess)
        $run.ExitCode | Should -Be 7
        $run.Errors | Should -BeLike $Message
        (Get-MMSimulator).Requests | Should -Be $requests
        Get-Content $old | Should -Be 'old'
        if (-not $given.ReportPath) { Test-Path $report | Should -BeFalse }
    }

    It 'ends with 7 and sends nothing when the user may not <Name>' -Skip:(-not (Get-Command setpriv -ErrorAction Ignore) -or (id -u) -ne 0) -ForEach @(
        @{ Name = 'read the folder'; Closed = 'media'; Message = '*media*denied*' }
        @{ Name = 'create the report'; Closed = 'reports'; Message = "The report '*' cannot be written: *denied*" }
    ) {
        $case = New-RunbookCase 'a.txt' @{ HOME = $TestDrive } @{ ReportPath = "$TestDrive/reports/report.csv" }
        $null = New-Item -ItemType Directory "$TestDrive/reports" -Force
        foreach ($folder in 'media', 'reports') { & chmod $($folder -eq $Closed ? '000' : '777') "$TestDrive/$folder" }
        $requests = (Get-MMSimulator).Requests
        $before = @{}
        try {
            foreach ($key in $case.Environment.Keys) {
                $before[$key] = [Environment]::GetEnvironmentVariable($key)
                [Environment]::SetEnvironmentVariable($key, $case.Environment[$key])
            }
            $program = @(Get-PowerShellCommand | Where-Object { $_ })
            $shown = & setpriv --bounding-set '-dac_override,-dac_read_search' -- @program -NoProfile -NonInteractive -File "$samples/runbook.ps1" @($case.Arguments) 2>&1 | ForEach-Object { "$_" } | Join-String -Separator ' '
            $code = $LASTEXITCODE
        }
        finally {
            foreach ($key in $before.Keys) { [Environment]::SetEnvironmentVariable($key, $before[$key]) }
            & chmod 700 "$TestDrive/media" "$TestDrive/reports"
        }
        $shown | Should -BeLike $Message
        $code | Should -Be 7
        (Get-MMSimulator).Requests | Should -Be $requests
    }

    It 'creates the folder of the report, and leaves out the report itself' {
        $run = Invoke-Runbook 'a.txt' -Parameter @{ ReportPath = "$TestDrive/new/sub/report.csv" }
        $run.ExitCode | Should -Be 0
        (Import-Csv "$TestDrive/new/sub/report.csv").State | Should -Be 'Complete'
        $run = Invoke-Runbook 'b.txt' -Parameter @{ ReportPath = "$media/report.csv" }
        $run.ExitCode | Should -Be 0
        (Import-Csv "$media/report.csv").State | Should -Be 'Complete'
    }

    It 'keeps an older report when nothing was sent, and replaces all of it otherwise' {
        $old = "$TestDrive/kept.csv"
        Set-Content $old ("old`n" * 10000)
        $run = Invoke-Runbook 'a.txt' -Environment @{ MEDIAMAGIC_API_KEY = 'sk_test_0123456789abcdef' } -Parameter @{ ReportPath = $old }
        $run.ExitCode | Should -Be 2
        (Get-Content $old)[0] | Should -Be 'old'
        $run = Invoke-Runbook 'a.txt' -Parameter @{ ReportPath = $old }
        $run.ExitCode | Should -Be 0
        (Get-Content $old).Count | Should -Be 2
    }

    It 'has a line for each of two files whose names differ only in casing' -Skip:(-not $IsLinux) {
        $run = Invoke-Runbook 'a.txt', 'A.txt'
        $run.Report.Count | Should -Be 2
        $run.Report.File | Sort-Object -Unique -CaseSensitive | Should -HaveCount 2
    }

    It 'adds a line before and after each submission, for a process that is killed' {
        $copy = "$TestDrive/copy.csv"
        $module = New-HookModule Wait-MMSubmission "[System.IO.File]::Copy('$report', '$copy')"
        $run = Invoke-Runbook 'a.txt', 'b.exe' -Parameter @{ Module = $module }
        $run.ExitCode | Should -Be 5
        $lines = Import-Csv $copy
        $lines.State | Should -Be 'Later', 'Rejected', 'Unknown', 'Submitted'
        $lines[3].SubmissionId | Should -Be $run.Report[0].SubmissionId
        $run.Output | Should -Match "Submitted a.txt: $($lines[3].SubmissionId)"
        $run.States | Should -Be 'a.txt=Complete b.exe=Rejected'
    }

    It 'ends with 6 when the report <Name>, and leaves it in the temporary folder' -ForEach @(
        @{ Name = 'is on a full disk'; IsFull = $true }
        @{ Name = 'is deleted on the way'; Hook = 'Remove-Item -LiteralPath "{0}"' }
        @{ Name = 'is replaced by a folder on the way'; Hook = 'Remove-Item -LiteralPath "{0}"; $null = New-Item -ItemType Directory "{0}"' }
    ) -Skip:(-not $IsLinux) {
        $temporary = (New-Item -ItemType Directory "$TestDrive/$([guid]::NewGuid())").FullName
        $given = if ($IsFull) { @{ ReportPath = (New-FullFile) } } else { @{ Module = (New-HookModule Wait-MMSubmission ($Hook -f $report)) } }
        $run = Invoke-Runbook 'a.txt', 'b.txt' -Parameter $given -Environment @{ TMPDIR = $temporary }
        $run.ExitCode | Should -Be 6
        $moved = Get-ChildItem $temporary -Filter 'mediamagic-report-*.csv'
        $moved | Should -HaveCount 1
        $run.Errors | Should -BeLike "The report '*' can no longer be written: *Its lines go to '$($moved.FullName)'*"
        $run.Output | Should -BeLike "*2 Complete*Report: $($moved.FullName)*"
        (Import-Csv $moved.FullName).State | Should -Be 'Complete', 'Complete'
        $run.Sessions | Should -Be 0
    }

    It 'ends with 6 and prints the report when no folder takes it' -Skip:(-not $IsLinux) {
        $run = Invoke-Runbook 'a.txt' -Parameter @{ ReportPath = (New-FullFile) } -Environment @{ TMPDIR = "$TestDrive/no-temporary-folder" } -AsProcess
        $run.ExitCode | Should -Be 6
        $run.Errors | Should -BeLike '*Its lines go to the output.*'
        $run.Output | Should -Match '"[^"]*a\.txt","Complete","[^"]+"'
    }

    It 'keeps the sessions that were there, and leaves none of its own' {
        $run = Invoke-Runbook 'a.txt' -Environment @{ MEDIAMAGIC_API_KEY = '' }
        $run.Sessions | Should -Be 0
        $run = Invoke-Runbook 'a.txt' -Parameter @{ Module = (New-HookModule Wait-MMSubmission 'throw "Out of order."') }
        $run.ExitCode | Should -Be 1
        $run.Errors.Trim() | Should -Be 'Out of order.'
        $run.States | Should -Be 'a.txt=Submitted'
        $run.Sessions | Should -Be 0
    }

    It 'ends with <Code> on SIG<Signal> while it <Name>, and the report holds the truth' -Skip:$IsWindows -ForEach @(
        @{ Signal = 'INT'; Code = 130; Name = 'uploads'; Held = 'POST /uploads/direct'; After = 2; States = 'a.txt=Later b.txt=Later' }
        @{ Signal = 'INT'; Code = 130; Name = 'submits'; Held = 'POST /submissions'; After = 3; States = 'a.txt=Unknown b.txt=Later' }
        @{ Signal = 'INT'; Code = 130; Name = 'waits'; Held = 'GET /submissions/*'; After = 6; States = 'a.txt=Submitted b.txt=Submitted' }
        @{ Signal = 'QUIT'; Code = 130; Name = 'waits'; Held = 'GET /submissions/*'; After = 6; States = 'a.txt=Submitted b.txt=Submitted' }
        @{ Signal = 'TERM'; Code = 143; Name = 'submits'; Held = 'POST /submissions'; After = 3; States = 'a.txt=Later b.txt=Later a.txt=Unknown' }
    ) {
        $end = [System.Threading.Tasks.TaskCompletionSource]::new()
        Add-TestFault $Held -Until $end.Task
        $arrived = (Get-TestServer).RequestCount + $After
        $process = Start-Runbook 'a.txt', 'b.txt'
        try {
            Wait-TestServer { (Get-TestServer).RequestCount -ge $arrived -and (Get-TestServer).OpenRequests -ge 1 }
            & sh -c "kill -$Signal $($process.Id)"
            $run = Add-Report (Wait-ChildProcess $process ([timespan]::FromMinutes(5)))
        }
        finally { $end.SetResult() }
        $run.ExitCode | Should -Be $Code
        $run.States | Should -Be $States
        if ($Code -eq 130) {
            $run.Output | Should -Match "Report: .*report\.csv"
            $run.Errors | Should -BeNullOrEmpty
        }
        foreach ($row in $run.Report | Where-Object State -EQ Submitted) { (Get-MMSubmission $row.SubmissionId).SubmissionId | Should -Be $row.SubmissionId }
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

    It 'has only the syntax of Windows PowerShell 5.1' {
        $tokens = $errors = $null
        $ast = [System.Management.Automation.Language.Parser]::ParseFile($Path, [ref] $tokens, [ref] $errors)
        $errors | Should -BeNullOrEmpty
        $tokens.Kind | Where-Object { "$_" -in 'AndAnd', 'OrOr', 'QuestionQuestion', 'QuestionQuestionEquals', 'QuestionDot', 'QuestionLBracket' } | Should -BeNullOrEmpty
        $ast.FindAll({ $args[0].GetType().Name -eq 'TernaryExpressionAst' }, $true) | Should -BeNullOrEmpty
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
