# The staged module and a service for the suites to talk to: the simulator, in this process.

Import-Module "$PSScriptRoot/Support.psm1"
Import-Module (Get-StagedManifest) -Global

# Only a hang lasts longer.
$script:limit = [timespan]::FromSeconds(120)

# Starts a simulator and connects this runspace to it; nothing of an earlier suite is left.
function Connect-TestService {
    [CmdletBinding()]
    param([double] $ProcessingSeconds = 0.05, [object] $RateLimit)

    Disconnect-TestService
    Start-MMSimulator -ProcessingSeconds $ProcessingSeconds -RateLimit $RateLimit -PassThru
    Connect-TestSession
}

# Connects this runspace to the running simulator, with delays fit for tests.
function Connect-TestSession {
    [CmdletBinding()]
    param([string] $Name = 'Default', [hashtable] $Option = @{}, [switch] $PassThru)

    $simulator = Get-MMSimulator
    $all = @{ ApiKey = $simulator.ApiKey; BaseUri = $simulator.BaseUri; Name = $Name; RetryBaseDelaySec = 0.01; PassThru = $PassThru }
    foreach ($key in $Option.Keys) { $all[$key] = $Option[$key] }
    Connect-MMService @all
}

# Ends all sessions of this runspace, and the simulator.
function Disconnect-TestService {
    [CmdletBinding()]
    param()

    Get-MMSession | Disconnect-MMService
    Stop-MMSimulator -Confirm:$false
}

# The simulator itself, which knows more than its cmdlets tell.
function Get-TestServer {
    [CmdletBinding()]
    param()

    [MediaMagic.Submission].Assembly.GetType('MediaMagic.Sessions.SimulatorStore').GetMethod('Find').Invoke($null, @())
}

# Writes a small file that the service takes, unlike any other, and returns its path.
function Add-TestFile {
    [CmdletBinding()]
    [OutputType([string])]
    param([string] $Name = "$([guid]::NewGuid()).txt", [string] $Folder = (Get-PSDrive TestDrive).Root)

    $path = Join-Path $Folder $Name
    [System.IO.File]::WriteAllText($path, "Read by people. $([guid]::NewGuid())`n")
    $path
}

# Makes a folder of so many files, each of its own content, and names a ledger beside it.
function New-TestBatch {
    [CmdletBinding()]
    param([int] $Count = 1)

    $folder = (New-Item -ItemType Directory -Path (Join-Path (Get-PSDrive TestDrive).Root ([guid]::NewGuid()))).FullName
    for ($i = 0; $i -lt $Count; $i++) { $null = Add-TestFile -Folder $folder }
    @{ Folder = $folder; Files = (Get-ChildItem $folder -Filter *.txt); Ledger = "$folder.db" }
}

# How often the service accepted each of the blob paths.
function Get-AcceptedCount {
    [CmdletBinding()]
    [OutputType([int])]
    param([Parameter(Mandatory)] [string[]] $BlobPath)

    $BlobPath | ForEach-Object { (Get-TestServer).SubmissionIdsFor($_).Count }
}

# Uploads and submits a small file of that name. The analysis of an unfinished one takes a day.
function Submit-TestFile {
    [CmdletBinding()]
    param([string] $Name = "$([guid]::NewGuid()).txt", [switch] $Wait, [switch] $Unfinished)

    $options = (Get-TestServer).Options
    $usual = $options.ProcessingSeconds
    if ($Unfinished) { $options.ProcessingSeconds = 86400 }
    try { $submission = Send-MMFile (Add-TestFile $Name) | New-MMSubmission } finally { $options.ProcessingSeconds = $usual }
    if ($Wait) { Wait-MMSubmission $submission.SubmissionId -PollIntervalSec 0.02 -WarningAction Ignore } else { $submission }
}

# The newest error that the script leaves in $Error; null when it leaves none.
function Get-ErrorOf {
    [CmdletBinding()]
    param([Parameter(Mandatory)] [scriptblock] $Script)

    $global:Error.Clear()
    try { $null = & $Script 2>$null 3>$null } catch { $null = $_ }
    if ($global:Error.Count -gt 0) { $global:Error[0] }
}

# Waits until the condition holds. It is evaluated at once and after every change of the simulator; the limit only ends a hang.
function Wait-TestServer {
    [CmdletBinding()]
    param([Parameter(Mandatory)] [scriptblock] $Condition)

    $server = Get-TestServer
    while ($true) {
        # The task comes first, or a change between the two steps would be missed.
        $change = $server.NextChangeAsync()
        if (& $Condition) { return }
        if (-not $change.Wait($script:limit)) { throw "The simulator came to rest before this was true: $Condition" }
    }
}

# Makes the service answer that submissions are still being processed, until the faults are cleared.
function Suspend-TestSubmission {
    [CmdletBinding()]
    param([string] $SubmissionId = '{submissionId}')

    Add-MMSimulatorFault "GET /submissions/$SubmissionId" -Status 200 -Body "{`"submissionId`":`"$SubmissionId`",`"status`":`"processing`"}" -Count 0
}

# Shows that nothing more is sent: what is still under way would be counted among the requests that follow it.
function Test-Quiet {
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        # How many requests follow.
        [int] $Requests = 20,

        # How many requests are held back and stay so.
        [int] $Open = 0,

        # How many cancelled requests the server may still read. The service holds all endpoints for a day: a cancelled request ends,
        # and one that a client still waits for stays open.
        [int] $MaxLate = 0
    )

    $server = Get-TestServer
    if ($MaxLate) { foreach ($endpoint in 'POST *', 'PUT *', 'GET /submissions*') { Add-MMSimulatorFault $endpoint -DelayMs 86400000 -Count 0 } }
    $marker = [System.Net.Http.HttpClient]::new()
    try {
        for ($late = 0; $late -le $MaxLate; $late += $server.RequestCount - $settled - $Requests) {
            Wait-TestServer { $server.OpenRequests -le $Open }
            $settled = $server.RequestCount
            foreach ($n in 1..$Requests) { $null = $marker.GetAsync("$($server.BaseUri)api/integrations/marker").GetAwaiter().GetResult() }
            if ($server.RequestCount -eq $settled + $Requests) { return $server.OpenRequests -eq $Open }
        }
        $false
    }
    finally { $marker.Dispose() }
}

# Holds the requests of an endpoint back until the task ends, all of them or so many, and may drop their connections then.
function Add-TestFault {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Endpoint,
        [Parameter(Mandatory)] [System.Threading.Tasks.Task] $Until,
        [int] $Count = 0,
        [string] $DropConnection = 'None'
    )

    $server = Get-TestServer
    $fault = [Activator]::CreateInstance($server.GetType().Assembly.GetType('MediaMagic.Simulator.SimulatorFault'))
    $fault.Endpoint, $fault.Until, $fault.Count, $fault.DropConnection = $Endpoint, $Until, $Count, $DropConnection
    $server.AddFault($fault)
}

# A runspace of its own with the module in it.
function Open-TestRunspace {
    [CmdletBinding()]
    [OutputType([runspace])]
    param()

    $state = [initialsessionstate]::CreateDefault2()
    $state.ImportPSModule([string[]] @(Get-StagedManifest))
    $runspace = [runspacefactory]::CreateRunspace($state)
    $runspace.Open()
    $runspace
}

# Starts a script with these variables, in a runspace of its own or the one that is given, and returns the command that runs.
function Start-TestCommand {
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Script, [hashtable] $Variable = @{}, [runspace] $Runspace)

    $shell = [powershell]::Create()
    $shell.Runspace = if ($Runspace) { $Runspace } else { Open-TestRunspace }
    foreach ($name in $Variable.Keys) { $shell.Runspace.SessionStateProxy.SetVariable($name, $Variable[$name]) }
    $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
    $running = $shell.AddScript($Script).BeginInvoke([System.Management.Automation.PSDataCollection[psobject]] $null, $output)
    [pscustomobject] @{ Shell = $shell; Streams = $shell.Streams; Output = $output; Running = $running; Own = -not $Runspace }
}

# Waits until the command has ended.
function Wait-TestCommand {
    [CmdletBinding()]
    param([Parameter(Mandatory)] [object] $Command)

    if (-not $Command.Running.AsyncWaitHandle.WaitOne($script:limit)) { throw 'The command does not end.' }
}

# Waits until a command has written so many records to a stream, such as $command.Output or $command.Streams.Verbose.
function Wait-TestRecord {
    [CmdletBinding()]
    param([Parameter(Mandatory)] [object] $Stream, [int] $Count = 1)

    $id = "written-$([guid]::NewGuid())"
    Register-ObjectEvent -InputObject $Stream -EventName DataAdded -SourceIdentifier $id
    try {
        while ($Stream.Count -lt $Count) {
            if (-not (Wait-Event $id -Timeout $script:limit.TotalSeconds)) { throw "The command wrote $($Stream.Count) records in place of $Count." }
            Remove-Event $id
        }
    }
    finally {
        Unregister-Event $id
        Remove-Event $id -ErrorAction Ignore
    }
}

# Stops the command as Ctrl+C does.
function Stop-TestCommand {
    [CmdletBinding()]
    param([Parameter(Mandatory)] [object] $Command)

    $stopping = $Command.Shell.BeginStop($null, $null)
    if (-not $stopping.AsyncWaitHandle.WaitOne($script:limit)) { throw 'The command does not stop.' }
    $Command.Shell.EndStop($stopping)
}

# Stops the command if it still runs, and its runspace, if it has one of its own.
function Close-TestCommand {
    [CmdletBinding()]
    param([Parameter(Mandatory)] [object] $Command)

    Stop-TestCommand $Command
    if ($Command.Own) { $Command.Shell.Runspace.Dispose() }
    $Command.Shell.Dispose()
}

Export-ModuleMember -Function *
