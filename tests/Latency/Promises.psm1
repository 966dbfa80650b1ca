# Each promise about real time, measured once.

Import-Module "$PSScriptRoot/../Module/Waits.psm1", "$PSScriptRoot/../Module/Service.psm1"

$script:stopLimit = 500

# Measures all promises once.
function Measure-Promise {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param([Parameter(Mandatory)] [runspace] $Runspace)

    $null = Connect-TestService
    foreach ($wait in Get-TestWait) {
        $command = Start-TestWait $wait $Runspace
        New-Measure "Ctrl+C ends $($wait.Wait)" $script:stopLimit { $command.Shell.Stop() }
        Close-TestCommand $command
        Clear-MMSimulatorFault
    }
    Measure-Receiver $Runspace
    Measure-TimeLimit
    Measure-Progress $Runspace
}

# How long the script takes, beside the limit.
function New-Measure([string] $Name, [double] $Limit, [scriptblock] $Script) {
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $null = & $Script
    [pscustomobject] @{ Name = $Name; Value = $clock.Elapsed.TotalMilliseconds; Limit = $Limit; Unit = 'ms' }
}

# The webhook listener: how soon it answers, and how soon Ctrl+C ends it while a sender is in the middle of a request.
function Measure-Receiver([runspace] $Runspace) {
    $command = Start-TestCommand 'Receive-MMWebhookEvent http://127.0.0.1:0/ -AllowUnsigned -Verbose' @{} $Runspace
    Wait-TestRecord $command.Streams.Verbose
    $address = [uri] ($command.Streams.Verbose[0].Message -replace '^Listening on ')
    $slow = [System.Net.Sockets.TcpClient]::new($address.Host, $address.Port)
    $slow.GetStream().Write([byte[]] [char[]] 'POST / HTTP/1.1')
    New-Measure 'A webhook delivery is answered' 250 { Invoke-WebRequest $address -Method Post -Body '{"id":"e1","type":"x","data":{}}' -ContentType application/json }
    New-Measure 'Ctrl+C ends Receive-MMWebhookEvent' $script:stopLimit { $command.Shell.Stop() }
    Close-TestCommand $command
    $slow.Dispose()
}

# Limits that the caller sets: what they take beyond it.
function Measure-TimeLimit {
    $submission = Submit-TestFile
    Suspend-TestSubmission $submission.SubmissionId
    foreach ($measure in @(
            New-Measure 'Wait-MMSubmission -TimeoutSec 1, beyond it' 500 { Wait-MMSubmission $submission.SubmissionId -TimeoutSec 1 -PollIntervalSec 0.3 -ErrorAction Ignore }
            New-Measure 'Receive-MMWebhookEvent -TimeoutSec 1, beyond it' 500 { Receive-MMWebhookEvent http://127.0.0.1:0/ -AllowUnsigned -TimeoutSec 1 }
        )) {
        if ($measure.Value -lt 990) { throw "$($measure.Name): it ended after $($measure.Value) ms." }
        $measure.Value -= 1000
        $measure
    }
    Clear-MMSimulatorFault
}

# How often a wait updates its progress.
function Measure-Progress([runspace] $Runspace) {
    $submission = Submit-TestFile
    Suspend-TestSubmission $submission.SubmissionId
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $command = Start-TestCommand 'Wait-MMSubmission $id -Session $s -PollIntervalSec 0.02' @{ id = $submission.SubmissionId; s = Get-MMSession Default } $Runspace
    Wait-TestRecord $command.Streams.Progress 3
    [pscustomobject] @{ Name = 'Progress updates of Wait-MMSubmission'; Value = 2 / $clock.Elapsed.TotalSeconds; Limit = 5; Unit = 'a second' }
    Close-TestCommand $command
    Clear-MMSimulatorFault
}

Export-ModuleMember -Function Measure-Promise
