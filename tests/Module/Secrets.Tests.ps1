BeforeAll {
    Import-Module "$PSScriptRoot/Service.psm1" -Force
    $ErrorActionPreference = 'Continue'
    $canary = 'canary0815deadbeef'
    $key = "sk_test_$canary"
    $null = Start-MMSimulator -ApiKey $key -ProcessingSeconds 0.05
    $simulator = Get-MMSimulator
    $log = Join-Path $TestDrive 'requests.jsonl'

    # Everything that can be made of an object to keep or show it.
    function Show-All($Value) {
        $Value | Out-String -Width 500
        $Value | Format-List * -Force | Out-String -Width 500
        $Value | Format-Table | Out-String -Width 500
        $Value | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] -and $_ -isnot [System.Management.Automation.InformationalRecord] } |
            ConvertTo-Json -Depth 4 -WarningAction Ignore
        $Value | Export-Clixml TestDrive:/out.xml
        Get-Content TestDrive:/out.xml -Raw
        "$Value"
    }

    # Many calls, good and bad, the service echoing the key, with all streams together.
    function Invoke-Everything {
        $session = Connect-MMService $key -BaseUri $simulator.BaseUri -LogPath $log -MaxAttempts 1 -MaxRetryDelaySec 0 -PassThru -NoCircuitBreaker
        $session
        Test-MMConnection
        $file = Add-TestFile
        Send-MMFile $file -Method Presigned | New-MMSubmission -Wait
        Get-MMSubmission unknown
        foreach ($status in 400, 401, 402, 403, 404, 409, 422, 429, 500) {
            foreach ($body in "{`"detail`":`"No entry with $key here`"}", "{`"fields`":[{`"field`":`"$key`",`"message`":`"$canary`"}],`"error`":`"$key`"}", "<p>$key</p>", "{`"x`":{`"$key`":`"$([uri]::EscapeDataString($key))`"}}") {
                Clear-MMSimulatorFault
                Add-MMSimulatorFault '*' -Status $status -Body $body -Count 0
                Get-MMSubmission a
            }
        }

        Clear-MMSimulatorFault
        Add-MMSimulatorFault '*' -Status 200 -Body "not JSON, $key" -Count 0
        Get-MMSubmission a
        Clear-MMSimulatorFault
        foreach ($bad in "sk_live_$canary", "sk_live_$canary${canary}${canary}canary0815g", $canary) {
            try { Connect-MMService $bad -BaseUri $simulator.BaseUri } catch { $_ }
        }

        Get-MMSession -History
        Get-MMSession
    }
}

AfterAll { Disconnect-TestService }

Describe 'The key' {
    It 'is in no stream, no object, no error, no file' {
        $Error.Clear()
        $all = & {
            $VerbosePreference = $DebugPreference = $InformationPreference = $ProgressPreference = 'Continue'
            Invoke-Everything *>&1
        }
        @($all).Count | Should -BeGreaterThan 100
        $shown = Show-All $all
        $shown -join '' | Should -Match 'No entry with'
        ($shown -join '').Contains($canary) | Should -BeFalse
        ((Show-All $Error.ToArray()) -join '').Contains($canary) | Should -BeFalse
        ((Show-All ($Error | Get-MMError)) -join '').Contains($canary) | Should -BeFalse
        (Get-Content $log -Raw).Contains($canary) | Should -BeFalse
        @(Get-Content $log).Count | Should -BeGreaterThan 30
    }

    It 'is in no transcript' {
        $transcript = Join-Path $TestDrive 'transcript.txt'
        $shell = [powershell]::Create()
        $shell.Runspace = Open-TestRunspace
        try {
            $null = $shell.AddScript({
                    param($key, $address, $path)
                    $VerbosePreference = $DebugPreference = 'Continue'
                    $null = Start-Transcript $path
                    Connect-MMService $key -BaseUri $address -PassThru | Out-Default
                    Get-MMSubmission unknown | Out-Default
                    Get-MMError | Format-List * -Force | Out-Default
                    $null = Stop-Transcript
                }).AddArgument($key).AddArgument($simulator.BaseUri).AddArgument($transcript).Invoke()
        }
        finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
        $text = Get-Content $transcript -Raw
        $text | Should -Match 'submissions/unknown'
        $text.Contains($canary) | Should -BeFalse
    }

    It 'is redacted from what came of it, so that this test can fail' {
        "$canary".Contains($canary) | Should -BeTrue
        ((Show-All ([pscustomobject] @{ Key = $key })) -join '').Contains($canary) | Should -BeTrue
    }
}

Describe 'The other secrets' {
    BeforeAll {
        $Error.Clear()
        $null = Connect-TestService
        $subscription = New-MMWebhookSubscription 'https://example.test/hook'
        $url = New-MMUploadUrl 'a.mp4'
        $signature = [System.Web.HttpUtility]::ParseQueryString(([uri] $url.UploadUrl).Query)['sig']
    }

    It 'a webhook secret is in its property and nowhere that is shown' {
        $subscription.Secret | Should -BeLike 'whsec_*'
        "$subscription" | Should -Not -Match 'whsec_'
        $subscription | Out-String | Should -Not -Match 'whsec_[^*]'
        $subscription | Format-List | Out-String | Should -Not -Match 'whsec_'
        $subscription | Format-Table | Out-String | Should -Not -Match 'whsec_'
        (Get-MMWebhookSubscription).Secret | Should -BeNullOrEmpty
        New-MMWebhookSubscription 'https://example.test/two' -Debug -Verbose -Confirm:$false 4>&1 5>&1 | Out-String | Should -Not -Match 'whsec_[^*]'
    }

    It 'a presigned URL''s signature is in its property and nowhere that is shown' {
        $signature | Should -Not -BeNullOrEmpty
        foreach ($text in "$url", ($url | Out-String -Width 999), ($url | Format-List | Out-String -Width 999), ($url | Format-Table | Out-String -Width 999)) {
            $text.Contains($signature) | Should -BeFalse
            $text | Should -Not -Match 'sig=(?!\u2026|\*|REDACTED|\[)'
        }
        $debug = New-MMUploadUrl 'b.mp4' -Debug -Verbose 4>&1 5>&1
        $fresh = $debug | Where-Object { $_ -is [MediaMagic.PresignedUpload] }
        $sig = ([uri] $fresh.UploadUrl).Query -replace '.*sig=([^&]+).*', '$1'
        ($debug | Where-Object { $_ -isnot [MediaMagic.PresignedUpload] } | Out-String -Width 9999) -match [regex]::Escape($sig) | Should -BeFalse
    }

    It 'neither is shown after an object of another type, where PowerShell uses no view' {
        $secret = 'whsec_canary0815canary0815'
        $shown = & {
            [MediaMagic.ConnectionTest]::new()
            $url
            [MediaMagic.WebhookSubscription] @{ Id = 'w1'; Secret = $secret }
            [MediaMagic.SimulatorInfo] @{ ApiKey = $key; LiveApiKey = $key }
        } | Out-String -Width 999
        $shown | Should -Match 'w1'
        $shown | Should -Not -Match 'canary|sig='
    }

    It 'a failed presigned upload does not tell the signature' {
        Add-MMSimulatorFault '* /blob/*' -Status 403 -Count 0
        $record = Get-ErrorOf { Send-MMFile (Add-TestFile) -Method Presigned -Verbose -Debug -Confirm:$false }
        $record | Should -Not -BeNullOrEmpty
        ($record | Format-List * -Force | Out-String -Width 999) + ($record | Get-MMError | ConvertTo-Json -Depth 5) | Should -Not -Match 'sig=[A-Za-z0-9%+/]{8}'
        Clear-MMSimulatorFault
    }
}
