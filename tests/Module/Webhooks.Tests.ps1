BeforeAll {
    Import-Module "$PSScriptRoot/Service.psm1" -Force
    $ErrorActionPreference = 'Continue'
}

Describe 'Test-MMWebhookSignature' {
    BeforeAll {
        $secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
        $body = '{"test": 2432232314}'
        $header = @{
            'webhook-id' = 'msg_p5jXN8AQM9LWM0D4loKWxJek'
            'webhook-timestamp' = '1614265330'
            'webhook-signature' = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
        }
        $old = @{ ToleranceSec = 1e9 }

        # A delivery of now, signed here.
        function New-Delivery([string] $Text, [string] $Secret, [double] $AgeSec = 0) {
            $time = [datetimeoffset]::UtcNow.AddSeconds(-$AgeSec).ToUnixTimeSeconds()
            $mac = [System.Security.Cryptography.HMACSHA256]::new([Convert]::FromBase64String($Secret.Substring(6)))
            $signature = [Convert]::ToBase64String($mac.ComputeHash([System.Text.Encoding]::UTF8.GetBytes("msg_1.$time.$Text")))
            @{ 'webhook-id' = 'msg_1'; 'webhook-timestamp' = "$time"; 'webhook-signature' = "v1,$signature" }
        }
    }

    It 'verifies the vector' {
        Test-MMWebhookSignature $body $header $secret @old | Should -BeTrue
        $detail = Test-MMWebhookSignature $body $header $secret @old -Detailed
        $detail.IsValid | Should -BeTrue
        $detail.Id | Should -Be 'msg_p5jXN8AQM9LWM0D4loKWxJek'
        $detail.Reason | Should -BeNullOrEmpty
    }

    It 'refuses its old timestamp by default, and says why' {
        Test-MMWebhookSignature $body $header $secret | Should -BeFalse
        (Test-MMWebhookSignature $body $header $secret -Detailed).Reason | Should -BeLike '*old*300 s*'
    }

    It 'takes bytes, secure strings, several secrets, headers of any case' {
        $bytes = [System.Text.Encoding]::UTF8.GetBytes($body)
        Test-MMWebhookSignature $bytes $header $secret @old | Should -BeTrue
        $secure = [System.Net.NetworkCredential]::new('', $secret).SecurePassword
        Test-MMWebhookSignature $body $header $secure @old | Should -BeTrue
        Test-MMWebhookSignature $body $header 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', $secret @old | Should -BeTrue
        Test-MMWebhookSignature $body $header @($secure, 'whsec_AAAA') @old | Should -BeTrue
        $upper = @{}
        foreach ($name in $header.Keys) { $upper[$name.ToUpperInvariant()] = $header[$name] }
        Test-MMWebhookSignature $body $upper $secret @old | Should -BeTrue
    }

    It 'takes the headers as <Form>' -ForEach @(
        @{ Form = 'a dictionary of lists'; Make = {
                $lists = [System.Collections.Generic.Dictionary[string, string[]]]::new()
                $header.GetEnumerator() | ForEach-Object { $lists[$_.Key] = [string[]] $_.Value }
                $lists
            }
        }
        @{ Form = 'a dictionary'; Make = {
                $dictionary = [System.Collections.Generic.Dictionary[string, string]]::new()
                $header.GetEnumerator() | ForEach-Object { $dictionary[$_.Key] = $_.Value }
                $dictionary
            }
        }
        @{ Form = 'those of a request'; Make = {
                $request = [System.Net.Http.HttpRequestMessage]::new()
                $header.GetEnumerator() | ForEach-Object { $null = $request.Headers.TryAddWithoutValidation($_.Key, [string] $_.Value) }
                , $request.Headers
            }
        }
        @{ Form = 'a collection of names and values'; Make = {
                $named = [System.Net.WebHeaderCollection]::new()
                $header.GetEnumerator() | ForEach-Object { $named.Add($_.Key, $_.Value) }
                $named.Add('webhook-signature', 'v1,AAAA')
                , $named
            }
        }
        @{ Form = 'an object, as JSON becomes'; Make = { $header | ConvertTo-Json | ConvertFrom-Json } }
        @{ Form = 'a hashtable of lists'; Make = {
                $lists = @{}
                $header.GetEnumerator() | ForEach-Object { $lists[$_.Key] = @($_.Value) }
                $lists['webhook-signature'] = 'v1,AAAA', $header['webhook-signature']
                $lists
            }
        }
    ) {
        $given = & $Make
        Test-MMWebhookSignature $body $given $secret @old | Should -BeTrue
        Test-MMWebhookSignature "$body " $given $secret @old | Should -BeFalse
        [pscustomobject]@{ Body = $body; Headers = $given } | Test-MMWebhookSignature -Secret $secret @old | Should -BeTrue
    }

    It 'takes a delivery of now, and one in time' {
        $text = '{"type":"x","name":"' + "`u{141}`u{f3}d`u{17a} `u{2713}" + '"}'
        Test-MMWebhookSignature $text (New-Delivery $text $secret) $secret | Should -BeTrue
        Test-MMWebhookSignature $text (New-Delivery $text $secret 200) $secret | Should -BeTrue
        Test-MMWebhookSignature $text (New-Delivery $text $secret 310) $secret | Should -BeFalse
        Test-MMWebhookSignature $text (New-Delivery $text $secret -400) $secret | Should -BeFalse
        Test-MMWebhookSignature $text (New-Delivery $text $secret 310) $secret -ToleranceSec 600 | Should -BeTrue
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'another body'; Change = { $script:text = '{"test": 2432232315}' } }
        @{ Name = 'another id'; Change = { $changed['webhook-id'] = 'msg_other' } }
        @{ Name = 'another version of signature'; Change = { $changed['webhook-signature'] = $header['webhook-signature'] -replace '^v1', 'v2' } }
        @{ Name = 'a missing header'; Change = { $changed.Remove('webhook-signature') } }
        @{ Name = 'a timestamp in words'; Change = { $changed['webhook-timestamp'] = 'today' } }
    ) {
        $script:text = $body
        $changed = $header.Clone()
        . $Change
        Test-MMWebhookSignature $text $changed $secret @old | Should -BeFalse
        (Test-MMWebhookSignature $text $changed $secret @old -Detailed).Reason | Should -Not -BeNullOrEmpty
    }

    It 'skips other versions beside the right one' {
        $several = $header.Clone()
        $several['webhook-signature'] = "v2,xxxx v1,AAAA $($header['webhook-signature'])"
        Test-MMWebhookSignature $body $several $secret @old | Should -BeTrue
    }

    It 'refuses a secret that is none without showing it' {
        $record = Get-ErrorOf { Test-MMWebhookSignature $body $header 'whsec_canary-!' @old }
        $record.FullyQualifiedErrorId | Should -BeLike 'MediaMagic.InvalidArgument,*'
        ($record | Format-List * -Force | Out-String) -replace '(?m)^.*Line.*$' | Should -Not -Match 'The.*canary'
    }
}

Describe 'Webhook subscriptions' {
    BeforeAll { $null = Connect-TestService }
    AfterAll { Disconnect-TestService }

    It 'go round: new, read, off, on, removed' {
        $new = New-MMWebhookSubscription 'https://example.test/hook' -EventType asset.processing.failed -Description 'Tells of failures'
        $new.GetType().FullName | Should -Be 'MediaMagic.WebhookSubscription'
        $new.EventTypes | Should -Be 'asset.processing.failed'
        $new.Enabled | Should -BeTrue
        $new.Secret | Should -BeLike 'whsec_*'
        $read = Get-MMWebhookSubscription $new.Id
        $read.Description | Should -Be 'Tells of failures'
        $read.Secret | Should -BeNullOrEmpty
        $read | Disable-MMWebhookSubscription | Should -BeNullOrEmpty
        (Get-MMWebhookSubscription $new.Id).Enabled | Should -BeFalse
        ($read | Enable-MMWebhookSubscription -PassThru).Enabled | Should -BeTrue
        $read | Remove-MMWebhookSubscription -Confirm:$false
        $record = Get-ErrorOf { Get-MMWebhookSubscription $new.Id }
        $record.FullyQualifiedErrorId | Should -BeLike 'MediaMagic.NotFound,*'
        $record.TargetObject | Should -Be $new.Id
    }

    It 'refuse an endpoint that is not https' {
        $record = Get-ErrorOf { New-MMWebhookSubscription 'http://example.test/hook' }
        $record.FullyQualifiedErrorId | Should -Match '^MediaMagic\.(ValidationFailed|InvalidArgument),'
    }

    It 'have deliveries' {
        $subscription = New-MMWebhookSubscription 'https://127.0.0.1:1/hook'
        $submission = Submit-TestFile
        ($submission | Invoke-MMSandboxEvent -EventType asset.processing.completed).Dispatched | Should -Be 1
        $deliveries = @($subscription | Get-MMWebhookDelivery -Limit 5)
        $deliveries[0].GetType().FullName | Should -Be 'MediaMagic.WebhookDelivery'
        $deliveries[0].SubscriptionId | Should -Be $subscription.Id
        $deliveries[0].Id | Should -Not -BeNullOrEmpty
        (Get-ErrorOf { Get-MMWebhookDelivery $subscription.Id -Limit 201 }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,*'
    }
}
