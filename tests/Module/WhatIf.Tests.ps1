BeforeDiscovery {
    $calls = @(
        'Send-MMFile $file', 'Submit-MMFile $file', 'Submit-MMFile $file -Ledger TestDrive:/no.db -Wait', 'New-MMSubmission w/a.txt', 'New-MMSubmission w/a.txt -Wait', 'Invoke-MMAssetRetry $id $id', 'Invoke-MMAssetRetry $id $id -Wait'
        'New-MMWebhookSubscription https://example.test/hook', 'Enable-MMWebhookSubscription $id', 'Disable-MMWebhookSubscription $id'
        'Remove-MMWebhookSubscription $id', 'Remove-MMWebhookSubscription $id -Confirm:$false', 'Invoke-MMSandboxEvent $id', 'Add-MMSimulatorFault -Status 500 -Count 0'
        'Clear-MMSimulatorFault', 'Start-MMSimulator', 'Stop-MMSimulator', 'Export-MMReport $TestDrive/report.html $id'
    ) | ForEach-Object { @{ Call = $_ } }
}

BeforeAll {
    Import-Module "$PSScriptRoot/Service.psm1" -Force
    $ErrorActionPreference = 'Continue'
    $simulator = Connect-TestService
    $file = Add-TestFile
    $id = (Submit-TestFile).SubmissionId
}

AfterAll { Disconnect-TestService }

Describe '-WhatIf' {
    It 'is there on what changes something, and nowhere else' {
        $expected = @(
            'Add-MMSimulatorFault', 'Clear-MMSimulatorFault', 'Disable-MMWebhookSubscription', 'Enable-MMWebhookSubscription', 'Export-MMReport'
            'Invoke-MMAssetRetry', 'Invoke-MMSandboxEvent', 'New-MMSubmission', 'New-MMWebhookSubscription', 'Remove-MMWebhookSubscription', 'Send-MMFile'
            'Start-MMSimulator', 'Stop-MMSimulator', 'Submit-MMFile'
        )
        $all = Get-Command -Module MediaMagic
        ($all | Where-Object { $_.Parameters.ContainsKey('WhatIf') }).Name | Sort-Object | Should -Be ($expected | Where-Object { $_ -in $all.Name })
    }

    It '<Call> does nothing' -ForEach $calls {
        $server = Get-TestServer
        $requests = $server.RequestCount
        $faults = $server.Faults.Count
        $output = & ([scriptblock]::Create("$Call -WhatIf"))
        $output | Should -BeNullOrEmpty
        $server.RequestCount | Should -Be $requests
        $server.Faults.Count | Should -Be $faults
        (Get-MMSimulator).BaseUri | Should -Be $simulator.BaseUri
    }

    It 'clears no fault' {
        Add-MMSimulatorFault 'GET *' -Status 500
        Clear-MMSimulatorFault -WhatIf
        (Get-TestServer).Faults.Count | Should -Be 1
        Clear-MMSimulatorFault
        (Get-TestServer).Faults.Count | Should -Be 0
    }

    It 'asks before it removes a subscription, and only then' {
        (Get-Command Remove-MMWebhookSubscription).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false).ConfirmImpact | Should -Be High
        $ConfirmPreference = 'None'
        $subscription = New-MMWebhookSubscription 'https://example.test/hook'
        $subscription | Remove-MMWebhookSubscription -WhatIf
        (Get-MMWebhookSubscription).Id | Should -Be $subscription.Id
        $subscription | Remove-MMWebhookSubscription
        Get-MMWebhookSubscription | Should -BeNullOrEmpty
    }

    It 'follows $WhatIfPreference' {
        $before = (Get-MMSimulator).Requests
        & { $WhatIfPreference = $true; Send-MMFile $file; New-MMSubmission w/a.txt }
        (Get-MMSimulator).Requests | Should -Be $before
    }
}
