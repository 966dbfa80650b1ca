BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1" -Force
    Import-Module "$PSScriptRoot/Service.psm1" -Force
    $ErrorActionPreference = 'Continue'
    $null = Connect-TestService
    $server = Get-TestServer

    # Rejects creates as the service does when the blob is consumed.
    function Add-ConsumedBlob([int] $Count) { Add-MMSimulatorFault 'POST /submissions' -Status 403 -Body '{"detail":"Invalid blob path"}' -Count $Count }

    # A file whose create is accepted, whose answer is lost, and that no repeat settles.
    function New-UnknownBatch {
        $batch = New-TestBatch
        Add-MMSimulatorFault 'POST /submissions' -DropConnection After
        Add-ConsumedBlob -Count 0
        $batch.Result = $batch.Files | Submit-MMFile -Ledger $batch.Ledger -ErrorAction SilentlyContinue
        Clear-MMSimulatorFault
        $null = Connect-TestSession
        $batch
    }

    function Get-RejectedCount { @($server.Requests | Where-Object { $_.Path -like '*/submissions' -and $_.Status -eq 422 }).Count }
}

AfterAll { Disconnect-TestService }

Describe 'Submit-MMFile -RetryFailed' {
    BeforeEach { Connect-TestSession }
    AfterEach { Clear-MMSimulatorFault }

    It 'tries again what the service rejected for good, which no other run does' {
        $batch = New-TestBatch
        Add-MMSimulatorFault 'POST /submissions' -Status 415
        ($batch.Files | Submit-MMFile -Ledger $batch.Ledger -ErrorAction SilentlyContinue).State | Should -Be 'Failed'
        Connect-TestSession
        $before = $server.RequestCount
        $kept = $batch.Files | Submit-MMFile -Ledger $batch.Ledger -ErrorVariable errors -ErrorAction SilentlyContinue
        $kept.State | Should -Be 'Failed'
        $kept.Error | Should -Match '^415 UnsupportedContentType: '
        $errors.FullyQualifiedErrorId | Should -Be 'MediaMagic.UnsupportedContentType,MediaMagic.Commands.Bulk.SubmitFileCommand'
        $batch.Files | Submit-MMFile -Ledger $batch.Ledger -RetryFailed -WhatIf | Should -BeNullOrEmpty
        $server.RequestCount | Should -Be $before
        $result = $batch.Files | Submit-MMFile -Ledger $batch.Ledger -RetryFailed
        $result.State | Should -Be 'Submitted'
        Get-AcceptedCount $result.BlobPath | Should -Be 1
        ($batch.Files | Submit-MMFile -Ledger $batch.Ledger -RetryFailed).State | Should -Be 'Skipped'
    }

    It 'retries the asset of what was submitted and failed, and submits nothing again' {
        $folder = (New-TestBatch 0).Folder
        $file = Add-TestFile 'clip-fail-permanent.txt' -Folder $folder
        $failed = Submit-MMFile $file -Ledger "$folder.db" -Wait -WarningAction Ignore
        $failed.State | Should -Be 'Failed'
        $before = $server.SubmissionCount
        $retried = Submit-MMFile $file -Ledger "$folder.db" -RetryFailed -ErrorAction SilentlyContinue
        $retried.State | Should -Be 'Failed'
        $retried.SubmissionId | Should -Be $failed.SubmissionId
        $retried.Error | Should -Match '^409 AssetNotRetryable: '
        @($server.Requests | Where-Object Path -Like "*/submissions/$($failed.SubmissionId)/assets/*/retry") | Should -HaveCount 1
        $server.SubmissionCount | Should -Be $before
    }

    It 'leaves a create alone whose outcome is unknown' {
        $batch = New-UnknownBatch
        $batch.Result.State | Should -Be 'Unknown'
        Add-ConsumedBlob -Count 0
        $before = @($server.Requests | Where-Object Path -Like '*/uploads/*').Count
        $result = $batch.Files | Submit-MMFile -Ledger $batch.Ledger -RetryFailed -ErrorAction SilentlyContinue
        $result.State | Should -Be 'Unknown'
        $result.BlobPath | Should -Be $batch.Result.BlobPath
        @($server.Requests | Where-Object Path -Like '*/uploads/*').Count | Should -Be $before
        Get-AcceptedCount $batch.Result.BlobPath | Should -Be 1
    }
}

Describe 'Submit-MMFile -ResubmitUnknown' {
    BeforeEach { Connect-TestSession }
    AfterEach { Clear-MMSimulatorFault }

    It 'does nothing under -WhatIf' {
        $batch = New-UnknownBatch
        $before = $server.RequestCount
        $batch.Files | Submit-MMFile -Ledger $batch.Ledger -ResubmitUnknown -WhatIf | Should -BeNullOrEmpty
        $server.RequestCount | Should -Be $before
        (Get-MMLedger $batch.Ledger).State | Should -Be 'Submitting'
    }

    It 'submits the file under another name when <Consent>' -ForEach @(
        @{ Consent = '-Confirm is $false'; Script = { $batch.Files | Submit-MMFile -Ledger $batch.Ledger -ResubmitUnknown -Confirm:$false -WarningAction Ignore } }
        @{ Consent = '$ConfirmPreference is None'; Script = { $ConfirmPreference = 'None'; $batch.Files | Submit-MMFile -Ledger $batch.Ledger -ResubmitUnknown -WarningAction Ignore } }
    ) {
        $batch = New-UnknownBatch

        # The repeats on the old blob path come first, and settle nothing.
        Add-ConsumedBlob -Count 4
        $result = & $Script
        $result.State | Should -Be 'Submitted'
        $result.BlobPath | Should -Not -Be $batch.Result.BlobPath
        Get-AcceptedCount $batch.Result.BlobPath | Should -Be 1
        Get-AcceptedCount $result.BlobPath | Should -Be 1
        (Get-MMLedger $batch.Ledger).State | Should -Be 'Submitted'
    }

    It 'submits nothing again when the service settles the create' {
        $batch = New-UnknownBatch
        $result = $batch.Files | Submit-MMFile -Ledger $batch.Ledger -ResubmitUnknown -Confirm:$false -WarningAction Ignore
        $result.State | Should -Be 'Submitted'
        $result.BlobPath | Should -Be $batch.Result.BlobPath
        Get-AcceptedCount $result.BlobPath | Should -Be 1
    }

    It 'asks first: where nobody can answer, it submits nothing' {
        $batch = New-UnknownBatch
        Add-ConsumedBlob -Count 4
        $before = $server.SubmissionCount
        $command = Start-TestCommand '$files | Submit-MMFile -Ledger $ledger -ResubmitUnknown -Session $s' @{ files = $batch.Files; ledger = $batch.Ledger; s = Get-MMSession Default }
        try {
            Wait-TestCommand $command
            ($command.Streams.Error.Count -gt 0 -or $command.Shell.InvocationStateInfo.State -eq 'Failed') | Should -BeTrue
        }
        finally { Close-TestCommand $command }
        $server.SubmissionCount | Should -Be $before
        (Get-MMLedger $batch.Ledger).State | Should -Be 'Submitting'
    }

    It 'does not ask when it is not used' {
        $batch = New-TestBatch
        $command = Start-TestCommand '$files | Submit-MMFile -Ledger $ledger -Session $s' @{ files = $batch.Files; ledger = $batch.Ledger; s = Get-MMSession Default }
        try {
            Wait-TestCommand $command
            $command.Streams.Error.Count | Should -Be 0
            $command.Output[0].State | Should -Be 'Submitted'
        }
        finally { Close-TestCommand $command }
    }

    It 'warns that the service may have a file twice' {
        $batch = New-UnknownBatch
        Add-ConsumedBlob -Count 4
        $null = $batch.Files | Submit-MMFile -Ledger $batch.Ledger -ResubmitUnknown -Confirm:$false -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Match 'twice|duplicate'
    }
}

Describe 'A failure that is not about the file' {
    BeforeEach { Connect-TestSession }
    AfterEach { Clear-MMSimulatorFault }

    It 'is tried again by the next run: <Status> of <Whose>' -ForEach @(
        @{ Status = 422; Whose = 'the service, for a wrong -SidekickId'; Body = '{"detail":"Validation failed","fields":[{"field":"sidekickIds","message":"unknown"}]}' }
        @{ Status = 400; Whose = 'a gateway'; Body = '<html><body>Bad request</body></html>' }
        @{ Status = 404; Whose = 'a gateway'; Body = '<html><body>Not found</body></html>' }
        @{ Status = 413; Whose = 'a gateway'; Body = '<html><body>Too large</body></html>' }
        @{ Status = 415; Whose = 'a gateway'; Body = '<html><body>Unsupported</body></html>' }
    ) {
        $batch = New-TestBatch 2
        Add-MMSimulatorFault 'POST /submissions' -Status $Status -Body $Body -Count 0
        $results = $batch.Files | Submit-MMFile -Ledger $batch.Ledger -ErrorAction SilentlyContinue
        $results.State | Sort-Object -Unique | Should -Be 'Failed'
        Clear-MMSimulatorFault
        Connect-TestSession
        $results = $batch.Files | Submit-MMFile -Ledger $batch.Ledger
        $results.State | Sort-Object -Unique | Should -Be 'Submitted'
        $results | ForEach-Object { Get-AcceptedCount $_.BlobPath | Should -Be 1 }
    }

    It 'ends the run when it comes five times in a row, with what to correct' {
        $batch = New-TestBatch 12
        Add-MMSimulatorFault 'POST /submissions' -Status 422 -Count 0
        $before = Get-RejectedCount
        $results = [System.Collections.Generic.List[object]]::new()
        $failure = $null
        try { $batch.Files | Submit-MMFile -Ledger $batch.Ledger -ThrottleLimit 1 -ErrorAction SilentlyContinue | ForEach-Object { $results.Add($_) } }
        catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'MediaMagic.ValidationFailed,MediaMagic.Commands.Bulk.SubmitFileCommand'
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        Get-RejectedCount | Should -Be ($before + 5)
        $results.State | Should -Not -Contain 'Submitted'
        Clear-MMSimulatorFault
        Connect-TestSession
        $rest = $batch.Files | Submit-MMFile -Ledger $batch.Ledger
        $rest.State | Sort-Object -Unique | Should -Be 'Submitted'
        $rest | Should -HaveCount 12
    }
}

Describe 'A ledger of another key' {
    It 'is neither read nor proved under -WhatIf' {
        Connect-TestSession
        $batch = New-TestBatch
        ($batch.Files | Submit-MMFile -Ledger $batch.Ledger).State | Should -Be 'Submitted'
        Connect-TestSession -Option @{ ApiKey = $server.OtherApiKey }
        $before = $server.RequestCount
        $batch.Files | Submit-MMFile -Ledger $batch.Ledger -WhatIf | Should -BeNullOrEmpty
        $server.RequestCount | Should -Be $before
    }

    It 'has rows of its own for a key of another workspace' {
        Connect-TestSession
        $batch = New-TestBatch
        ($batch.Files | Submit-MMFile -Ledger $batch.Ledger).State | Should -Be 'Submitted'
        Connect-TestSession -Option @{ ApiKey = $server.OtherApiKey }
        ($batch.Files | Submit-MMFile -Ledger $batch.Ledger).State | Should -Be 'Submitted'
        (Get-MMLedger $batch.Ledger).Workspace | Sort-Object -Unique | Should -HaveCount 2
    }
}
