BeforeAll {
    Import-Module "$PSScriptRoot/Service.psm1" -Force
    $ErrorActionPreference = 'Continue'
    $secret = "whsec_$([Convert]::ToBase64String([byte[]] (1..24)))"

    # Returns a free port that the system gives to no outgoing connection and that the suite of the other build does not use.
    function Get-FreePort {
        $odd = [int] ((Get-BuildUnderTest) -eq 'net10.0')
        while ($true) {
            $port = (Get-Random -Minimum 10000 -Maximum 16000) * 2 + $odd
            $probe = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, $port)
            try {
                $probe.Start()
                return $port
            }
            catch [System.Net.Sockets.SocketException] { Write-Verbose "Port $port is in use." }
            finally { $probe.Stop() }
        }
    }

    function Test-Port([int] $Port) {
        $client = [System.Net.Sockets.TcpClient]::new()
        try { $client.Connect('127.0.0.1', $Port); $true } catch { $false } finally { $client.Dispose() }
    }

    # Runs a receiver in a runspace of its own and waits until it listens.
    function Start-Receiver([string] $Script, [hashtable] $Variable) {
        $receiver = Start-TestCommand $Script ($Variable + @{ VerbosePreference = 'Continue' })
        $script:receivers.Add($receiver)
        Wait-TestRecord $receiver.Streams.Verbose
        $receiver.Streams.Verbose[0].Message | Should -BeLike 'Listening on http://*'
        $receiver
    }

    # Posts a body, signed unless told otherwise, and returns the status.
    function Send-Delivery([string] $Url, [string] $Id, [string] $Body = "{`"id`":`"$Id`",`"type`":`"asset.processing.completed`",`"data`":{}}", [switch] $Unsigned) {
        $header = @{}
        if (-not $Unsigned) {
            $time = [datetimeoffset]::UtcNow.ToUnixTimeSeconds()
            $mac = [System.Security.Cryptography.HMACSHA256]::new([Convert]::FromBase64String($secret.Substring(6)))
            $signature = [Convert]::ToBase64String($mac.ComputeHash([System.Text.Encoding]::UTF8.GetBytes("$Id.$time.$Body")))
            $header = @{ 'webhook-id' = $Id; 'webhook-timestamp' = "$time"; 'webhook-signature' = "v1,$signature" }
        }
        try { (Invoke-WebRequest $Url -Method Post -Body $Body -Headers $header -ContentType application/json -SkipHttpErrorCheck).StatusCode }
        catch { 0 }
    }
}

Describe 'Receive-MMWebhookEvent' {
    BeforeEach {
        $script:receivers = [System.Collections.Generic.List[object]]::new()
        $port = Get-FreePort
        $url = "http://127.0.0.1:$port/"
        $known = @{ url = $url; secret = [System.Net.NetworkCredential]::new('', $secret).SecurePassword }
    }

    AfterEach {
        foreach ($receiver in $receivers) { Close-TestCommand $receiver }
    }

    It 'streams typed events, drops repeats and ends at -Count' {
        $receiver = Start-Receiver 'Receive-MMWebhookEvent -Prefix $url -Secret $secret -Count 2' $known
        $body = '{"id":"e1","type":"asset.processing.failed","timestamp":"2026-06-03T12:00:00Z","data":{"submission_id":"s1","asset_id":"a1","error_message":"No sound"},"attempt":1}'
        Send-Delivery $url e1 $body | Should -Be 204
        Send-Delivery $url e1 $body | Should -Be 204
        Send-Delivery $url e2 | Should -Be 204
        Wait-TestCommand $receiver
        $receiver.Shell.Streams.Error.Count | Should -Be 0
        $receiver.Output.Id | Should -Be e1, e2
        $first = $receiver.Output[0]
        $first.PSObject.BaseObject.GetType().FullName | Should -Be 'MediaMagic.WebhookEvent'
        $first.Type | Should -Be asset.processing.failed
        $first.Timestamp | Should -Be ([datetimeoffset] '2026-06-03T12:00:00Z')
        $first.SubmissionId | Should -Be s1
        $first.AssetId | Should -Be a1
        $first.Data.error_message | Should -Be 'No sound'
        $first.AdditionalProperties.attempt | Should -Be 1
        Test-Port $port | Should -BeFalse
    }

    It 'writes what it answered, while the pipeline is busy too' {
        $receiver = Start-Receiver 'Receive-MMWebhookEvent $url $secret -Count 20 | ForEach-Object { if ($_.Id -eq "e1") { $go.Wait() }; $_ }' ($known + @{ go = ($go = [System.Threading.ManualResetEventSlim]::new()) })
        $answers = 1..20 | ForEach-Object { Send-Delivery $url "e$_" }
        $answers | Should -Be (@(204) * 20)
        Send-Delivery $url e21 | Should -Be 503
        $receiver.Output.Count | Should -Be 0
        $go.Set()
        Wait-TestCommand $receiver
        $receiver.Output.Id | Should -Be (1..20 | ForEach-Object { "e$_" })
    }

    It 'ends at -TimeoutSec without an error' {
        $Error.Clear()
        $earliest = [datetime]::UtcNow.AddSeconds(0.29)
        Receive-MMWebhookEvent $url $secret -TimeoutSec 0.3 | Should -BeNullOrEmpty
        [datetime]::UtcNow | Should -BeGreaterOrEqual $earliest
        $Error | Should -BeNullOrEmpty
        Test-Port $port | Should -BeFalse
    }

    It 'takes either secret while they are changed, and refuses forgeries with a warning' {
        $receiver = Start-Receiver 'Receive-MMWebhookEvent $url -Secret "whsec_AAAA", $secret -Count 1' $known
        Send-Delivery $url e1 -Unsigned | Should -Be 401
        Send-Delivery $url e1 -Unsigned | Should -Be 401
        Send-Delivery $url e1 '[]' | Should -Be 400
        Send-Delivery $url e1 ('{"a":"' + ('x' * 300000) + '"}') | Should -Be 413
        (Invoke-WebRequest $url -SkipHttpErrorCheck).StatusCode | Should -Be 405
        Send-Delivery $url e1 | Should -Be 204
        Wait-TestCommand $receiver
        $receiver.Output.Id | Should -Be e1
        @($receiver.Shell.Streams.Warning) | Should -HaveCount 1
        $receiver.Shell.Streams.Warning[0].Message | Should -BeLike '*refused*401*'
        $told = $receiver.Shell.Streams.Verbose.Message
        $told | Should -Contain "Listening on $url"
        $told | Should -Contain 'POST / 400: The body is no JSON object.'
        $told | Should -Contain 'POST / 204'
    }

    It 'listens on port 8787 by default' {
        (Get-Command Receive-MMWebhookEvent).ImplementingType::new().Prefix | Should -Be http://127.0.0.1:8787/
    }

    It 'serves its path only' {
        $null = Start-Receiver 'Receive-MMWebhookEvent ($url + "hooks") $secret' $known
        Send-Delivery $url e1 | Should -Be 404
        Send-Delivery "${url}hooks" e1 | Should -Be 204
        Send-Delivery "${url}hooks/" e2 | Should -Be 204
    }

    It 'needs a secret, or to be told that none is needed' {
        $record = Get-ErrorOf { Receive-MMWebhookEvent $url -TimeoutSec 0 }
        $record.FullyQualifiedErrorId | Should -Be 'MediaMagic.SecretRequired,MediaMagic.Commands.Webhooks.ReceiveWebhookEventCommand'
        $record.CategoryInfo.Category | Should -Be InvalidArgument
        $record.ErrorDetails.RecommendedAction | Should -Match '-AllowUnsigned'
        $receiver = Start-Receiver 'Receive-MMWebhookEvent $url -AllowUnsigned -Count 1' $known
        Send-Delivery $url e1 -Unsigned | Should -Be 204
        Wait-TestCommand $receiver
        $receiver.Output.Id | Should -Be e1
        (Get-ErrorOf { Receive-MMWebhookEvent "http://+:$port/" -AllowUnsigned -TimeoutSec 0 }).FullyQualifiedErrorId | Should -BeLike 'MediaMagic.SecretRequired,*'
    }

    It 'refuses <Prefix> as <Id>' -ForEach @(
        @{ Prefix = 'https://127.0.0.1:8787/'; Id = 'InvalidPrefix' }
        @{ Prefix = 'http://example.com:8787/'; Id = 'InvalidPrefix' }
        @{ Prefix = 'http://192.0.2.1:8787/'; Id = 'InvalidPrefix' }
        @{ Prefix = '127.0.0.1:8787'; Id = 'InvalidPrefix' }
    ) {
        $record = Get-ErrorOf { Receive-MMWebhookEvent $Prefix $secret -TimeoutSec 0 }
        $record.FullyQualifiedErrorId | Should -BeLike "MediaMagic.$Id,*"
        $record.CategoryInfo.Category | Should -Be InvalidArgument
        $record.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'takes a prefix without a slash at its end' {
        Receive-MMWebhookEvent "http://127.0.0.1:$port" $secret -TimeoutSec 0 | Should -BeNullOrEmpty
    }

    It 'names a busy port, and several receivers have one each' {
        $null = Start-Receiver 'Receive-MMWebhookEvent $url $secret' $known
        $record = Get-ErrorOf { Receive-MMWebhookEvent "${url}other/" $secret -TimeoutSec 0 }
        $record.FullyQualifiedErrorId | Should -BeLike 'MediaMagic.PortInUse,*'
        $record.CategoryInfo.Category | Should -Be ResourceBusy
        $record.Exception.Message | Should -Match "port $port is in use"
        $second = Get-FreePort
        $null = Start-Receiver 'Receive-MMWebhookEvent $url $secret' @{ url = "http://127.0.0.1:$second/"; secret = $known.secret }
        Send-Delivery $url e1 | Should -Be 204
        Send-Delivery "http://127.0.0.1:$second/" e1 | Should -Be 204
    }

    It 'ends on Ctrl+C and frees the port' {
        $receiver = Start-Receiver 'Receive-MMWebhookEvent $url $secret' $known
        $slow = [System.Net.Sockets.TcpClient]::new('127.0.0.1', $port)
        $slow.GetStream().Write([byte[]] [char[]] 'POST / HTTP/1.1')
        Send-Delivery $url e1 | Should -Be 204
        Wait-TestRecord $receiver.Output
        Stop-TestCommand $receiver
        $receiver.Shell.InvocationStateInfo.State | Should -Be Stopped
        Test-Port $port | Should -BeFalse
        $slow.Dispose()
        Receive-MMWebhookEvent $url $secret -TimeoutSec 0
        $Error[0].FullyQualifiedErrorId | Should -Not -BeLike 'MediaMagic.PortInUse*'
    }

    It 'ends when what follows it has enough' {
        $receiver = Start-Receiver 'Receive-MMWebhookEvent $url $secret | Select-Object -First 1' $known
        Send-Delivery $url e1 | Should -Be 204
        Wait-TestCommand $receiver
        $receiver.Output.Id | Should -Be e1
        Test-Port $port | Should -BeFalse
    }

    It 'shows the secret nowhere' {
        $Error.Clear()
        $all = & {
            $VerbosePreference = $DebugPreference = 'Continue'
            Receive-MMWebhookEvent $url $secret -TimeoutSec 0.05 *>&1
            try { Receive-MMWebhookEvent $url 'whsec_canary-!' *>&1 } catch { $_ }
            try { Receive-MMWebhookEvent 'https://x/' $secret *>&1 } catch { $_ }
        }
        $records = @($all) + $Error.ToArray()
        $shown = $records | ForEach-Object { "$_"; $_.Exception | Format-List * -Force | Out-String; $_.ErrorDetails | Format-List * | Out-String; "$($_.TargetObject)" }
        $shown -join "`n" | Should -Match 'Listening'
        $shown -join "`n" | Should -Not -Match 'canary|AQIDBAUG'
        ($Error[1]).FullyQualifiedErrorId | Should -BeLike 'MediaMagic.InvalidArgument,*'
    }
}

Describe 'From subscription to results' {
    BeforeAll {
        $null = Connect-TestService
        (Get-TestServer).Options.WebhookTimeoutSeconds = 86400
    }

    AfterAll { Disconnect-TestService }

    BeforeEach { $script:receivers = [System.Collections.Generic.List[object]]::new() }

    AfterEach {
        Get-MMWebhookSubscription | Remove-MMWebhookSubscription -Confirm:$false
        foreach ($receiver in $receivers) { Close-TestCommand $receiver }
    }

    It 'subscribes, submits, receives and fetches the issues' {
        $port = Get-FreePort
        $subscription = New-MMWebhookSubscription "http://127.0.0.1:$port/hooks"
        $receiver = Start-Receiver 'Receive-MMWebhookEvent $url $secret -Count 2 | ForEach-Object { $_; $_ | Get-MMIssue -Session $session }' @{
            url = "http://127.0.0.1:$port/hooks"; secret = $subscription.Secret; session = Get-MMSession Default
        }
        $ended = (Get-TestServer).EndedDeliveries
        $good = Submit-TestFile 'good.txt'
        $bad = Submit-TestFile 'fail-permanent.txt'
        Wait-TestCommand $receiver
        $receiver.Shell.Streams.Warning.Count | Should -Be 0
        $events = $receiver.Output | Where-Object { $_ -is [MediaMagic.WebhookEvent] }
        $events.SubmissionId | Sort-Object | Should -Be ($good.SubmissionId, $bad.SubmissionId | Sort-Object)
        ($events | Where-Object SubmissionId -EQ $good.SubmissionId).Type | Should -Be asset.processing.completed
        ($events | Where-Object SubmissionId -EQ $bad.SubmissionId).Type | Should -Be asset.processing.failed
        $issues = @($receiver.Output | Where-Object { $_ -is [MediaMagic.Issue] })
        $issues.Count | Should -Be @($good | Get-MMIssue).Count
        Wait-TestServer { (Get-TestServer).EndedDeliveries -eq $ended + 2 }
        @($subscription | Get-MMWebhookDelivery -Status delivered).Count | Should -Be 2
        ($subscription | Get-MMWebhookDelivery).EventId | Sort-Object | Should -Be ($events.Id | Sort-Object)
    }

    It 'shows the attempts that failed before one was taken' {
        # The attempts must not be used up before the second receiver listens.
        (Get-TestServer).Options.WebhookAttempts = 20
        $port = Get-FreePort
        $subscription = New-MMWebhookSubscription "http://127.0.0.1:$port/"
        $known = @{ url = "http://127.0.0.1:$port/"; secret = $subscription.Secret }
        $wrong = Start-Receiver "Receive-MMWebhookEvent `$url '$secret'" $known
        $ended = (Get-TestServer).EndedDeliveries
        $null = Submit-TestFile
        Wait-TestServer { (Get-TestServer).EndedDeliveries -gt $ended }
        @($subscription | Get-MMWebhookDelivery -Status failed).Count | Should -BeGreaterThan 0
        Stop-TestCommand $wrong
        $receiver = Start-Receiver 'Receive-MMWebhookEvent $url $secret -Count 1' $known
        Wait-TestCommand $receiver
        $attempts = @($subscription | Get-MMWebhookDelivery).Count
        Wait-TestServer { (Get-TestServer).EndedDeliveries -eq $ended + $attempts }
        $deliveries = @($subscription | Get-MMWebhookDelivery)
        $deliveries.Count | Should -BeGreaterOrEqual 2
        @($deliveries.EventId | Sort-Object -Unique) | Should -Be $receiver.Output.Id
        $deliveries[0].ResponseStatus | Should -Be 204
        $deliveries[-1].ResponseStatus | Should -Be 401
    }
}
