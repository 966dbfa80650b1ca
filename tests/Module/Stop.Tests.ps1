BeforeDiscovery {
    $waits = @(
        @{ Wait = 'a poll wait'; Fault = $null; Call = 'Wait-MMSubmission $slow -PollIntervalSec 30 -Session $s'; After = 1 }
        @{ Wait = 'the wait of New-MMSubmission -Wait'; Fault = $null; Call = 'New-MMSubmission $path -SimulationDelaySeconds 30 -Wait -Session $s'; After = 2 }
        @{ Wait = 'the wait of Invoke-MMAssetRetry -Wait'; Fault = $null; Call = 'Invoke-MMAssetRetry $failed.SubmissionId $failed.Assets[0].AssetId -Wait -Session $s'; After = 2; Closed = $true }
        @{ Wait = 'a retry delay'; Fault = @{ Endpoint = 'GET *'; Status = 500; Count = 0 }; Call = 'Get-MMSubmission $slow -Session $patient'; After = 1 }
        @{ Wait = 'a Retry-After'; Fault = @{ Endpoint = 'GET *'; Status = 429; RetryAfterSec = 50; Count = 0 }; Call = 'Get-MMSubmission $slow -Session $s'; After = 1 }
        @{ Wait = 'a gate that another call closed'; Fault = @{ Endpoint = 'GET *'; Status = 429; RetryAfterSec = 50; Count = 0 }; Call = 'Get-MMSubmission $slow, $slow, $slow -ThrottleLimit 3 -Session $s'; After = 1 }
        @{ Wait = 'a slow answer'; Fault = @{ Endpoint = 'GET *'; DelayMs = 20000 }; Call = 'Get-MMSubmission $slow -Session $s'; Open = 1 }
        @{ Wait = 'slow answers to many at once'; Fault = @{ Endpoint = 'GET *'; DelayMs = 20000; Count = 0 }; Call = '1..20 | ForEach-Object { $slow } | Get-MMSubmission -ThrottleLimit 8 -Session $s'; Open = 8 }
        @{ Wait = 'a slow create'; Fault = @{ Endpoint = 'POST /submissions'; DelayMs = 20000 }; Call = 'New-MMSubmission $path -Session $s'; Open = 1 }
        @{ Wait = 'a direct upload'; Fault = @{ Endpoint = 'POST /uploads/direct'; DelayMs = 20000; Count = 0 }; Call = 'Send-MMFile $file, $file2 -Session $s'; Open = 2 }
        @{ Wait = 'a presigned upload'; Fault = @{ Endpoint = '* /blob/*'; DelayMs = 20000; Count = 0 }; Call = 'Send-MMFile $file -Method Presigned -Session $s'; Open = 1 }
        @{ Wait = 'the check of -Validate'; Fault = @{ Endpoint = 'GET *'; DelayMs = 20000 }; Call = 'Connect-MMService $key -BaseUri $address -Validate'; Open = 1 }
        @{ Wait = 'Test-MMConnection'; Fault = @{ Endpoint = 'GET *'; DelayMs = 20000 }; Call = 'Test-MMConnection -Session $s'; Open = 1 }
    )
    foreach ($wait in $waits) { foreach ($name in 'After', 'Open', 'Closed') { $wait[$name] ??= $null } }
}

BeforeAll {
    Import-Module "$PSScriptRoot/Service.psm1" -Force
    $ErrorActionPreference = 'Continue'
    $null = Connect-TestService
    $server = Get-TestServer
    $runspace = Open-TestRunspace
    $known = @{
        s       = Get-MMSession Default
        patient = Connect-TestSession -Name Patient -Option @{ RetryBaseDelaySec = 50 } -PassThru
        slow    = (Send-MMFile (Add-TestFile) -Session Default | New-MMSubmission -SimulationDelaySeconds 30 -Session Default).SubmissionId
        key     = (Get-MMSimulator).ApiKey
        address = (Get-MMSimulator).BaseUri
    }
}

AfterAll {
    $runspace.Dispose()
    Disconnect-TestService
}

Describe 'Ctrl+C' {
    BeforeEach {
        $session = Connect-TestSession -PassThru
        $known.s = $session
        $known.file = Add-TestFile
        $known.file2 = Add-TestFile
        $known.path = (Send-MMFile (Add-TestFile)).BlobPath
    }

    AfterEach { Clear-MMSimulatorFault }

    It 'ends <Wait> at once, and leaves no request' -ForEach $waits {
        # On a machine that is busy with something else the first try may come late for reasons of its own.
        foreach ($try in 1..3) {
            if ($try -gt 1) { Clear-MMSimulatorFault; $known.s = Connect-TestSession -PassThru; $known.path = (Send-MMFile (Add-TestFile)).BlobPath }
            if ($Closed) { $known.failed = Submit-TestFile "$([guid]::NewGuid())-fail-retryable.txt" -Wait; Add-MMSimulatorFault 'GET *' -Status 429 -RetryAfterSec 50 -Count 0 }
            if ($Fault) { Add-MMSimulatorFault @Fault }
            $before = $server.RequestCount
            foreach ($name in $known.Keys) { $runspace.SessionStateProxy.SetVariable($name, $known[$name]) }
            $shell = [powershell]::Create()
            $shell.Runspace = $runspace
            try {
                $running = $shell.AddScript($Call).BeginInvoke()
                $reached = Wait-Until { $Open ? $server.OpenRequests -ge $Open : ($server.RequestCount -ge $before + $After -and $server.OpenRequests -eq 0) }
                $reached | Should -BeTrue
                $running.IsCompleted | Should -BeFalse
                $clock = [System.Diagnostics.Stopwatch]::StartNew()
                $shell.Stop()
                $clock.Stop()
                $shell.InvocationStateInfo.State | Should -Be Stopped
                $shell.Streams.Error.Count | Should -Be 0
                Wait-Until { $server.OpenRequests -eq 0 } -TimeoutSec 2 | Should -BeTrue
                $settled = $server.RequestCount
                [System.Threading.Thread]::Sleep(30)
                $server.RequestCount | Should -Be $settled
            }
            finally { $shell.Dispose() }
            if ($clock.ElapsedMilliseconds -lt 500) { break }
        }
        $clock.ElapsedMilliseconds | Should -BeLessThan 500
    }

    It 'leaves the runspace and the session fit for more' {
        $shell = [powershell]::Create()
        $shell.Runspace = $runspace
        Add-MMSimulatorFault 'GET *' -DelayMs 20000
        $runspace.SessionStateProxy.SetVariable('s', $session)
        $null = $shell.AddScript('Test-MMConnection -Session $s').BeginInvoke()
        Wait-Until { $server.OpenRequests -eq 1 } | Should -BeTrue
        $shell.Stop()
        $shell.Dispose()
        Clear-MMSimulatorFault
        $shell = [powershell]::Create()
        $shell.Runspace = $runspace
        $shell.AddScript('Test-MMConnection -Quiet -Session $s').Invoke() | Should -BeTrue
        $shell.Dispose()
        Test-MMConnection -Quiet | Should -BeTrue
        $session.BreakerState | Should -Be Closed
    }
}

Describe 'A command that ends early' {
    BeforeAll {
        function Add-SlowFile([int] $Count) { 1..$Count | ForEach-Object { Add-TestFile "slow-$([guid]::NewGuid()).txt" } }
    }

    BeforeEach {
        $null = Connect-TestSession
        $quick = Add-TestFile
        $slow = Add-SlowFile 3
        Add-MMSimulatorFault '* /blob/*slow-*' -DelayMs 20000 -Count 0
        Wait-Until { $server.OpenRequests -eq 0 } | Should -BeTrue
    }

    AfterEach { Clear-MMSimulatorFault }

    It 'leaves no upload going on after <End>' -ForEach @(
        @{ End = 'Select-Object -First'; Script = { Send-MMFile (@($quick) + $slow) -Method Presigned | Select-Object -First 1 } }
        @{ End = '-ErrorAction Stop'; Refused = $true; Script = { Send-MMFile (@($quick) + $slow) -Method Presigned -ErrorAction Stop } }
        @{ End = 'an error of the next command'; Script = { Send-MMFile (@($quick) + $slow) -Method Presigned | ForEach-Object { $script:told++; throw 'enough' } } }
        @{ End = 'an error of the command before it'; Script = { & { $slow; if (Wait-Until { $server.OpenRequests -eq 3 }) { throw 'enough' } } | Send-MMFile -Method Presigned } }
    ) {
        if ($Refused) { Add-MMSimulatorFault "* /blob/*$(Split-Path $quick -LeafBase)*" -Status 400 -DelayMs 300 -Count 0 }
        $script:told = 0
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        try { $sent = @(& $Script) } catch { $sent = $null }
        $clock.ElapsedMilliseconds | Should -BeLessThan 10000
        if ($End -eq 'Select-Object -First') { $sent.Path | Should -Be $quick } else { $sent | Should -BeNullOrEmpty }
        $script:told | Should -BeLessOrEqual 1
        Wait-Until { $server.OpenRequests -eq 0 } -TimeoutSec 2 | Should -BeTrue
        $settled = $server.RequestCount
        Wait-Until { $server.RequestCount -ne $settled -or $server.OpenRequests -gt 0 } -TimeoutSec 0.3 | Should -BeFalse
    }

    It 'begins no upload after the error that ends it' {
        $before = $server.RequestCount
        { Send-MMFile (@("$TestDrive/none.txt") + $slow) -ErrorAction Stop } | Should -Throw '*none.txt*'
        Wait-Until { $server.RequestCount -ne $before } -TimeoutSec 0.3 | Should -BeFalse
    }

    It 'leaves no read going on' {
        $ids = foreach ($n in 1..3) { (Submit-TestFile).SubmissionId }
        foreach ($id in $ids[1, 2]) { Add-MMSimulatorFault "GET /submissions/$id" -DelayMs 20000 -Count 0 }
        (Get-MMSubmission $ids -ThrottleLimit 3 | Select-Object -First 1).SubmissionId | Should -Be $ids[0]
        Wait-Until { $server.OpenRequests -eq 0 } -TimeoutSec 2 | Should -BeTrue
    }

    It 'leaves no poll going on when its progress may not be shown' {
        $id = (Send-MMFile $quick | New-MMSubmission -SimulationDelaySeconds 30).SubmissionId
        { Wait-MMSubmission $id -PollIntervalSec 0.02 -ProgressAction Stop } | Should -Throw
        $settled = $server.RequestCount
        Wait-Until { $server.RequestCount -ne $settled } -TimeoutSec 0.5 | Should -BeFalse
    }

    It 'keeps what it knows of a create under way' {
        $patient = Connect-TestSession -Name Early -Option @{ RetryBaseDelaySec = 50 } -PassThru
        $path = (Send-MMFile $quick -Session $patient).BlobPath
        Add-MMSimulatorFault 'POST /submissions' -Status 500
        $before = $server.RequestCount
        { $DebugPreference = 'Stop'; New-MMSubmission $path -Session $patient } | Should -Throw
        $server.RequestCount | Should -Be ($before + 1)
        $record = Get-ErrorOf { New-MMSubmission $path -Session $patient }
        $record.FullyQualifiedErrorId | Should -BeLike 'MediaMagic.AssetAlreadySubmitted,*'
        $server.RequestCount | Should -Be ($before + 1)
    }

    It 'cleans up when what it tells may not be shown' {
        $folder = New-Item -ItemType Directory "$TestDrive/report"
        $id = (Submit-TestFile -Wait).SubmissionId
        Add-MMSimulatorFault 'GET */assets/*' -DelayMs 20000 -Count 0
        { $VerbosePreference = 'Stop'; Export-MMReport "$folder/report.html" $id } | Should -Throw
        Wait-Until { $server.OpenRequests -eq 0 } -TimeoutSec 2 | Should -BeTrue
        @(Get-ChildItem $folder -Force) | Should -BeNullOrEmpty
    }
}
