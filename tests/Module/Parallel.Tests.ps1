BeforeAll {
    Import-Module "$PSScriptRoot/Service.psm1" -Force
    $ErrorActionPreference = 'Continue'
    $null = Connect-TestService -ProcessingSeconds 0
    $server = Get-TestServer
    $one = Connect-TestSession -Name One -Option @{ TimeoutSec = 86400 } -PassThru
    $two = Connect-TestSession -Name Two -Option @{ ApiKey = $server.OtherApiKey; TimeoutSec = 86400 } -PassThru
}

AfterAll { Disconnect-TestService }

Describe 'Runspaces side by side' {
    It 'ForEach-Object -Parallel takes a session along' {
        $id = (Send-MMFile (Add-TestFile) -Session One | New-MMSubmission -Session One).SubmissionId
        $manifest = (Get-Module MediaMagic).Path -replace 'psm1$', 'psd1'
        $before = $one.Requests
        $found = 1..8 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module $using:manifest
            (Get-MMSubmission $using:id -Session $using:one).SubmissionId
        }
        $found.Count | Should -Be 8
        $found | Sort-Object -Unique | Should -Be $id
        $one.Requests - $before | Should -Be 8
    }

    It '300 calls in a row go over one connection' {
        $id = (Send-MMFile (Add-TestFile) -Session One | New-MMSubmission -Session One).SubmissionId
        $before = $server.ConnectionCount
        $fresh = Connect-TestSession -Name Fresh -Option @{ TimeoutSec = 86400 } -PassThru
        try {
            foreach ($n in 1..300) { $null = Get-MMSubmission $id -Session $fresh }
            $fresh.Requests | Should -Be 300
            $server.ConnectionCount - $before | Should -Be 1
        }
        finally { Disconnect-MMService Fresh }
    }

    It 'exactly one of many that submit the same path at the same time does' {
        $path = (Send-MMFile (Add-TestFile) -Session One).BlobPath
        $manifest = (Get-Module MediaMagic).Path -replace 'psm1$', 'psd1'
        $ids = 1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
            Import-Module $using:manifest
            (New-MMSubmission $using:path -Session $using:one -ErrorAction Ignore).SubmissionId
        }
        @($ids | Where-Object { $_ }).Count | Should -Be 1
        $server.AcceptedBlobPaths[$path] | Should -Be 1
    }

    It '64 runspaces x 1000 calls over two sessions meet only their own' {
        $ids = foreach ($session in $one, $two) { , @(1..4 | ForEach-Object { (Send-MMFile (Add-TestFile) -Session $session | New-MMSubmission -Session $session).SubmissionId }) }
        $start = @{ One = $one.Requests; Two = $two.Requests }
        $state = [initialsessionstate]::CreateDefault2()
        $state.ImportPSModule([string[]] @((Get-Module MediaMagic).Path -replace 'psm1$', 'psd1'))
        $pool = [runspacefactory]::CreateRunspacePool(64, 64, $state, $Host)
        $pool.Open()
        try {
            $work = foreach ($i in 0..63) {
                $shell = [powershell]::Create()
                $shell.RunspacePool = $pool
                $null = $shell.AddScript({
                        param($session, $mine, $other, $key, $address, $seed)
                        # A pool gives a runspace that is done to the next one: what the last one left must not count.
                        Get-MMSession | Disconnect-MMService
                        $own = @{}
                        if ($seed % 4 -eq 3) { Connect-MMService $key -BaseUri $address -Name "Own$seed" -TimeoutSec 86400 } else { $own.Session = $session }
                        $wrong = 0
                        $asked = foreach ($n in 0..998) { $mine[($n + $seed) % $mine.Count] }
                        $n = 0
                        $asked | Get-MMSubmission @own | ForEach-Object { if ($_.SubmissionId -ne $asked[$n++]) { $wrong++ } }
                        $stranger = @(Get-MMSubmission $other[0] @own -ErrorAction SilentlyContinue -ErrorVariable refused)
                        [pscustomobject] @{ Read = $n; Wrong = $wrong; Stranger = $stranger.Count; Refused = @($refused)[0].FullyQualifiedErrorId; Sessions = @(Get-MMSession).Count }
                    }).AddParameters(@(($i % 2 ? $two : $one), $ids[$i % 2], $ids[1 - $i % 2], ($i % 2 ? $server.OtherApiKey : $server.ApiKey), $server.BaseUri, $i))
                @{ Shell = $shell; Running = $shell.BeginInvoke(); Seed = $i }
            }
            foreach ($item in $work) {
                $result = $item.Shell.EndInvoke($item.Running)
                $item.Shell.Streams.Error.Count | Should -Be 0 -Because "$($item.Shell.Streams.Error[0])"
                $result.Read | Should -Be 999
                $result.Wrong | Should -Be 0
                $result.Stranger | Should -Be 0
                $result.Refused | Should -BeLike 'MediaMagic.NotFound,*'
                $result.Sessions | Should -Be ($item.Seed % 4 -eq 3 ? 1 : 0)
                $item.Shell.Dispose()
            }
        }
        finally { $pool.Dispose() }

        # Of each 64, 16 have sessions of their own, all of them with the second key.
        $one.Requests - $start.One | Should -Be (32 * 1000)
        $two.Requests - $start.Two | Should -Be (16 * 1000)
    }
}
