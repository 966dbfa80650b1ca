BeforeAll {
    Import-Module "$PSScriptRoot/Service.psm1" -Force
    $ErrorActionPreference = 'Continue'

    # What Tab offers at the end of the line.
    function Complete([string] $Line) {
        (TabExpansion2 $Line $Line.Length).CompletionMatches | ForEach-Object CompletionText
    }
}

AfterAll { Disconnect-TestService }

Describe 'Completion' {
    BeforeAll {
        $null = Connect-TestService
        $submission = Submit-TestFile
        $subscription = New-MMWebhookSubscription 'https://example.test/hook'
    }

    It 'offers severities' {
        Complete 'Get-MMIssue a -Severity ' | Should -Be CRITICAL, MAJOR, MINOR, INFO
        Complete 'Get-MMIssue a -Severity m' | Should -Be MAJOR, MINOR
        Complete 'Get-MMIssue a -MinimumSeverity ' | Sort-Object | Should -Be CRITICAL, INFO, MAJOR, MINOR
        Complete 'Get-MMIssue a -Status a' | Should -Be ACKNOWLEDGED, AWAITING_HUMAN_INPUT
    }

    It 'offers event types to <_>' -ForEach 'New-MMWebhookSubscription https://a', 'Invoke-MMSandboxEvent a' {
        Complete "$_ -EventType " | Should -Be 'asset.processing.completed', 'asset.processing.failed'
    }

    It 'offers content types to <_>' -ForEach 'Test-MMFile a', 'Send-MMFile a', 'New-MMUploadUrl a' {
        Complete "$_ -ContentType image/p" | Should -Be 'image/png'
        (Complete "$_ -ContentType ").Count | Should -Be 18
    }

    It 'offers the names of sessions' {
        Connect-TestSession -Name 'With blank'
        Complete 'Test-MMConnection -Session ' | Should -Be Default, "'With blank'"
        Complete 'Get-MMSession -Name w' | Should -Be "'With blank'"
        Disconnect-MMService 'With blank'
        Complete 'Disconnect-MMService ' | Should -Be Default
    }

    It 'offers submissions of this session to <_>' -ForEach @(
        'Get-MMSubmission -SubmissionId ', 'Get-MMSubmission ', 'Wait-MMSubmission ', 'Get-MMSubmissionVersion ', 'Get-MMAsset ', 'Get-MMFailedAsset '
        'Get-MMIssue ', 'Get-MMTopic ', 'Invoke-MMAssetRetry ', 'Invoke-MMSandboxEvent ', 'New-MMSubmission a -PreviousSubmissionId '
    ) {
        Complete $_ | Should -Contain $submission.SubmissionId
        Complete "$_$($submission.SubmissionId.Substring(0, 12))" | Should -Be $submission.SubmissionId
    }

    It 'offers the newest submission first, also one that was only read' {
        $null = Connect-TestSession -Name Second
        Complete 'Get-MMSubmission ' | Should -Not -Contain $submission.SubmissionId
        $null = Get-MMSubmission $submission.SubmissionId
        @(Complete 'Get-MMSubmission ')[0] | Should -Be $submission.SubmissionId
        $next = Submit-TestFile
        Complete 'Get-MMSubmission ' | Should -Be $next.SubmissionId, $submission.SubmissionId
        Disconnect-MMService Second
    }

    It 'offers the ids of the session that is named' {
        $null = Connect-TestSession -Name Second
        Complete 'Get-MMSubmission -Session Default -SubmissionId ' | Should -Contain $submission.SubmissionId
        Disconnect-MMService Second
    }

    It 'offers assets and subscriptions' {
        Complete 'Get-MMAsset a -AssetId ' | Should -Contain $submission.Assets[0].AssetId
        Complete 'Invoke-MMAssetRetry a ' | Should -Contain $submission.Assets[0].AssetId
        Complete 'Remove-MMWebhookSubscription ' | Should -Be $subscription.Id
    }

    It 'offers the values of <_>' -ForEach 'Send-MMFile a -Method ', 'Add-MMSimulatorFault -DropConnection ', 'Add-MMSimulatorFault ''POST /subm', 'Get-MMErrorCatalog -System ', 'Get-MMErrorCatalog RateL' {
        Complete $_ | Should -Not -BeNullOrEmpty
    }

    It 'asks the service nothing' {
        $before = (Get-MMSimulator).Requests
        $null = Complete 'Get-MMSubmission '
        (Get-MMSimulator).Requests | Should -Be $before
    }

    It 'never throws without a session, nor for a broken word: <_>' -ForEach @(
        'Get-MMSubmission ', 'Get-MMAsset a ', 'Test-MMConnection -Session ', 'Remove-MMWebhookSubscription ', 'Get-MMIssue a -Severity "', 'Get-MMSubmission ''x', 'Get-MMSubmission -Session $null '
    ) {
        Disconnect-TestService
        $Error.Clear()
        { Complete $_ } | Should -Not -Throw
        $Error.Count | Should -Be 0
    }
}
