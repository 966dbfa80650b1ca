# Uploads that end early and go on later. MEDIAMAGIC_SOAK=1 kills a hundred processes of each command.

BeforeDiscovery {
    # A case that failed is repeated by the seed in its name.
    $count = if ($env:MEDIAMAGIC_SOAK -eq '1') { 100 } else { 2 }
    $seeds = if ($env:MEDIAMAGIC_SEED -match '^\d+$') { [int] $env:MEDIAMAGIC_SEED } else { 1..$count | ForEach-Object { [Random]::Shared.Next() } }
    $kills = $seeds | ForEach-Object { @{ Seed = $_ } }
}

BeforeAll {
    Import-Module "$PSScriptRoot/Service.psm1" -Force
    $ErrorActionPreference = 'Continue'
    $blockSize = 8MB
    $maxInFlight = 16

    # Writes a file of random bytes that begins as an mp4 file does.
    function Set-LargeFile([string] $Path, [long] $Length) {
        $bytes = [byte[]]::new(4MB)
        $stream = [System.IO.File]::Create($Path)
        try {
            for ($rest = $Length; $rest -gt 0; $rest -= $bytes.Length) {
                [System.Security.Cryptography.RandomNumberGenerator]::Fill($bytes)
                $stream.Write($bytes, 0, [Math]::Min($rest, $bytes.Length))
            }
            $stream.Position = 0
            $stream.Write([byte[]] (0, 0, 0, 24, 102, 116, 121, 112, 105, 115, 111, 109), 0, 12)
        }
        finally { $stream.Dispose() }
    }

    function Get-Sha256([string] $Path) { (Get-FileHash -LiteralPath $Path -Algorithm SHA256).Hash }

    # Windows has one folder for each user. Elsewhere, every test has its own.
    function Set-StateRoot {
        $root = if ($IsWindows) { $env:LOCALAPPDATA } else { Join-Path (Get-PSDrive TestDrive).Root ([guid]::NewGuid()) }
        $env:XDG_STATE_HOME = $root
        Join-Path $root ($IsWindows ? 'MediaMagic' : 'mediamagic')
    }

    function Get-Journal { Get-ChildItem -LiteralPath $state -File -Force -ErrorAction Ignore | Where-Object Name -Like 'upload-*' }

    # Nothing in the journals gives access, and only their owner reads them.
    function Assert-JournalIsPrivate {
        foreach ($journal in Get-Journal) {
            $text = [System.IO.File]::ReadAllText($journal.FullName)
            $text | Should -Not -Match ([regex]::Escape($server.ApiKey))
            $text | Should -Not -Match 'sk_(test|live)_|https?://|sig=\w'
            if (-not $IsWindows) { "$([System.IO.File]::GetUnixFileMode($journal.FullName))" | Should -Be 'UserWrite, UserRead' }
        }
        if (-not $IsWindows -and (Test-Path -LiteralPath $state)) {
            "$([System.IO.File]::GetUnixFileMode($state))" | Should -Be 'UserExecute, UserWrite, UserRead'
        }
    }

    # The script of another process that connects to the simulator, runs a command and writes its result as JSON.
    function Get-CommandScript([string] $Command) {
        "`$ProgressPreference = 'SilentlyContinue'"
        'Import-Module $Manifest'
        "Connect-MMService -ApiKey $($server.ApiKey) -BaseUri $($server.BaseUri) -RetryBaseDelaySec 0.01"
        "$Command | Select-Object * | ConvertTo-Json -Compress"
    }

    function Invoke-InNewProcess([string] $Command) { Invoke-Fresh ((Get-CommandScript $Command) -join "`n") | ConvertFrom-Json }

    function New-Signal { [System.Threading.Tasks.TaskCompletionSource]::new([System.Threading.Tasks.TaskCreationOptions]::RunContinuationsAsynchronously) }

    # Starts a command in another process and kills the process when a random number of requests has arrived. From there on either all requests
    # wait until the process is dead, or only the list of blocks does. Then the simulator drops or answers them. Returns how many blocks storage accepted.
    function Invoke-KilledCommand([string] $Command, [int] $Seed) {
        $random = [Random]::new($Seed)
        $passed = $random.Next($blocks + 2)
        $holdsAll = $random.Next(2) -eq 0
        $drop = $random.Next(2) -eq 0 ? 'Before' : 'None'
        $goOn = New-Signal
        if ($holdsAll -and $passed -gt 0) { Add-TestFault '*' -Until ([System.Threading.Tasks.Task]::CompletedTask) -Count $passed }
        Add-TestFault ($holdsAll ? '*' : 'PUT blocklist') -Until $goOn.Task -DropConnection $drop
        $before = $server.BlockUploads
        $target = $server.RequestCount + $passed + 1
        $process = Start-Fresh ((Get-CommandScript $Command) -join "`n")
        try { Wait-TestServer { $server.RequestCount -ge $target } }
        finally {
            $process.Kill()
            $process.WaitForExit()
            $process.Dispose()
            $goOn.SetResult()
        }
        Wait-TestServer { $server.OpenRequests -eq 0 }
        Clear-MMSimulatorFault
        $server.BlockUploads - $before
    }

    # Runs a command in this process, and stops it as Ctrl+C does when storage has all blocks, but not their list.
    function Invoke-StoppedCommand([string] $Command) {
        $goOn = New-Signal
        Add-TestFault 'PUT blocklist' -Until $goOn.Task -DropConnection Before
        $running = Start-TestCommand $Command @{ file = $file; ledger = "$file.db"; s = Get-MMSession Default }

        # A request that is still open when all blocks are answered is the list.
        try { Wait-TestServer { $server.OpenRequests -eq 1 -and @($server.Requests | Where-Object Path -Match 'comp=block&').Count -eq $blocks } }
        finally {
            Close-TestCommand $running
            $goOn.SetResult()
        }
        Wait-TestServer { $server.OpenRequests -eq 0 }
        Clear-MMSimulatorFault
    }

    $stateBefore = $env:XDG_STATE_HOME
}

AfterAll {
    $env:XDG_STATE_HOME = $stateBefore
    Disconnect-TestService
}

Describe 'A process that is killed in an upload of 256 MiB' {
    BeforeAll {
        $file = Join-Path (Get-PSDrive TestDrive).Root 'killed.mp4'
        Set-LargeFile $file 256MB
        $sha256 = Get-Sha256 $file
        $blocks = 256MB / $blockSize
    }

    # A service of its own for each case: its storage would fill the disk.
    BeforeEach {
        $null = Connect-TestService
        $server = Get-TestServer
        $state = Set-StateRoot
    }

    It 'leaves to the same Send-MMFile only the blocks in flight (MEDIAMAGIC_SEED=<Seed>)' -ForEach $kills {
        $command = "Send-MMFile '$file'"
        $accepted = Invoke-KilledCommand $command $Seed
        $accepted | Should -BeLessOrEqual $blocks
        Assert-JournalIsPrivate
        $journals = @(Get-Journal).Count

        $upload = Invoke-InNewProcess $command
        $sent = $server.BlockUploads - $accepted
        $upload.ResumedBytes | Should -Be (256MB - $sent * $blockSize)
        if ($upload.ResumedBytes) { $journals | Should -Be 1 }
        $server.BlockUploads - $blocks | Should -BeIn (0..$maxInFlight)
        $server.FindBlob($upload.BlobPath).Sha256 | Should -Be $sha256
        Get-Journal | Should -BeNullOrEmpty
        $server.Violations | Should -BeNullOrEmpty
    }

    It 'leaves to the same Submit-MMFile -Ledger only the blocks in flight, and the file is submitted once (MEDIAMAGIC_SEED=<Seed>)' -ForEach $kills {
        $ledger = Join-Path (Get-PSDrive TestDrive).Root "$([guid]::NewGuid()).db"
        $command = "Submit-MMFile '$file' -Ledger '$ledger'"
        $null = Invoke-KilledCommand $command $Seed
        Assert-JournalIsPrivate

        $result = Invoke-InNewProcess $command
        $server.BlockUploads - $blocks | Should -BeIn (0..$maxInFlight)
        $server.FindBlob($result.BlobPath).Sha256 | Should -Be $sha256
        Get-AcceptedCount $result.BlobPath | Should -Be 1
        (Get-MMLedger $ledger).State | Should -Be 'Submitted'
        Get-Journal | Should -BeNullOrEmpty
        $server.Violations | Should -BeNullOrEmpty
    }
}

Describe 'An upload of 64 MiB that is stopped' {
    BeforeAll { $blocks = 64MB / $blockSize }

    BeforeEach {
        $null = Connect-TestService
        $server = Get-TestServer
        $state = Set-StateRoot
        $file = Join-Path (Get-PSDrive TestDrive).Root "$([guid]::NewGuid()).mp4"
        Set-LargeFile $file 64MB
        Invoke-StoppedCommand 'Send-MMFile $file -Session $s'
        Get-Journal | Should -HaveCount 1
        $server.BlockUploads | Should -Be $blocks
    }

    AfterEach {
        Get-Journal | Remove-Item -Force
        Remove-Item -LiteralPath $file
    }

    It 'goes on where it was' {
        Assert-JournalIsPrivate
        $upload = Send-MMFile $file
        $upload.ResumedBytes | Should -Be 64MB
        $upload.ResumedBytes | Should -BeOfType [long]
        $server.BlockUploads | Should -Be $blocks
        $server.FindBlob($upload.BlobPath).Sha256 | Should -Be (Get-Sha256 $file)
        Get-Journal | Should -BeNullOrEmpty
    }

    It 'starts over with -NoResume' {
        $upload = Send-MMFile $file -NoResume
        $upload.ResumedBytes | Should -Be 0
        $server.BlockUploads | Should -Be (2 * $blocks)
        $server.FindBlob($upload.BlobPath).Sha256 | Should -Be (Get-Sha256 $file)
        Get-Journal | Should -BeNullOrEmpty
    }

    It 'starts over when the file changed' {
        $before = Get-Sha256 $file
        Set-LargeFile $file 64MB
        $sha256 = Get-Sha256 $file
        $sha256 | Should -Not -Be $before

        # A session overwrites no content that it has sent.
        Connect-TestSession
        $upload = Send-MMFile $file
        $upload.ResumedBytes | Should -Be 0
        $server.BlockUploads | Should -Be (2 * $blocks)
        $server.FindBlob($upload.BlobPath).Sha256 | Should -Be $sha256
        Get-Journal | Should -BeNullOrEmpty
    }

    It 'goes on after six days' {
        (Get-Journal).LastWriteTimeUtc = [datetime]::UtcNow.AddDays(-6)
        (Send-MMFile $file).ResumedBytes | Should -Be 64MB
        $server.BlockUploads | Should -Be $blocks
    }

    It 'starts over after eight days' {
        (Get-Journal).LastWriteTimeUtc = [datetime]::UtcNow.AddDays(-8)
        $upload = Send-MMFile $file
        $upload.ResumedBytes | Should -Be 0
        $server.BlockUploads | Should -Be (2 * $blocks)
        $server.FindBlob($upload.BlobPath).Sha256 | Should -Be (Get-Sha256 $file)
        Get-Journal | Should -BeNullOrEmpty
    }

    It 'loses its journal to the upload of another file after <Days> days: <Removed>' -ForEach @(
        @{ Days = 6; Removed = $false }
        @{ Days = 8; Removed = $true }
    ) {
        $journal = Get-Journal
        $journal.LastWriteTimeUtc = [datetime]::UtcNow.AddDays(-$Days)
        $other = Join-Path (Get-PSDrive TestDrive).Root "$([guid]::NewGuid()).mp4"
        Set-LargeFile $other 64MB
        $null = Send-MMFile $other
        Remove-Item -LiteralPath $other
        Test-Path -LiteralPath $journal.FullName | Should -Be (-not $Removed)
    }
}

Describe 'A Submit-MMFile that is stopped in an upload of 64 MiB' {
    BeforeAll { $blocks = 64MB / $blockSize }

    BeforeEach {
        $null = Connect-TestService
        $server = Get-TestServer
        $state = Set-StateRoot
        $file = Join-Path (Get-PSDrive TestDrive).Root "$([guid]::NewGuid()).mp4"
        Set-LargeFile $file 64MB
    }

    AfterEach { Remove-Item -LiteralPath $file }

    It 'sends no block again <When>' -ForEach @(
        @{ When = 'without a ledger'; Option = '' }
        @{ When = 'with a ledger'; Option = '-Ledger $ledger' }
    ) {
        Invoke-StoppedCommand "Submit-MMFile `$file $Option -Session `$s"
        Get-Journal | Should -HaveCount 1
        $ledger = "$file.db"
        $result = & ([scriptblock]::Create("Submit-MMFile '$file' $Option"))
        $result.State | Should -Be 'Submitted'
        $server.BlockUploads | Should -Be $blocks
        $server.FindBlob($result.BlobPath).Sha256 | Should -Be (Get-Sha256 $file)
        Get-AcceptedCount $result.BlobPath | Should -Be 1
        Get-Journal | Should -BeNullOrEmpty
    }
}

Describe 'Two processes that send the same file at once' {
    BeforeAll {
        $null = Connect-TestService
        $server = Get-TestServer
        $state = Set-StateRoot
        $blocks = 64MB / $blockSize
        $file = Join-Path (Get-PSDrive TestDrive).Root 'shared.mp4'
        Set-LargeFile $file 64MB
    }

    It 'both end whole' {
        # Neither ends before both have sent all of their blocks.
        $goOn = New-Signal
        Add-TestFault 'PUT blocklist' -Until $goOn.Task
        $script = (Get-CommandScript "Send-MMFile '$file'") -join "`n"
        $processes = @(1..2 | ForEach-Object { Start-Fresh $script })
        try { Wait-TestServer { $server.OpenRequests -eq 2 -and $server.BlockUploads -eq 2 * $blocks } }
        finally { $goOn.SetResult() }
        $uploads = $processes | ForEach-Object { Wait-Fresh $_ } | ConvertFrom-Json
        $uploads | Should -HaveCount 2
        $uploads.ResumedBytes | Should -Be 0, 0
        $uploads | ForEach-Object { $server.FindBlob($_.BlobPath).Sha256 | Should -Be (Get-Sha256 $file) }
        Get-Journal | Should -BeNullOrEmpty
    }
}
