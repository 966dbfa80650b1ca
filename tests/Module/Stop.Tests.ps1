BeforeDiscovery {
    Import-Module "$PSScriptRoot/Waits.psm1" -Force
    $waits = Get-TestWait
}

BeforeAll {
    Import-Module "$PSScriptRoot/Service.psm1" -Force
    Import-Module "$PSScriptRoot/Waits.psm1" -Force
    $ErrorActionPreference = 'Continue'
    $null = Connect-TestService
    $server = Get-TestServer
    $runspace = Open-TestRunspace
    $day = 86400000
}

AfterAll {
    $runspace.Dispose()
    Disconnect-TestService
}

Describe 'Ctrl+C' {
    BeforeEach { $null = Connect-TestSession }
    AfterEach { Clear-MMSimulatorFault }

    It 'ends <Wait>, and leaves no request' -ForEach $waits {
        $command = Start-TestWait $_ $runspace
        try {
            $command.Running.IsCompleted | Should -BeFalse
            Stop-TestCommand $command
            $command.Shell.InvocationStateInfo.State | Should -Be Stopped
            $command.Streams.Error.Count | Should -Be 0

            # The server answers none of them on its own within a day: they end because it sees their connections closed.
            Wait-TestServer { $server.OpenRequests -eq 0 }
            if ($Open) { $server.Requests[(-$Open)..-1].Status | Sort-Object -Unique | Should -Be 499 }
            Clear-MMSimulatorFault
            Test-Quiet -MaxLate 8 | Should -BeTrue
        }
        finally { Close-TestCommand $command }
    }

    It 'leaves the runspace and the session fit for more' {
        $session = Connect-TestSession -PassThru
        Add-MMSimulatorFault 'GET *' -DelayMs $day
        $command = Start-TestCommand 'Test-MMConnection -Session $s' @{ s = $session } $runspace
        Wait-TestServer { $server.OpenRequests -eq 1 }
        Close-TestCommand $command
        Clear-MMSimulatorFault
        $command = Start-TestCommand 'Test-MMConnection -Quiet -Session $s' @{ s = $session } $runspace
        Wait-TestCommand $command
        $command.Output | Should -BeTrue
        Close-TestCommand $command
        Test-MMConnection -Quiet | Should -BeTrue
        $session.BreakerState | Should -Be Closed
    }
}

Describe 'A command that ends early' {
    BeforeAll {
        function Add-SlowFile([int] $Count) { 1..$Count | ForEach-Object { Add-TestFile "slow-$([guid]::NewGuid()).txt" } }
    }

    # Each test has its own service: a request that an earlier test cancelled and that is read late must not count here.
    BeforeEach {
        $null = Connect-TestService
        $server = Get-TestServer
        $null = Connect-TestSession -Option @{ TimeoutSec = 86400 }
        $quick = Add-TestFile
        $slow = Add-SlowFile 3
        Add-MMSimulatorFault '* /blob/*slow-*' -DelayMs $day -Count 0
    }

    AfterEach { Clear-MMSimulatorFault }

    It 'leaves no upload going on after <End>' -ForEach @(
        @{ End = 'Select-Object -First'; Script = { Send-MMFile (@($quick) + $slow) -Method Presigned | Select-Object -First 1 } }
        @{ End = '-ErrorAction Stop'; Refused = $true; Script = { Send-MMFile (@($quick) + $slow) -Method Presigned -ErrorAction Stop } }
        @{ End = 'an error of the next command'; Script = { Send-MMFile (@($quick) + $slow) -Method Presigned | ForEach-Object { $script:told++; throw 'enough' } } }
        @{ End = 'an error of the command before it'; Script = { & { $slow; Wait-TestServer { $server.RequestCount -ge $before + 6 -and $server.OpenRequests -eq 3 }; throw 'enough' } | Send-MMFile -Method Presigned } }
    ) {
        if ($Refused) { Add-MMSimulatorFault "* /blob/*$(Split-Path $quick -LeafBase)*" -Status 400 -DelayMs 300 -Count 0 }
        $script:told = 0
        $before = $server.RequestCount
        try { $sent = @(& $Script) } catch { $sent = $null }
        if ($End -eq 'Select-Object -First') { $sent.Path | Should -Be $quick } else { $sent | Should -BeNullOrEmpty }
        $script:told | Should -BeLessOrEqual 1
        Test-Quiet -MaxLate 8 | Should -BeTrue
    }

    It 'begins no upload after the error that ends it' {
        $before = $server.RequestCount
        { Send-MMFile (@("$TestDrive/none.txt") + $slow) -ErrorAction Stop } | Should -Throw '*none.txt*'
        Test-Quiet | Should -BeTrue
        $server.RequestCount | Should -Be ($before + 20)
    }

    It 'leaves no read going on' {
        $ids = foreach ($n in 1..3) { (Submit-TestFile).SubmissionId }
        foreach ($id in $ids[1, 2]) { Add-MMSimulatorFault "GET /submissions/$id" -DelayMs $day -Count 0 }
        (Get-MMSubmission $ids -ThrottleLimit 3 | Select-Object -First 1).SubmissionId | Should -Be $ids[0]
        Test-Quiet -MaxLate 2 | Should -BeTrue
    }

    It 'leaves no poll going on when its progress may not be shown' {
        $id = (Send-MMFile $quick | New-MMSubmission).SubmissionId

        # The service answers only the first poll, so a later one stays open.
        Add-MMSimulatorFault "GET /submissions/$id" -Status 200 -Body "{`"submissionId`":`"$id`",`"status`":`"processing`"}"
        Add-MMSimulatorFault "GET /submissions/$id" -DelayMs $day -Count 0
        { Wait-MMSubmission $id -PollIntervalSec 0.02 -ProgressAction Stop } | Should -Throw
        Test-Quiet -Requests 200 -MaxLate 1 | Should -BeTrue
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

    It 'deletes temporary files when its verbose output ends the command, with an end timeout of <Milliseconds> ms' -ForEach @{ Milliseconds = 250 }, @{ Milliseconds = 0 } {
        $limit = [MediaMagic.Submission].Assembly.GetType('MediaMagic.Commands.AsyncCmdlet').GetProperty('EndTimeout', [System.Reflection.BindingFlags] 'NonPublic, Static')
        $usual = $limit.GetValue($null)
        $folder = New-Item -ItemType Directory "$TestDrive/report-$Milliseconds"
        $id = (Submit-TestFile -Wait).SubmissionId
        Add-MMSimulatorFault 'GET */assets/*' -DelayMs $day -Count 0
        try {
            $limit.SetValue($null, [timespan]::FromMilliseconds($Milliseconds))
            { $VerbosePreference = 'Stop'; Export-MMReport "$folder/report.html" $id } | Should -Throw
        }
        finally { $limit.SetValue($null, $usual) }
        Wait-TestServer { $server.OpenRequests -eq 0 }
        @(Get-ChildItem $folder -Force) | Should -BeNullOrEmpty
    }
}
