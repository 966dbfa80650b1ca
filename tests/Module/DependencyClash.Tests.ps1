BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1" -Force

    # A host can load no System.Text.Json that is newer than its runtime.
    $json = [Environment]::Version.Major -gt 8 ? '9.0.0' : '8.0.0'
    Set-Content -LiteralPath "$TestDrive/Packages.csproj" -Value @"
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net8.0</TargetFramework>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup>
    <PackageDownload Include="Polly.Core" Version="[8.5.2];[8.9.1]" />
    <PackageDownload Include="System.Text.Json" Version="[$json]" />
    <PackageDownload Include="SQLitePCLRaw.bundle_e_sqlite3;SQLitePCLRaw.core;SQLitePCLRaw.lib.e_sqlite3;SQLitePCLRaw.provider.e_sqlite3" Version="[2.0.6]" />
  </ItemGroup>
</Project>
"@
    $output = & dotnet msbuild "$TestDrive/Packages.csproj" -t:Restore -nologo '-v:q' 2>&1
    if ($LASTEXITCODE -ne 0) { throw "The packages of the other modules were not restored. $output" }
    $packages = @((Get-Content -LiteralPath "$TestDrive/obj/project.assets.json" -Raw | ConvertFrom-Json -AsHashtable).packageFolders.Keys)[0]

    # A folder with copies of these files.
    function New-Folder([string] $Name, [string[]] $File) {
        $folder = (New-Item -ItemType Directory -Path "$TestDrive/$Name").FullName
        foreach ($path in $File) { Copy-Item -LiteralPath $path -Destination $folder }
        $folder
    }

    # A library in that folder, compiled against what is there.
    function Add-Library([string] $Folder, [string] $Name, [string] $Code) {
        $references = @((Get-ChildItem $Folder -Filter *.dll).FullName)
        Add-Type -TypeDefinition $Code -OutputAssembly "$Folder/$Name.dll" -ReferencedAssemblies ($references + 'System.Runtime', 'netstandard') -IgnoreWarnings -WarningAction Ignore
    }

    # A module that brings a Polly.Core and a System.Text.Json of its own, as most do: beside its assembly, into the default context.
    function New-OtherModule([string] $Polly) {
        $folder = New-Folder $Polly "$packages/system.text.json/$json/lib/net8.0/System.Text.Json.dll"
        if ($Polly -eq '99.0.0') {
            # The stranger's types are not even those of Polly.
            Add-Library $folder Polly.Core '[assembly: System.Reflection.AssemblyVersion("99.0.0.0")] namespace Polly { public class Stranger { public override string ToString() => "works"; } }'
            $use, $type = 'new Stranger().ToString()', 'Stranger'
        }
        else {
            Copy-Item -LiteralPath "$packages/polly.core/$Polly/lib/net8.0/Polly.Core.dll" -Destination $folder
            $use, $type = 'new ResiliencePipelineBuilder().Build().Execute(() => "works")', 'ResiliencePipeline'
        }
        Add-Library $folder Other @"
using Polly;
public static class Other
{
    public static string Use() => $use + " " + typeof($type).Assembly.Location + " " + System.Text.Json.JsonSerializer.Serialize(new[] { 1 });
}
"@
        Set-Content -LiteralPath "$folder/Other.psm1" -Value @'
$null = [System.Reflection.Assembly]::LoadFrom("$PSScriptRoot/Polly.Core.dll")
$null = [System.Reflection.Assembly]::LoadFrom("$PSScriptRoot/Other.dll")
function Get-Other { [Other]::Use() }
'@
        "$folder/Other.psm1"
    }

    # Goes through Polly and System.Text.Json on both sides of a request.
    $script:ours = @'
        Import-Module $Manifest
        Start-MMSimulator -ProcessingSeconds 0 -Connect
        $connection = Test-MMConnection
        Stop-MMSimulator
        "ours $($connection.Success) $((ConvertFrom-MMErrorResponse 404 '{"detail":"gone"}').Detail)"
        $context = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext([MediaMagic.Submission].Assembly)
        "ours uses $(($context.Assemblies | Where-Object { $_.GetName().Name -eq 'Polly.Core' }).Location)"
'@
}

# The package that we bring is among them: another file of the same identity.
Describe 'Another module with Polly.Core <Polly>' -ForEach @(@{ Polly = '8.5.2' }, @{ Polly = '8.9.1' }, @{ Polly = '99.0.0' }) {
    BeforeAll {
        $other = New-OtherModule $Polly
        $script:theirs = "Import-Module '$other'; Get-Other"
        $stage = Split-Path (Get-StagedManifest)
        $script:expectedOurs = @('ours True gone', "ours uses $([System.IO.Path]::Combine($stage, (Get-BuildUnderTest), 'Polly.Core.dll'))")
        $script:expectedTheirs = "works $([System.IO.Path]::Combine((Split-Path $other), 'Polly.Core.dll')) [1]"
    }

    It 'was loaded before ours: both work, each with its own' {
        Invoke-Fresh "$theirs; $ours; Get-Other" | Should -Be (@($expectedTheirs) + $expectedOurs + @($expectedTheirs))
    }

    It 'is loaded after ours: both work, each with its own' {
        Invoke-Fresh "$ours; $theirs; Remove-Module MediaMagic; $ours" | Should -Be ($expectedOurs + @($expectedTheirs) + $expectedOurs)
    }
}

# Ours is SQLitePCLRaw 3 with a SQLite of its own. Theirs is an older one, and a Microsoft.Data.Sqlite that is not even one.
Describe 'Another module with another SQLite' {
    BeforeAll {
        $raw = 'bundle_e_sqlite3/2.0.6/lib/netstandard2.0/SQLitePCLRaw.batteries_v2', 'core/2.0.6/lib/netstandard2.0/SQLitePCLRaw.core', 'provider.e_sqlite3/2.0.6/lib/net5.0/SQLitePCLRaw.provider.e_sqlite3'
        $bin = New-Folder sqlite @($raw | ForEach-Object { "$packages/sqlitepclraw.$_.dll" })
        Add-Library $bin Microsoft.Data.Sqlite '[assembly: System.Reflection.AssemblyVersion("99.0.0.0")] namespace Microsoft.Data.Sqlite { public class Stranger { public override string ToString() => "works"; } }'
        Add-Library $bin OtherSqlite @'
public static class OtherSqlite
{
    public static string Use()
    {
        SQLitePCL.Batteries_V2.Init();
        return new Microsoft.Data.Sqlite.Stranger() + " " + SQLitePCL.raw.sqlite3_libversion().utf8_to_string() + " " + typeof(SQLitePCL.raw).Assembly.Location;
    }
}
'@

        # Where the runtime looks for what an assembly of the default context asks for: beside it.
        $system = [System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier
        Copy-Item "$packages/sqlitepclraw.lib.e_sqlite3/2.0.6/runtimes/$system/native/*" $bin
        Set-Content -LiteralPath "$bin/OtherSqlite.psm1" -Value @'
Get-ChildItem $PSScriptRoot -Filter *.dll | Where-Object Name -Match '^(SQLitePCLRaw|Microsoft\.Data|OtherSqlite)' | ForEach-Object { $null = [System.Reflection.Assembly]::LoadFrom($_.FullName) }
function Get-OtherSqlite { [OtherSqlite]::Use() }
'@
        $script:theirs = "Import-Module '$bin/OtherSqlite.psm1'; 'theirs ' + (Get-OtherSqlite)"
        $script:ours = @"
            Import-Module `$Manifest
            Start-MMSimulator -ProcessingSeconds 0 -Connect
            `$file = '$TestDrive/clash-' + [guid]::NewGuid() + '.txt'
            [System.IO.File]::WriteAllText(`$file, "A claim. `$file")
            "ours `$((Submit-MMFile `$file -Ledger '$TestDrive/clash.db').State) `$(@(Get-MMLedger '$TestDrive/clash.db' -Path `$file).Count)"
            Stop-MMSimulator
"@
        $script:expectedTheirs = "^theirs works 3\.\d+\.\d+ $([regex]::Escape([System.IO.Path]::Combine($bin, 'SQLitePCLRaw.core.dll')))$"
    }

    It 'was loaded before ours: both work, each with its own' {
        $lines = Invoke-Fresh "$theirs; $ours; $theirs"
        $lines | Should -HaveCount 3
        $lines[0] | Should -Match $expectedTheirs
        $lines[1] | Should -Be 'ours Submitted 1'
        $lines[2] | Should -Be $lines[0]
    }

    It 'is loaded after ours: both work, each with its own' {
        $lines = Invoke-Fresh "$ours; $theirs; $ours"
        $lines | Should -HaveCount 3
        $lines[0] | Should -Be 'ours Submitted 1'
        $lines[1] | Should -Match $expectedTheirs
        $lines[2] | Should -Be 'ours Submitted 1'
    }
}

# Ours is used on the presigned route, where the simulator returns the CRC64 of the file. Theirs is not even a System.IO.Hashing.
Describe 'Another module with another System.IO.Hashing' {
    BeforeAll {
        $bin = New-Folder hashing @()
        Add-Library $bin System.IO.Hashing '[assembly: System.Reflection.AssemblyVersion("99.0.0.0")] namespace System.IO.Hashing { public class Stranger { public override string ToString() => "works"; } }'
        $script:theirs = "`$null = [System.Reflection.Assembly]::LoadFrom('$bin/System.IO.Hashing.dll'); `"theirs `$([System.IO.Hashing.Stranger]::new()) `$([System.IO.Hashing.Stranger].Assembly.Location)`""
        $script:ours = @"
            Import-Module `$Manifest
            Start-MMSimulator -Connect
            `$file = '$TestDrive/hash-' + [guid]::NewGuid() + '.txt'
            [System.IO.File]::WriteAllText(`$file, "A claim. `$file")
            "ours `$((Send-MMFile `$file -Method Presigned).Length -gt 0)"
            Stop-MMSimulator
            `$context = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext([MediaMagic.Submission].Assembly)
            "ours uses `$((`$context.Assemblies | Where-Object { `$_.GetName().Name -eq 'System.IO.Hashing' }).Location)"
"@
        $stage = Split-Path (Get-StagedManifest)
        $script:expectedOurs = @('ours True', "ours uses $([System.IO.Path]::Combine($stage, (Get-BuildUnderTest), 'System.IO.Hashing.dll'))")
        $script:expectedTheirs = "theirs works $([System.IO.Path]::Combine($bin, 'System.IO.Hashing.dll'))"
    }

    It 'was loaded before ours: both work, each with its own' {
        Invoke-Fresh "$theirs; $ours; $theirs" | Should -Be (@($expectedTheirs) + $expectedOurs + @($expectedTheirs))
    }

    It 'is loaded after ours: both work, each with its own' {
        Invoke-Fresh "$ours; $theirs; $ours" | Should -Be ($expectedOurs + @($expectedTheirs) + $expectedOurs)
    }
}
