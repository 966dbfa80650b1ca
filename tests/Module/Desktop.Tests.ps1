BeforeDiscovery {
    $steps = 'load', 'connect', 'check', 'direct upload', 'presigned upload', 'submit', 'wait', 'issues', '404', 'ledger', '401', 'refused connection', 'log'
}

BeforeAll {
    Import-Module "$PSScriptRoot/Service.psm1" -Force

    # The smallest packages of Mono have no netstandard.dll.
    $mono = (Get-Command mono -CommandType Application -ErrorAction Ignore) -and (Test-Path /usr/lib/mono/4.5/Facades/netstandard.dll)
    $script:missing = -not $mono -and $env:MEDIAMAGIC_REQUIRE_PARTS -ne 'true'
    if ($missing) { return }

    # The package has native libraries for Windows only. This copy has the one of this system where the loader looks for that of Windows.
    $copy = "$TestDrive/MediaMagic"
    Copy-Item -LiteralPath (Split-Path (Get-StagedManifest)) -Destination $copy -Recurse
    $architecture = [System.Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture.ToString().ToLowerInvariant()
    $native = "$copy/desktop/runtimes/win-$architecture/native"
    $null = New-Item -ItemType Directory -Path $native -Force
    Copy-Item "$copy/runtimes/linux-$architecture/native/libe_sqlite3.so" $native

    $simulator = Connect-TestService -ProcessingSeconds 0
    $work = (New-Item -ItemType Directory -Path "$TestDrive/work").FullName
    $program = "$PSScriptRoot/../../artifacts/bin/DesktopSmoke/release/DesktopSmoke.exe"
    $key = [System.Net.NetworkCredential]::new('', $simulator.ApiKey).Password
    $script:output = @(& mono $program $copy $simulator.BaseUri $key $work 2>&1 | ForEach-Object { "$_" })
    $script:code = $LASTEXITCODE
}

AfterAll { Disconnect-TestService }

# Mono replaces .NET Framework here. This proves that the assemblies bind and that the native library loads.
Describe 'The build for Windows PowerShell, on Mono' {
    BeforeEach { if ($missing) { Set-ItResult -Skipped -Because 'Mono is not installed' } }

    It 'passes the step: <_>' -ForEach $steps {
        @($output -like "* ${_}: *") | Should -BeLike "ok ${_}: *" -Because ($output -join "`n")
    }

    It 'ends with 0' { $code | Should -Be 0 -Because ($output -join "`n") }
}

Describe 'The native libraries for Windows PowerShell' {
    It 'are beside the assembly that imports them, and that assembly is nowhere else' {
        $desktop = "$(Split-Path (Get-StagedManifest))/desktop"
        $libraries = Get-ChildItem "$desktop/runtimes" -Recurse -Filter e_sqlite3.dll
        $libraries.Directory.Parent.Name | Sort-Object | Should -Be 'win-arm64', 'win-x64', 'win-x86'
        (Get-ChildItem $desktop -Recurse -Filter SQLitePCLRaw.provider.e_sqlite3.dll).DirectoryName | Sort-Object |
            Should -Be ($libraries.DirectoryName | Sort-Object)
    }
}
