BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1" -Force
    Import-Module "$PSScriptRoot/Service.psm1" -Force
    $ErrorActionPreference = 'Continue'
    $simulator = Connect-TestService
    $server = Get-TestServer
    $runspaces = 1..2 | ForEach-Object { Open-TestRunspace }

    # Locks a ledger as another process does, until the connection is disposed.
    function Lock-TestLedger([string] $Path, [string] $Statement) {
        $context = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext([MediaMagic.Submission].Assembly)
        $sqlite = $context.LoadFromAssemblyName([System.Reflection.AssemblyName]::new('Microsoft.Data.Sqlite'))
        $connection = [Activator]::CreateInstance($sqlite.GetType('Microsoft.Data.Sqlite.SqliteConnection'), [object[]] "Data Source=$Path;Pooling=False")
        $connection.Open()
        $command = $connection.CreateCommand()
        $command.CommandText = $Statement
        $null = $command.ExecuteNonQuery()
        $command.Dispose()
        $connection
    }

    # A command that has begun to wait, or is about to.
    function Start-Waiting([string] $Call, [hashtable] $Variable, [runspace] $Runspace) {
        $command = Start-TestCommand "'begun'; $Call" $Variable $Runspace
        Wait-TestRecord $command.Output
        $command
    }
}

AfterAll {
    $runspaces | ForEach-Object Dispose
    Disconnect-TestService
}

Describe 'A ledger that another process has locked' {
    # No command gives up by itself, so that only the stop and the release of the lock end one.
    BeforeAll {
        $limit = [MediaMagic.Submission].Assembly.GetType('MediaMagic.Bulk.LedgerPatience').GetProperty('Limit')
        $usual = $limit.GetValue($null)
        $limit.SetValue($null, [timespan]::MaxValue)
    }

    AfterAll { $limit.SetValue($null, $usual) }

    It 'is waited for by <Command>, which Ctrl+C ends' -ForEach @(
        @{ Command = 'Get-MMLedger'; Statement = 'pragma journal_mode = delete; begin exclusive'; Call = 'Get-MMLedger $ledger'; State = 'Submitted' }
        @{ Command = 'Submit-MMFile'; Statement = 'begin immediate'; Call = 'Submit-MMFile $file -Ledger $ledger -Session $s'; State = 'Skipped' }
    ) {
        $file = Add-TestFile
        $known = @{ file = $file; ledger = "$file.db"; s = Get-MMSession Default }
        (Submit-MMFile $file -Ledger $known.ledger).State | Should -Be 'Submitted'
        $before = $server.RequestCount
        $lock = Lock-TestLedger $known.ledger $Statement
        try {
            $patient = Start-Waiting $Call $known $runspaces[0]
            $stopped = Start-Waiting $Call $known $runspaces[1]
            Stop-TestCommand $stopped
            $stopped.Shell.InvocationStateInfo.State | Should -Be Stopped
            $stopped.Output | Should -HaveCount 1
            $stopped.Streams.Error.Count | Should -Be 0
            $patient.Running.IsCompleted | Should -BeFalse
            $lock.Dispose()
            Wait-TestCommand $patient
            $patient.Output[1].State | Should -Be $State
            $server.RequestCount | Should -Be $before
        }
        finally {
            $lock.Dispose()
            $patient, $stopped | Where-Object { $_ } | ForEach-Object { Close-TestCommand $_ }
        }
    }
}

Describe 'Connect-MMService -LogPath' {
    It 'refuses a pipe at once, and makes no session' {
        if ($IsWindows) { Set-ItResult -Skipped -Because 'it needs mkfifo' }
        $pipe = "$(Add-TestFile).pipe"
        & mkfifo $pipe
        $known = @{ key = $simulator.ApiKey; address = $simulator.BaseUri; pipe = $pipe }
        $command = Start-TestCommand 'try { Connect-MMService $key -BaseUri $address -Name Piped -LogPath $pipe } catch { $_ }; Get-MMSession | Where-Object Name -EQ Piped' $known
        try {
            Wait-TestCommand $command
            $command.Output | Should -HaveCount 1
            $command.Output[0].FullyQualifiedErrorId | Should -Be 'MediaMagic.LogNotWritten,MediaMagic.Commands.Sessions.ConnectServiceCommand'
            $command.Output[0].CategoryInfo.Category | Should -Be WriteError
            "$($command.Output[0])" | Should -Match 'it is a named pipe'
        }
        finally { Close-TestCommand $command }
    }
}
