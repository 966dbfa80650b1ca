# Everything that a command can wait for, so that it can be stopped there: it waits when so many requests have arrived (After) and so many of
# them are not answered (Open, otherwise none), or when it has written so many verbose lines (WaitLines), all of them about waits.

Import-Module "$PSScriptRoot/Service.psm1"

$script:day = 86400000
$script:waits = @(
    @{ Wait = 'a poll wait'; Fault = @{ Endpoint = 'GET *'; Status = 200; Body = '{"status":"processing"}'; Count = 0 }; Call = 'Wait-MMSubmission $id -PollIntervalSec 30 -Session $s'; After = 1 }
    @{ Wait = 'the wait of New-MMSubmission -Wait'; Fault = @{ Endpoint = 'GET *'; Status = 200; Body = '{"status":"processing"}'; Count = 0 }; Call = 'New-MMSubmission $path -Wait -Session $s'; After = 2 }
    @{ Wait = 'the wait of Invoke-MMAssetRetry -Wait'; Fault = @{ Endpoint = 'GET *'; Status = 429; RetryAfterSec = 50; Count = 0 }; Call = 'Invoke-MMAssetRetry $failed.SubmissionId $failed.Assets[0].AssetId -Wait -Session $s'; After = 2; Failed = $true }
    @{ Wait = 'a retry delay'; Fault = @{ Endpoint = 'GET *'; Status = 500; Count = 0 }; Call = 'Get-MMSubmission $id -Session $patient'; After = 1 }
    @{ Wait = 'a Retry-After'; Fault = @{ Endpoint = 'GET *'; Status = 429; RetryAfterSec = 50; Count = 0 }; Call = 'Get-MMSubmission $id -Session $s'; After = 1 }
    @{ Wait = 'a gate that another call closed'; Fault = @{ Endpoint = 'GET *'; Status = 429; RetryAfterSec = 80000; Count = 0 }; Call = 'Get-MMSubmission $id -Session $single -ErrorAction Ignore; Get-MMSubmission $id, $id, $id -ThrottleLimit 3 -Session $single -Verbose'; WaitLines = 3 }
    @{ Wait = 'a slow answer'; Fault = @{ Endpoint = 'GET *'; DelayMs = $script:day }; Call = 'Get-MMSubmission $id -Session $s'; Open = 1 }
    @{ Wait = 'slow answers to many at once'; Fault = @{ Endpoint = 'GET *'; DelayMs = $script:day; Count = 0 }; Call = '1..20 | ForEach-Object { $id } | Get-MMSubmission -ThrottleLimit 8 -Session $s'; Open = 8 }
    @{ Wait = 'a slow create'; Fault = @{ Endpoint = 'POST /submissions'; DelayMs = $script:day }; Call = 'New-MMSubmission $path -Session $s'; Open = 1 }
    @{ Wait = 'a direct upload'; Fault = @{ Endpoint = 'POST /uploads/direct'; DelayMs = $script:day; Count = 0 }; Call = 'Send-MMFile $file, $file2 -Session $s'; Open = 2 }
    @{ Wait = 'a presigned upload'; Fault = @{ Endpoint = '* /blob/*'; DelayMs = $script:day; Count = 0 }; Call = 'Send-MMFile $file -Method Presigned -Session $s'; After = 2; Open = 1 }
    @{ Wait = 'a run with a ledger'; Fault = @{ Endpoint = 'POST /submissions'; DelayMs = $script:day; Count = 0 }; Call = 'Submit-MMFile $file, $file2 -Ledger $ledger -Session $s'; After = 5; Open = 2 }
    @{ Wait = 'a report'; Fault = @{ Endpoint = 'GET *'; DelayMs = $script:day; Count = 0 }; Call = 'Export-MMReport $report $id -Session $s'; Open = 1 }
    @{ Wait = 'the check of -Validate'; Fault = @{ Endpoint = 'GET *'; DelayMs = $script:day }; Call = 'Connect-MMService $key -BaseUri $address -TimeoutSec 86400 -Validate'; Open = 1 }
    @{ Wait = 'Test-MMConnection'; Fault = @{ Endpoint = 'GET *'; DelayMs = $script:day }; Call = 'Test-MMConnection -Session $s'; Open = 1 }
)

# The kinds of waits, for -ForEach.
function Get-TestWait {
    [CmdletBinding()]
    [OutputType([hashtable[]])]
    param()

    foreach ($wait in $script:waits) {
        foreach ($name in 'After', 'Open', 'WaitLines', 'Failed') { $wait[$name] ??= $null }
        $wait
    }
}

# Starts the call of a wait in that runspace, and returns the command as soon as it waits.
function Start-TestWait {
    [CmdletBinding()]
    param([Parameter(Mandatory)] [hashtable] $Wait, [Parameter(Mandatory)] [runspace] $Runspace)

    $simulator = Get-MMSimulator
    $known = @{
        s       = Connect-TestSession -Option @{ TimeoutSec = 86400 } -PassThru
        single  = Connect-TestSession -Name Single -Option @{ MaxAttempts = 1; MaxRetryDelaySec = 86400; TimeoutSec = 86400 } -PassThru
        patient = Connect-TestSession -Name Patient -Option @{ RetryBaseDelaySec = 50 } -PassThru
        id      = 'c0ffee00-0000-4000-8000-000000000001'
        file    = Add-TestFile
        file2   = Add-TestFile
        path    = (Send-MMFile (Add-TestFile) -Session Default).BlobPath
        failed  = if ($Wait.Failed) { Submit-TestFile "$([guid]::NewGuid())-fail-retryable.txt" -Wait }
        ledger  = "$(Add-TestFile).db"
        report  = "$(Add-TestFile).html"
        key     = $simulator.ApiKey
        address = $simulator.BaseUri
    }
    $fault = $Wait.Fault
    Add-MMSimulatorFault @fault
    $server = Get-TestServer
    $before = $server.RequestCount
    $command = Start-TestCommand $Wait.Call $known $Runspace
    if ($Wait.WaitLines) {
        Wait-TestRecord $command.Streams.Verbose $Wait.WaitLines
        $other = $command.Streams.Verbose.Message -notlike '* waits *'
        if ($other) { throw "The command does more than wait: $other" }
    }
    Wait-TestServer {
        $arrived = $server.RequestCount -ge $before + ($Wait.After ?? $Wait.Open)
        $arrived -and ($Wait.Open ? $server.OpenRequests -ge $Wait.Open : $server.OpenRequests -eq 0)
    }
    $command
}

Export-ModuleMember -Function Get-TestWait, Start-TestWait
