BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1" -Force

    function Write-Project([string] $Folder, [string] $Name, [string] $Properties, [string] $Items, [string] $Code) {
        $null = New-Item -ItemType Directory -Path "$Folder/$Name"
        Set-Content -LiteralPath "$Folder/$Name/$Name.cs" -Value $Code
        Set-Content -LiteralPath "$Folder/$Name/$Name.csproj" -Value @"
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net8.0</TargetFramework>
    <CopyLocalLockFileAssemblies>true</CopyLocalLockFileAssemblies>
    $Properties
  </PropertyGroup>
  <ItemGroup>$Items</ItemGroup>
</Project>
"@
    }

    # A module that brings a Polly.Core and a System.Text.Json of its own, as most do: beside its assembly, into the default context.
    function Write-OtherModule([string] $Folder, [string] $Polly) {
        $type = 'ResiliencePipeline'
        $use = 'new ResiliencePipelineBuilder().Build().Execute(() => "works")'
        $reference = "<PackageReference Include='Polly.Core' Version='$Polly' />"
        if ($Polly -eq '99.0.0') {
            $type = 'Stranger'
            $use = 'new Stranger().ToString()'
            $reference = "<ProjectReference Include='../Polly.Core/Polly.Core.csproj' />"
            Write-Project $Folder Polly.Core "<Version>$Polly</Version>" '' 'namespace Polly; public class Stranger { public override string ToString() => "works"; }'
        }
        Write-Project $Folder Other '' "$reference<PackageReference Include='System.Text.Json' Version='9.0.0' />" @"
using Polly;
public static class Other
{
    public static string Use() => $use + " " + typeof($type).Assembly.Location + " " + System.Text.Json.JsonSerializer.Serialize(new[] { 1 });
}
"@
        $output = & dotnet build "$Folder/Other" -c Release -o "$Folder/bin" -nologo '-v:q' 2>&1
        if ($LASTEXITCODE -ne 0) { throw "The other module was not built. $output" }
        Set-Content -LiteralPath "$Folder/bin/Other.psm1" -Value @'
$null = [System.Reflection.Assembly]::LoadFrom("$PSScriptRoot/Polly.Core.dll")
$null = [System.Reflection.Assembly]::LoadFrom("$PSScriptRoot/Other.dll")
function Get-Other { [Other]::Use() }
'@
        "$Folder/bin/Other.psm1"
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

# Ours is 8.8.1. The stranger's types are not even those of Polly.
Describe 'Another module with <Name> Polly.Core (<Polly>)' -ForEach @(
    @{ Name = 'older'; Polly = '8.5.2' }
    @{ Name = 'newer'; Polly = '8.9.1' }
    @{ Name = 'strange'; Polly = '99.0.0' }
) {
    BeforeAll {
        $other = Write-OtherModule "$TestDrive/$Name" $Polly
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
        Write-Project $TestDrive Microsoft.Data.Sqlite '<Version>99.0.0</Version>' '' 'namespace Microsoft.Data.Sqlite; public class Stranger { public override string ToString() => "works"; }'
        Write-Project $TestDrive OtherSqlite '' "<PackageReference Include='SQLitePCLRaw.bundle_e_sqlite3' Version='2.0.6' /><ProjectReference Include='../Microsoft.Data.Sqlite/Microsoft.Data.Sqlite.csproj' />" @'
public static class OtherSqlite
{
    public static string Use()
    {
        SQLitePCL.Batteries_V2.Init();
        return new Microsoft.Data.Sqlite.Stranger() + " " + SQLitePCL.raw.sqlite3_libversion().utf8_to_string() + " " + typeof(SQLitePCL.raw).Assembly.Location;
    }
}
'@
        $bin = "$TestDrive/sqlite"
        $output = & dotnet build "$TestDrive/OtherSqlite" -c Release -o $bin -nologo '-v:q' '-p:NuGetAudit=false' 2>&1
        if ($LASTEXITCODE -ne 0) { throw "The other module was not built. $output" }

        # Where the runtime looks for what an assembly of the default context asks for: beside it.
        $system = [System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier
        Copy-Item (Get-ChildItem "$bin/runtimes/$system/native") $bin
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
