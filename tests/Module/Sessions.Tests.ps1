BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1", "$PSScriptRoot/Service.psm1" -Force
    $ErrorActionPreference = 'Continue'
    $simulator = Connect-TestService
    $key = $simulator.ApiKey
    $address = @{ BaseUri = $simulator.BaseUri; PassThru = $true }

    # Leaves no session, no variable and no fault for the next test.
    function Clear-All {
        Get-MMSession | Disconnect-MMService
        foreach ($name in 'MEDIAMAGIC_API_KEY', 'MEDIAMAGIC_BASE_URI') { Remove-Item "Env:$name" -ErrorAction Ignore }
        Clear-MMSimulatorFault
    }

    Clear-All
}

AfterAll { Disconnect-TestService }

Describe 'Connect-MMService' {
    AfterEach { Clear-All }

    It 'takes the key as <_>' -ForEach 'text', 'a secure string', 'a credential', 'the environment variable' {
        $secure = [System.Net.NetworkCredential]::new('', $key).SecurePassword
        $session = switch ($_) {
            'text' { Connect-MMService $key @address }
            'a secure string' { Connect-MMService -ApiKey $secure @address }
            'a credential' { Connect-MMService -Credential ([pscredential]::new('anyone', $secure)) @address }
            default {
                $env:MEDIAMAGIC_API_KEY = $key
                $env:MEDIAMAGIC_BASE_URI = $simulator.BaseUri
                Connect-MMService -PassThru
            }
        }
        $session.GetType().FullName | Should -Be 'MediaMagic.MMSession'
        $session.KeyHint | Should -Be "sk_test_`u{2026}$($key.Substring($key.Length - 4))"
        $session.Environment | Should -Be Sandbox
        $session.BaseUri | Should -Be $simulator.BaseUri
        (Test-MMConnection).Success | Should -BeTrue
    }

    It 'reads a secret that the vault holds as <Kind>' -ForEach @(
        @{ Kind = 'a secure string' }, @{ Kind = 'text' }, @{ Kind = 'a credential' }
    ) {
        function global:Get-Secret([string] $Name, [string] $Vault) {
            $script:asked = "$Vault/$Name"
            $script:secret
        }
        $secure = [System.Net.NetworkCredential]::new('', $key).SecurePassword
        $script:secret = switch ($Kind) { 'text' { $key } 'a credential' { [pscredential]::new('anyone', $secure) } default { $secure } }
        try {
            (Connect-MMService -SecretName MediaMagic -Vault Office @address).KeyHint | Should -BeLike "*$($key.Substring($key.Length - 4))"
            $script:asked | Should -Be 'Office/MediaMagic'
            Test-MMConnection -Quiet | Should -BeTrue
        }
        finally {
            Remove-Item Function:Get-Secret
            Remove-Variable secret, asked -Scope Global -ErrorAction Ignore
        }
    }

    It 'says what is missing when the vault cannot be asked' {
        if (Get-Command Get-Secret -ErrorAction Ignore) { Set-ItResult -Skipped -Because 'SecretManagement is installed' }
        $record = Get-ErrorOf { Connect-MMService -SecretName MediaMagic @address }
        $record.FullyQualifiedErrorId | Should -BeLike 'MediaMagic.NotConnected,*'
        $record.Exception.Message | Should -BeLike '*SecretManagement*'
    }

    It 'says which secret could not be read' {
        function global:Get-Secret([string] $Name) { throw 'The vault is shut.' }
        try {
            $record = Get-ErrorOf { Connect-MMService -SecretName MediaMagic @address }
            $record.FullyQualifiedErrorId | Should -BeLike 'MediaMagic.NotConnected,*'
            $record.Exception.Message | Should -BeLike "*'MediaMagic'*The vault is shut.*"
        }
        finally { Remove-Item Function:Get-Secret }
    }

    It 'refuses <Name> as a key without repeating it' -ForEach @(
        @{ Name = 'a word'; Bad = 'canary-0815' }, @{ Name = 'a short live key'; Bad = 'sk_live_canary0815' }
        @{ Name = 'a key with a blank inside'; Bad = 'sk_test_canary 0815 canary 0815' }
    ) {
        $record = Get-ErrorOf { Connect-MMService $Bad @address }
        $record.FullyQualifiedErrorId | Should -BeLike 'MediaMagic.InvalidArgument,*'
        $record.CategoryInfo.Category | Should -Be InvalidArgument
        ($record | Format-List * -Force | Out-String) | Should -Not -Match 'canary'
        Get-MMSession | Should -BeNullOrEmpty
    }

    It 'refuses plain http to another machine' {
        $record = Get-ErrorOf { Connect-MMService $key -BaseUri 'http://example.test' }
        $record.FullyQualifiedErrorId | Should -BeLike 'MediaMagic.InvalidArgument,*'
        $record.Exception.Message | Should -BeLike '*https*'
        Get-MMSession | Should -BeNullOrEmpty
    }

    It 'takes the address <_>' -ForEach '', '/', '/api/integrations', '/api/integrations/' {
        $session = Connect-MMService $key -BaseUri ($simulator.BaseUri.ToString().TrimEnd('/') + $_) -PassThru
        Test-MMConnection -Quiet -Session $session | Should -BeTrue
        $session.BaseUri | Should -Be $simulator.BaseUri
    }

    It 'never follows a redirect with the key' {
        $null = Connect-MMService $key @address -MaxAttempts 1
        Add-MMSimulatorFault 'GET *' -Status 302 -Body ''
        (Get-ErrorOf { Get-MMSubmission a }).FullyQualifiedErrorId | Should -BeLike 'MediaMagic.InvalidResponse,*'
    }

    It 'keeps no session that -Validate refuses' {
        $record = Get-ErrorOf { Connect-MMService (Get-TestServer).ExpiredApiKey @address -Validate }
        $record.FullyQualifiedErrorId | Should -BeLike 'MediaMagic.ApiKeyExpired,*'
        Get-MMSession | Should -BeNullOrEmpty
        (Connect-MMService $key @address -Validate).Requests | Should -Be 1
    }

    It 'asks nothing without -Validate' {
        $before = (Get-MMSimulator).Requests
        $null = Connect-MMService $key @address
        (Get-MMSimulator).Requests | Should -Be $before
    }

    It 'sends a request so many times and no more' {
        $session = Connect-MMService $key @address -MaxAttempts 3 -RetryBaseDelaySec 0.01
        Add-MMSimulatorFault 'GET *' -Status 500 -Count 0
        (Get-ErrorOf { Get-MMSubmission a }).Exception.Error.Attempts | Should -Be 3
        $session.Requests | Should -Be 3
        $session.Retries | Should -Be 2
    }

    It 'has a bound for -<Name>' -ForEach @(
        @{ Name = 'TimeoutSec' }, @{ Name = 'MaxAttempts' }, @{ Name = 'RetryBaseDelaySec' }, @{ Name = 'MaxRetryDelaySec' }
        @{ Name = 'BreakerThreshold' }, @{ Name = 'BreakerDurationSec' }
    ) {
        foreach ($wrong in -1, 1e9) {
            $arguments = @{ ApiKey = $key; $Name = $wrong }
            (Get-ErrorOf { Connect-MMService @arguments }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,*'
        }
    }
}

Describe '-Session $null' {
    AfterEach { Clear-All }

    It 'is an error of <_>, not the current session' -ForEach 'Get-MMSubmission a', 'Send-MMFile x', 'Submit-MMFile x', 'Test-MMConnection', 'Get-MMWebhookSubscription' {
        Connect-MMService $key -BaseUri $simulator.BaseUri
        $before = (Get-MMSession).Requests
        $record = Get-ErrorOf ([scriptblock]::Create("$_ -Session `$misspelled"))
        $record.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
        $record.Exception.Message | Should -BeLike '*session is null*-PassThru*'
        (Get-MMSession).Requests | Should -Be $before
    }
}

Describe 'In a culture of other letters' {
    AfterEach { Clear-All }

    It 'a session is found by its name in any case' {
        $culture = [cultureinfo]::CurrentCulture
        Connect-MMService $key -BaseUri $simulator.BaseUri -Name NIGHTLY
        try {
            [cultureinfo]::CurrentCulture = 'tr-TR'
            (Get-MMSession nightly).Name | Should -Be NIGHTLY
        }
        finally { [cultureinfo]::CurrentCulture = $culture }
    }
}

Describe 'The prompt for a key' {
    BeforeAll {
        # A process without -NonInteractive, whose standard input is redirected.
        Import-Module "$PSScriptRoot/../../tools/ChildPowerShell.psm1"
        $program, $first = Get-PowerShellCommand
        $arguments = @($first | Where-Object { $_ }) + @('-NoProfile', '-File', "$PSScriptRoot/Use-Host.ps1", '-Manifest', (Get-StagedManifest), '-Key', $key)
        $lines = @($null | & $program @arguments)
        function Get-Outcome([string] $Case) { $lines | Where-Object { $_.StartsWith("${Case}: ") } | ForEach-Object { $_.Substring($Case.Length + 2) } }
    }

    It 'is shown by a host with a window, whatever the standard input is' {
        Get-Outcome 'window' | Should -BeLike "*$($key.Substring($key.Length - 4))" -Because ($lines -join [Environment]::NewLine)
        Get-Outcome 'question' | Should -Be 'MediaMagic API key: '
    }

    It 'is shown by a host that then refuses with <_>, which is NotConnected' -ForEach @(
        'System.Management.Automation.Host.HostException', 'System.NotImplementedException', 'System.Management.Automation.PSInvalidOperationException'
    ) {
        Get-Outcome $_ | Should -BeLike 'MediaMagic.NotConnected,*'
        Get-Outcome 'questions' | Should -Be 4
    }

    It 'ends without an error when the pipeline is stopped' {
        $lines | Should -Contain 'stopped: '
    }

    It 'is NotConnected, not a wait, in <_>' -ForEach 'no window', 'console', 'job' {
        Get-Outcome $_ | Should -BeLike 'MediaMagic.NotConnected,*'
    }
}

Describe 'Without a session' {
    AfterEach { Clear-All }

    It '<_> is a terminating NotConnected that says how to connect' -ForEach @(
        "Get-MMSubmission a", "New-MMSubmission a/b", "Get-MMWebhookSubscription", "Send-MMFile x", "Test-MMConnection", "Wait-MMSubmission a", "Get-MMSubmission a -Session Nobody"
    ) {
        $command = [scriptblock]::Create($_)
        { & $command } | Should -Throw
        $record = Get-ErrorOf $command
        if ($_ -notmatch '-Session') {
            $record.FullyQualifiedErrorId | Should -BeLike 'MediaMagic.NotConnected,*'
            $record.CategoryInfo.Category | Should -Be ConnectionError
            $record.ErrorDetails.RecommendedAction | Should -BeLike '*Connect-MMService*'
        }
        ($record | Out-String) | Should -Match 'no MediaMagic session'
    }

    It 'the environment connects by itself' {
        $env:MEDIAMAGIC_API_KEY = $key
        $env:MEDIAMAGIC_BASE_URI = $simulator.BaseUri
        (Test-MMConnection).Success | Should -BeTrue
        Test-MMConnection -Quiet | Should -BeTrue
        $session = Get-MMSession
        $session.Name | Should -Be Environment
        $session.Requests | Should -Be 2
        $env:MEDIAMAGIC_API_KEY = (Get-TestServer).OtherApiKey
        Test-MMConnection -Quiet | Should -BeTrue
        @(Get-MMSession).Count | Should -Be 1
        (Get-MMSession).KeyHint | Should -BeLike "*$($env:MEDIAMAGIC_API_KEY.Substring($env:MEDIAMAGIC_API_KEY.Length - 4))"
    }

    It 'a broken environment is an error, not a crash' {
        $env:MEDIAMAGIC_API_KEY = $key
        $env:MEDIAMAGIC_BASE_URI = 'not an address'
        (Get-ErrorOf { Get-MMSubmission a }).FullyQualifiedErrorId | Should -BeLike 'MediaMagic.InvalidArgument,*'
        $env:MEDIAMAGIC_BASE_URI = $simulator.BaseUri
        $env:MEDIAMAGIC_API_KEY = 'canary-0815'
        $record = Get-ErrorOf { Get-MMSubmission a }
        $record.FullyQualifiedErrorId | Should -BeLike 'MediaMagic.InvalidArgument,*'
        ($record | Format-List * -Force | Out-String) | Should -Not -Match 'canary'
    }
}

Describe 'Several sessions' {
    AfterEach { Clear-All }

    BeforeEach {
        $first = Connect-MMService $key -Name First @address
        $second = Connect-MMService (Get-TestServer).OtherApiKey -Name Second @address
    }

    It 'the one connected last is current; -Session takes another, by object or name' {
        Test-MMConnection -Quiet | Should -BeTrue
        Test-MMConnection -Quiet -Session $first | Should -BeTrue
        Test-MMConnection -Quiet -Session first | Should -BeTrue
        $first.Requests | Should -Be 2
        $second.Requests | Should -Be 1
    }

    It 'are listed, all or by name' {
        (Get-MMSession).Name | Should -Be 'First', 'Second'
        (Get-MMSession Sec*).Name | Should -Be Second
        (Get-ErrorOf { Get-MMSession Third }).FullyQualifiedErrorId | Should -BeLike 'MediaMagic.NotConnected,*'
        Get-MMSession T* | Should -BeNullOrEmpty
    }

    It 'one of the same name replaces the other' {
        $null = Connect-MMService $key -Name second @address
        @(Get-MMSession).Count | Should -Be 2
        (Get-ErrorOf { Test-MMConnection -Session $second }).FullyQualifiedErrorId | Should -BeLike 'MediaMagic.NotConnected,*'
    }

    It 'a disconnected one is no session any more; the one before is current again' {
        Disconnect-MMService
        (Get-MMSession).Name | Should -Be First
        (Get-ErrorOf { Get-MMSubmission a -Session $second }).FullyQualifiedErrorId | Should -BeLike 'MediaMagic.NotConnected,*'
        Test-MMConnection -Quiet | Should -BeTrue
        Disconnect-MMService -Name First
        Get-MMSession | Should -BeNullOrEmpty
        (Get-ErrorOf { Disconnect-MMService }).FullyQualifiedErrorId | Should -BeLike 'MediaMagic.NotConnected,*'
    }

    It 'belong to their runspace; an object may go to another' {
        $shell = [powershell]::Create()
        $shell.Runspace = Open-TestRunspace
        try {
            $output = $shell.AddScript('param($s) @(Get-MMSession).Count; Test-MMConnection -Quiet -Session $s; try { Test-MMConnection } catch { $_.FullyQualifiedErrorId }').AddArgument($first).Invoke()
            $output[0] | Should -Be 0
            $output[1] | Should -BeTrue
            $output[2] | Should -BeLike 'MediaMagic.NotConnected,*'
        }
        finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
    }
}

Describe 'What a session tells' {
    AfterEach { Clear-All }

    BeforeEach { $session = Connect-MMService $key @address -RetryBaseDelaySec 0.01 }

    It 'keeps the last 200 requests, oldest first' {
        1..205 | ForEach-Object { "id-$_" } | Get-MMSubmission -ThrottleLimit 1 -ErrorAction Ignore
        $history = Get-MMSession -History
        $history.Count | Should -Be 200
        $history[-1].GetType().FullName | Should -Be 'MediaMagic.RequestRecord'
        $history[-1].Method | Should -Be GET
        $history[-1].Path | Should -BeLike '*/submissions/id-205'
        $history[0].Path | Should -BeLike '*/submissions/id-6'
        $history[-1].StatusCode | Should -Be 404
        $history[-1].Attempts | Should -Be 1
        $history[-1].DurationMs | Should -BeGreaterThan 0
        $history[-1].Time | Should -BeOfType ([datetimeoffset])
    }

    It 'counts requests, retries and 429s' {
        Add-MMSimulatorFault 'GET *' -Status 429 -RetryAfterSec 0
        Test-MMConnection -Quiet | Should -BeTrue
        $session.Requests | Should -Be 2
        $session.Retries | Should -Be 1
        $session.RateLimited | Should -Be 1
    }

    It 'refuses a log that cannot be written: <_>' -ForEach 'TestDrive:/no/such/log.jsonl', 'TestDrive:/', 'env:/log', $(if ($IsWindows) { 'NUL' } else { '/dev/null' }) {
        $record = Get-ErrorOf { Connect-MMService $key @address -LogPath $_ }
        $record.FullyQualifiedErrorId | Should -BeLike 'MediaMagic.LogNotWritten,*'
        $record.CategoryInfo.Category | Should -Be WriteError
        (Get-MMError).Code | Should -Be LogNotWritten
    }

    It 'writes the lines that wait for a locked -LogPath when PowerShell ends' {
        $log = "$((Get-PSDrive TestDrive).Root)/exit.jsonl"
        $null = Invoke-Fresh @"
            Import-Module `$Manifest
            Add-Type 'public static class Holder {
                public static System.IO.Stream File;
                static Holder() { System.AppDomain.CurrentDomain.ProcessExit += (sender, e) => File.Dispose(); } }'
            `$null = [Holder]::File
            Connect-MMService '$key' -BaseUri '$($simulator.BaseUri)' -LogPath '$log'
            [Holder]::File = [System.IO.File]::Open('$log', 'Open', 'ReadWrite', 'None')
            `$null = Test-MMConnection
"@
        Get-Content -LiteralPath $log | Should -HaveCount 1
    }

    It 'succeeds and warns once when -LogPath cannot be written any more: -WarningAction <_>' -ForEach 'Continue', 'Stop' {
        $log = "$((Get-PSDrive TestDrive).Root)/lost-$_.jsonl"
        $null = Connect-MMService $key @address -LogPath $log
        Remove-Item -LiteralPath $log
        $null = New-Item $log -ItemType Directory
        Test-MMConnection -Quiet -WarningAction $_ -WarningVariable warnings 3>$null | Should -BeTrue
        $warnings.Count | Should -Be $(if ($_ -eq 'Stop') { 0 } else { 1 })
        Test-MMConnection -Quiet -WarningVariable again | Should -BeTrue
        $again | Should -BeNullOrEmpty
        Disconnect-MMService -WarningVariable lost 3>$null
        $lost | Should -BeLike '*lost its last 2 lines*'
    }

    It 'says why -LogPath cannot be written, at the first failure of a process' -Skip:(-not $IsLinux) {
        $log = "$((Get-PSDrive TestDrive).Root)/full.jsonl"
        Invoke-Fresh @"
            Import-Module `$Manifest
            Connect-MMService '$key' -BaseUri '$($simulator.BaseUri)' -LogPath '$log'
            Remove-Item -LiteralPath '$log'
            `$null = New-Item '$log' -ItemType SymbolicLink -Value /dev/full
            `$null = Test-MMConnection -WarningVariable warnings 3>`$null
            `$warnings
            [System.IO.File]::Delete('$log')
"@ | Should -BeLike '*No space left on device*'
    }

    It 'ends with the exit code of the script if neither -LogPath nor the error stream can be written' -Skip:(-not $IsLinux) {
        $folder = New-Item "$((Get-PSDrive TestDrive).Root)/exit" -ItemType Directory
        Invoke-Fresh @"
            Import-Module `$Manifest
            Connect-MMService '$key' -BaseUri '$($simulator.BaseUri)' -LogPath '$folder/log.jsonl'
            Remove-Item -LiteralPath '$folder' -Recurse
            `$null = Test-MMConnection 3>`$null
            `$full = [System.IO.StreamWriter]::new('/dev/full')
            `$full.AutoFlush = `$true
            [Console]::SetError(`$full)
            'done'
"@ | Should -Be 'done'
    }

    It 'appends to -LogPath while another program reads the file' {
        $log = "$((Get-PSDrive TestDrive).Root)/read.jsonl"
        $null = Connect-MMService $key @address -LogPath $log
        $reader = [System.IO.File]::Open($log, 'Open', 'Read', 'ReadWrite, Delete')
        try {
            Test-MMConnection -Quiet | Should -BeTrue
            $reader.Length | Should -BeGreaterThan 0
        }
        finally { $reader.Dispose() }
    }

    It 'writes one JSON line a request to -LogPath' {
        $null = Connect-MMService $key @address -LogPath TestDrive:/log.jsonl
        Test-MMConnection -Quiet | Should -BeTrue
        $null = Get-ErrorOf { Get-MMSubmission nothing }
        Add-MMSimulatorFault 'GET *' -Status 422
        $null = Get-ErrorOf { Get-MMSubmission nothing }
        $lines = Get-Content TestDrive:/log.jsonl | ConvertFrom-Json
        $lines.Count | Should -Be 3
        $lines.path[1] | Should -BeLike '*/submissions/nothing'
        $lines.status | Should -Be 200, 404, 422
        $lines[1].code | Should -Be NotFound
        $lines[1].detail | Should -Not -BeNullOrEmpty
        $lines[2].fields | Should -Not -BeNullOrEmpty
        foreach ($name in 'time', 'level', 'method', 'path', 'status', 'attempts', 'milliseconds') { $lines[0].PSObject.Properties.Name | Should -Contain $name }
    }

    It 'tells -Verbose one line a request' {
        Add-MMSimulatorFault 'GET *' -Status 500
        $lines = @('a', 'b' | Get-MMSubmission -Verbose -ErrorAction Ignore 4>&1 | ForEach-Object Message)
        $lines.Count | Should -Be 2
        $lines[0] | Should -Match '^GET /api/integrations/submissions/a 404, 2 attempts, \d+ ms$'
        $lines[1] | Should -Match '^GET /api/integrations/submissions/b 404, 1 attempt, \d+ ms$'
    }

    It 'tells -Verbose of a long wait, when it begins' {
        Add-MMSimulatorFault 'GET *' -Status 429 -RetryAfterSec 50
        $before = (Get-TestServer).RequestCount
        $told = Get-MMSubmission a -Verbose -ErrorAction Ignore 4>&1 | Select-Object -First 1
        $told.Message | Should -Match '^GET /api/integrations/submissions/a waits (50|[1-4]\d) s: the service limits submission_read requests$'
        (Get-TestServer).RequestCount | Should -Be ($before + 1)
    }

    It 'tells -Debug headers and bodies' {
        $text = Get-MMSubmission a -Debug -ErrorAction Ignore 5>&1 | Out-String
        $text | Should -Match 'X-API-Key'
        $text | Should -Match 'detail'
        $text | Should -Match 'GET /api/integrations/submissions/a 404'
        Get-MMSubmission a -ErrorAction Ignore 5>&1 | Should -BeNullOrEmpty
    }
}

Describe 'Test-MMConnection' {
    AfterEach { Clear-All }

    It 'tells of success' {
        $null = Connect-MMService $key @address
        $test = Test-MMConnection
        $test.GetType().FullName | Should -Be 'MediaMagic.ConnectionTest'
        $test.Success | Should -BeTrue
        $test.StatusCode | Should -Be 200
        $test.Environment | Should -Be Sandbox
        $test.LatencyMs | Should -BeGreaterThan 0
    }

    It 'tells of failure, without an error' {
        $null = Connect-MMService (Get-TestServer).RevokedApiKey @address
        $Error.Clear()
        $test = Test-MMConnection
        $test.Success | Should -BeFalse
        $test.StatusCode | Should -Be 401
        $test.Detail | Should -BeLike '*revoked*'
        Test-MMConnection -Quiet | Should -BeFalse
        $Error.Count | Should -Be 0
    }
}
