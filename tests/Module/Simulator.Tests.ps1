BeforeAll {
    Import-Module "$PSScriptRoot/Service.psm1" -Force
    $ErrorActionPreference = 'Continue'
}

AfterAll { Disconnect-TestService }

Describe 'The simulator' {
    BeforeEach { Disconnect-TestService }

    It 'starts, connects, tells of itself and stops' {
        $info = Start-MMSimulator -Connect -PassThru
        $info.GetType().FullName | Should -Be 'MediaMagic.SimulatorInfo'
        $info.BaseUri.IsLoopback | Should -BeTrue
        $info.ApiKey | Should -BeLike 'sk_test_*'
        $info.LiveApiKey | Should -BeLike 'sk_live_*'
        Test-MMConnection -Quiet | Should -BeTrue
        (Get-MMSimulator).Requests | Should -Be 1
        Stop-MMSimulator
        Get-MMSimulator | Should -BeNullOrEmpty
        Stop-MMSimulator
    }

    It 'ends with the runspace that started it' {
        $runspace = Open-TestRunspace
        $shell = [powershell]::Create()
        $shell.Runspace = $runspace
        $address = $shell.AddScript('Start-MMSimulator -PassThru').Invoke().BaseUri
        Connect-TestSession
        Test-MMConnection -Quiet | Should -BeTrue
        $runspace.Dispose()
        Get-MMSimulator | Should -BeNullOrEmpty
        { [System.Net.Sockets.TcpClient]::new().Connect($address.Host, $address.Port) } | Should -Throw
        $shell.Dispose()
    }

    It 'warns of the lines that the log of the session it replaces lost' {
        $log = "$((Get-PSDrive TestDrive).Root)/replaced.jsonl"
        Connect-MMService "sk_test_$('a1' * 32)" -BaseUri http://127.0.0.1:9 -MaxAttempts 1 -LogPath $log
        Remove-Item -LiteralPath $log
        $null = New-Item $log -ItemType Directory
        Test-MMConnection -Quiet 3>$null | Should -BeFalse
        Start-MMSimulator -Connect -WarningVariable lost 3>$null
        $lost | Should -BeLike '*lost its last line:*'
    }

    It 'is one at a time' {
        Start-MMSimulator
        $record = Get-ErrorOf { Start-MMSimulator }
        $record.FullyQualifiedErrorId | Should -BeLike 'MediaMagic.InvalidArgument,*'
        $record.Exception.Message | Should -BeLike '*Stop-MMSimulator*'
    }

    It 'says so when its port is taken' {
        $other = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
        $other.Start()
        try {
            $record = Get-ErrorOf { Start-MMSimulator -Port $other.LocalEndpoint.Port }
            $record.FullyQualifiedErrorId | Should -BeLike 'MediaMagic.InvalidArgument,*'
            $record.Exception.Message | Should -BeLike "*$($other.LocalEndpoint.Port)*Port 0*"
        }
        finally {
            $other.Stop()
        }
        Get-MMSimulator | Should -BeNullOrEmpty
    }

    It 'takes the key it is given, and only such a one' {
        (Start-MMSimulator -ApiKey sk_test_mine0815 -PassThru).ApiKey | Should -Be sk_test_mine0815
        Stop-MMSimulator
        (Get-ErrorOf { Start-MMSimulator -ApiKey nonsense }).FullyQualifiedErrorId | Should -BeLike 'MediaMagic.InvalidArgument,*'
        Get-MMSimulator | Should -BeNullOrEmpty
    }

    It 'limits the rate of <Name>' -ForEach @(
        @{ Name = 'every bucket'; Limit = 2 }, @{ Name = 'one bucket'; Limit = @{ webhook_read = 2 } }
    ) {
        $null = Connect-TestService -RateLimit $Limit
        Connect-TestSession -Option @{ MaxRetryDelaySec = 0.01 }
        1..2 | ForEach-Object { Test-MMConnection -Quiet } | Should -Be $true, $true
        (Test-MMConnection).StatusCode | Should -Be 429
        (Get-MMSession Default).RateLimited | Should -Be 1
        (Get-ErrorOf { 1..3 | Get-MMSubmission }).FullyQualifiedErrorId | Should -BeLike ($Limit -is [int] ? 'MediaMagic.RateLimited,*' : 'MediaMagic.NotFound,*')
    }

    It 'refuses a rate limit that is none' {
        (Get-ErrorOf { Start-MMSimulator -RateLimit 'many' }).FullyQualifiedErrorId | Should -BeLike 'MediaMagic.InvalidArgument,*'
    }

    It 'misbehaves as often as told, where told' {
        $null = Connect-TestService
        Connect-TestSession -Option @{ MaxAttempts = 1 }
        Add-MMSimulatorFault 'GET /submissions/{submissionId}' -Status 503 -Count 2
        Test-MMConnection -Quiet | Should -BeTrue
        1..3 | ForEach-Object { (Get-ErrorOf { Get-MMSubmission a }).Exception.Error.StatusCode } | Should -Be 503, 503, 404
    }

    It 'loses an answer after the work, or the request before it' {
        $null = Connect-TestService
        Connect-TestSession -Option @{ MaxAttempts = 1 }
        foreach ($when in 'Before', 'After') {
            $path = (Send-MMFile (Add-TestFile)).BlobPath
            Add-MMSimulatorFault 'POST /submissions' -DropConnection $when
            $null = Get-ErrorOf { New-MMSubmission $path }
            (Get-TestServer).AcceptedBlobPaths.ContainsKey($path) | Should -Be ($when -eq 'After')
        }
    }

    It 'refuses to misbehave where nothing is: <_>' -ForEach 'POTS /submision', 'POST /submission', '/upload', 'GET /submissions/a/b', 'DELETE /submissions/*' {
        $null = Connect-TestService
        $record = Get-ErrorOf { Add-MMSimulatorFault $_ -Status 500 }
        $record.FullyQualifiedErrorId | Should -BeLike 'MediaMagic.InvalidArgument,*'
        $record.Exception.Message | Should -BeLike "*$_*POST /submissions,*GET /submissions/{submissionId},*"
        (Get-TestServer).Faults.Count | Should -Be 0
    }

    It 'misbehaves at <_>' -ForEach @(
        '*', 'GET *', 'post /submissions', '/submissions', 'GET /submissions/6a1b', 'GET */assets/6a1b', 'GET */topics', 'POST /submissions/*/retry'
        'GET /submissions/{submissionId}/assets/{assetId}', 'GET /api/integrations/submissions/{id}', '* /blob/*', 'PUT block*', 'PUT /blob/workspace/a.txt'
        'DELETE /webhooks/subscriptions/*'
    ) {
        $null = Connect-TestService
        Add-MMSimulatorFault $_ -Status 500
        (Get-TestServer).Faults.Count | Should -Be 1
    }

    It 'must run to be misled' {
        $record = Get-ErrorOf { Add-MMSimulatorFault -Status 500 }
        $record.FullyQualifiedErrorId | Should -BeLike 'MediaMagic.InvalidArgument,*'
        $record.Exception.Message | Should -BeLike '*Start-MMSimulator*'
    }
}
