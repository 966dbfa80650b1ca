# The staged module and a service for the suites to talk to: the simulator, in this process.

Import-Module "$PSScriptRoot/Support.psm1"
Import-Module (Get-StagedManifest) -Global

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

# Uploads and submits a small file of that name.
function Submit-TestFile {
    [CmdletBinding()]
    param([string] $Name = "$([guid]::NewGuid()).txt", [switch] $Wait)

    $submission = Send-MMFile (Add-TestFile $Name) | New-MMSubmission
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

# Whether the condition comes true in time.
function Wait-Until {
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory)] [scriptblock] $Condition, [double] $TimeoutSec = 10)

    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($clock.Elapsed.TotalSeconds -gt $TimeoutSec) { return $false }
        [System.Threading.Thread]::Sleep(2)
    }
    $true
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

Export-ModuleMember -Function *
