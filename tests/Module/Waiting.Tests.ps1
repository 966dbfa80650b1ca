BeforeAll {
    Import-Module "$PSScriptRoot/Service.psm1" -Force
    $ErrorActionPreference = 'Continue'
    $null = Connect-TestService
}

AfterAll { Disconnect-TestService }

Describe 'Wait-MMSubmission' {
    AfterEach { Clear-MMSimulatorFault }

    It 'returns the submission when it has ended' {
        $done = Submit-TestFile | Wait-MMSubmission -PollIntervalSec 0.02
        $done.Status | Should -Be complete
        $done.ProgressPercent | Should -Be 100
        $done.CompletedAt | Should -BeOfType ([datetimeoffset])
    }

    It 'errs with WaitTimeout when it takes too long, and returns the others' {
        $slow = Submit-TestFile
        $quick = Submit-TestFile -Wait
        Suspend-TestSubmission $slow.SubmissionId
        (Get-ErrorOf { Wait-MMSubmission $slow.SubmissionId -TimeoutSec 0.1 -PollIntervalSec 0.02 }).FullyQualifiedErrorId | Should -BeLike 'MediaMagic.WaitTimeout,*'
        $Error.Clear()
        $ended = Wait-MMSubmission $slow.SubmissionId, $quick.SubmissionId -TimeoutSec 0 -ErrorAction SilentlyContinue
        $ended.SubmissionId | Should -Be $quick.SubmissionId
        $Error.Count | Should -Be 1
        $Error[0].FullyQualifiedErrorId | Should -BeExactly 'MediaMagic.WaitTimeout,MediaMagic.Commands.Submissions.WaitSubmissionCommand'
        $Error[0].CategoryInfo.Category | Should -Be OperationTimeout
        $Error[0].TargetObject | Should -Be $slow.SubmissionId
        $Error[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $Error[0].ErrorDetails.Message | Should -BeLike 'WaitTimeout: *'
    }

    It 'looks once when no time is given' {
        $slow = Submit-TestFile
        Suspend-TestSubmission $slow.SubmissionId
        $before = (Get-MMSimulator).Requests
        (Get-ErrorOf { Wait-MMSubmission $slow.SubmissionId -TimeoutSec 0 }).FullyQualifiedErrorId | Should -BeLike 'MediaMagic.WaitTimeout,*'
        (Get-MMSimulator).Requests | Should -Be ($before + 1)
    }

    It 'warns of a failed submission and returns it' {
        $failed = Submit-TestFile "$([guid]::NewGuid())-fail-permanent.txt"
        $Error.Clear()
        $ended = $failed | Wait-MMSubmission -PollIntervalSec 0.02 -WarningVariable warned -WarningAction SilentlyContinue
        $ended.Status | Should -Be failed
        "$warned" | Should -BeLike "*$($failed.SubmissionId)*"
        $Error.Count | Should -Be 0
    }

    It 'errs with -ErrorOnFailure, and returns it all the same' {
        $failed = Submit-TestFile "$([guid]::NewGuid())-fail-permanent.txt"
        $Error.Clear()
        $ended = $failed | Wait-MMSubmission -PollIntervalSec 0.02 -ErrorOnFailure -ErrorAction SilentlyContinue -WarningVariable warned
        $ended.Status | Should -Be failed
        $warned | Should -BeNullOrEmpty
        $Error[0].FullyQualifiedErrorId | Should -BeLike 'MediaMagic.SubmissionFailed,*'
        $Error[0].CategoryInfo.Category | Should -Be InvalidResult
        $Error[0].TargetObject | Should -Be $failed.SubmissionId
    }

    It 'asks for an id once a round that was named twice' {
        $done = Submit-TestFile -Wait
        $before = (Get-MMSimulator).Requests
        @($done, $done | Wait-MMSubmission).Count | Should -Be 1
        (Get-MMSimulator).Requests | Should -Be ($before + 1)
    }

    It 'outlasts a short trouble of the service' {
        $submission = Submit-TestFile
        Add-MMSimulatorFault 'GET *' -Status 502 -Count 2
        ($submission | Wait-MMSubmission -PollIntervalSec 0.02).Status | Should -Be complete
    }

    It '<Name> outlasts a service that is down for longer, and tells of it once' -ForEach @(
        @{ Name = 'Wait-MMSubmission'; Failures = 5; Run = { $submission | Wait-MMSubmission -PollIntervalSec 0.02 -Verbose 4>&1 } }
        @{ Name = 'New-MMSubmission -Wait'; Failures = 4; Run = { New-MMSubmission $path -Wait -Verbose 4>&1 } }
        @{ Name = 'Invoke-MMAssetRetry -Wait'; Failures = 4; Run = { $asset | Invoke-MMAssetRetry -Wait -Verbose 4>&1 } }
    ) {
        $submission = Submit-TestFile "$([guid]::NewGuid())-fail-retryable.txt" -Wait
        $asset = $submission | Get-MMFailedAsset -Retryable
        $path = (Send-MMFile (Add-TestFile)).BlobPath
        if ($Name -eq 'Wait-MMSubmission') { $submission = Submit-TestFile }
        Connect-TestSession -Option @{ BreakerDurationSec = 0.1; MaxAttempts = 2; RetryBaseDelaySec = 0.001 }
        Add-MMSimulatorFault 'GET /submissions/{submissionId}' -Status 503 -Count $Failures
        $output = & $Run
        Connect-TestSession
        ($output | Where-Object { $_ -is [MediaMagic.Submission] }).Status | Should -Be complete
        @($output | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] -and $_.Message -like '*asked for again*503 ServerError*' }).Count | Should -Be 1
        (Get-TestServer).Faults.Count | Should -Be 0
    }

    It 'says with WaitTimeout what the trouble was' {
        $submission = Submit-TestFile
        Connect-TestSession -Option @{ MaxAttempts = 1; NoCircuitBreaker = $true }
        Add-MMSimulatorFault 'GET *' -Status 503 -Count 0
        $record = Get-ErrorOf { $submission | Wait-MMSubmission -TimeoutSec 0 }
        $record.FullyQualifiedErrorId | Should -BeLike 'MediaMagic.WaitTimeout,*'
        $record.ErrorDetails.Message | Should -BeLike '*503 ServerError*'
        Connect-TestSession
    }

    It 'shows its progress and takes it away' {
        $submission = Submit-TestFile
        Suspend-TestSubmission $submission.SubmissionId
        $command = Start-TestCommand 'Wait-MMSubmission $id -Session $s -PollIntervalSec 0.02' @{ s = Get-MMSession Default; id = $submission.SubmissionId }
        Wait-TestRecord $command.Streams.Progress 2
        $command.Streams.Progress.RecordType | Sort-Object -Unique | Should -Be Processing
        Clear-MMSimulatorFault
        Wait-TestCommand $command
        $command.Streams.Progress[-1].RecordType | Should -Be Completed
        Close-TestCommand $command
    }
}

Describe 'New-MMSubmission -Wait' {
    BeforeAll { $null = Connect-TestService -ProcessingSeconds 0 }
    AfterEach { Clear-MMSimulatorFault }

    It 'tells which submission it waits for, to those who keep it' {
        $done = Send-MMFile (Add-TestFile) | New-MMSubmission -Wait -InformationVariable accepted
        $done.Status | Should -Be complete
        $accepted.Tags | Should -Be MediaMagic
        $accepted.MessageData | Should -BeOfType ([MediaMagic.Submission])
        $accepted.MessageData.SubmissionId | Should -Be $done.SubmissionId
        "$accepted" | Should -Be $done.SubmissionId
        $null = Send-MMFile (Add-TestFile) | New-MMSubmission -InformationVariable accepted
        $accepted | Should -BeNullOrEmpty -Because 'without -Wait the submission itself says it'
    }

    It 'has told it when it is stopped' {
        $server = Get-TestServer
        Suspend-TestSubmission
        $path = (Send-MMFile (Add-TestFile)).BlobPath
        $before = $server.RequestCount
        $command = Start-TestCommand 'New-MMSubmission $path -Wait -Session $s' @{ s = Get-MMSession Default; path = $path }
        Wait-TestServer { $server.RequestCount -ge $before + 2 -and $server.OpenRequests -eq 0 }
        Stop-TestCommand $command
        $command.Streams.Information | Should -HaveCount 1
        Clear-MMSimulatorFault
        $command.Streams.Information[0].MessageData | Get-MMSubmission | Should -Not -BeNullOrEmpty
        Close-TestCommand $command
    }

    It 'names it when the wait fails: <Name>' -ForEach @(
        @{ Name = 'too long'; Fault = $null; Code = 'WaitTimeout' }
        @{ Name = 'no service'; Fault = @{ Endpoint = 'GET /submissions/{submissionId}'; Status = 401 }; Code = '*' }
    ) {
        $upload = Send-MMFile (Add-TestFile)
        if ($Fault) { Add-MMSimulatorFault @Fault } else { Suspend-TestSubmission }
        $record = Get-ErrorOf { $upload | New-MMSubmission -Wait -TimeoutSec 0.1 -InformationVariable script:accepted }
        $record.FullyQualifiedErrorId | Should -BeLike "MediaMagic.$Code,*"
        $record.TargetObject | Should -Be $accepted.MessageData.SubmissionId
    }
}

Describe 'Invoke-MMAssetRetry' {
    BeforeAll { $null = Connect-TestService }

    It 'has the asset analysed once more' {
        $failed = Submit-TestFile "$([guid]::NewGuid())-fail-retryable.txt" -Wait
        $failed.IsRetryable | Should -BeTrue
        $asset = $failed | Get-MMFailedAsset -Retryable
        $asset.GetType().FullName | Should -Be 'MediaMagic.SubmissionAsset'
        $asset.ErrorType | Should -Not -BeNullOrEmpty
        $null = $asset | Invoke-MMAssetRetry
        (Wait-MMSubmission $failed.SubmissionId -PollIntervalSec 0.02).Status | Should -Be complete
        $record = Get-ErrorOf { $asset | Invoke-MMAssetRetry }
        $record.FullyQualifiedErrorId | Should -BeLike 'MediaMagic.AssetNotRetryable,*'
        $record.TargetObject | Should -Be $asset.AssetId
    }

    It 'returns the asset as it is now, under analysis' {
        $asset = Submit-TestFile "$([guid]::NewGuid())-fail-retryable.txt" -Wait | Get-MMFailedAsset -Retryable
        $options = (Get-TestServer).Options
        $before = $options.ProcessingSeconds
        $options.ProcessingSeconds = 86400
        ($asset | Invoke-MMAssetRetry).Status | Should -Be processing
        $options.ProcessingSeconds = $before
    }

    It 'lists a permanent failure, but not as retryable' {
        $failed = Submit-TestFile "$([guid]::NewGuid())-fail-permanent.txt" -Wait
        @($failed | Get-MMFailedAsset).Count | Should -Be 1
        @($failed | Get-MMFailedAsset -Retryable).Count | Should -Be 0
    }
}
