#!/usr/bin/env pwsh
#Requires -Version 7.4

<#
.SYNOPSIS
    Stages the built module under output/MediaMagic/<version>.
.EXAMPLE
    ./tools/Copy-Module.ps1 -Configuration Release
#>
[CmdletBinding()]
param(
    # Specifies the configuration that was built.
    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    # Specifies the label of a prerelease, such as rc1.
    [string] $Prerelease
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/BuildSupport.psm1"
$repository = Split-Path $PSScriptRoot
$flavour = $Configuration.ToLowerInvariant()
$stage = Get-StagePath

# Each build of the module: the output that holds it with its dependencies, what its host already has, and the systems it runs on.
$windows = 'win-x64', 'win-x86', 'win-arm64'
$systems = $windows + @('linux-x64', 'linux-arm64', 'linux-arm', 'linux-musl-x64', 'linux-musl-arm64', 'osx-x64', 'osx-arm64')
$builds = @(
    @{ Name = 'net10.0'; Output = 'net10.0'; InBox = @(); Native = $systems }
    @{ Name = 'netstandard2.0'; Output = 'net8.0'; InBox = @('System.Text.Json.dll', 'System.Text.Encodings.Web.dll'); Native = $systems }
    @{ Name = 'desktop'; Output = 'net472'; InBox = @(); Native = $windows }
)
$loaders = 'MediaMagic.PowerShell.Loader.dll', 'MediaMagic.PowerShell.LoadContext.dll'

function Copy-Build([hashtable] $Build) {
    $source = "$repository/artifacts/bin/Staging/${flavour}_$($Build.Output)"
    $target = New-Item -ItemType Directory -Path "$stage/$($Build.Name)"
    Get-ChildItem -LiteralPath $source -Filter *.dll | Where-Object Name -NotIn (@('MediaMagic.Staging.dll') + $loaders + $Build.InBox) | Copy-Item -Destination $target
    # By the convention of packages, beside the native libraries.
    Get-ChildItem "$source/native" -Directory -ErrorAction Ignore | ForEach-Object {
        $null = New-Item -ItemType Directory -Path "$stage/runtimes/$($_.Name)/lib" -Force
        Copy-Item -LiteralPath $_.FullName -Destination "$stage/runtimes/$($_.Name)/lib/$($Build.Name)" -Recurse
    }
    Copy-Native "$repository/artifacts/bin/Staging/${flavour}_net10.0/runtimes" $Build.Native $(if ($Build.Name -eq 'desktop') { "$target/runtimes" } else { "$stage/runtimes" })
    if ($Build.Name -eq 'desktop') { Move-Provider $target }
}

# .NET Framework looks for a native library only beside the assembly that imports it. That assembly must not stay in the folder of the
# others, where .NET Framework would find it before the loader is asked.
function Move-Provider([string] $Target) {
    $provider = "$Target/SQLitePCLRaw.provider.e_sqlite3.dll"
    Get-ChildItem "$Target/runtimes/*/native/e_sqlite3.dll" | ForEach-Object { Copy-Item -LiteralPath $provider -Destination $_.DirectoryName }
    Remove-Item -LiteralPath $provider
}

# The native libraries of the systems that PowerShell runs on, and no others that a package brings.
function Copy-Native([string] $Source, [string[]] $Name, [string] $Target) {
    foreach ($folder in $Name | Where-Object { Test-Path -LiteralPath "$Source/$_/native" }) {
        $null = New-Item -ItemType Directory -Path "$Target/$folder" -Force
        Copy-Item -LiteralPath "$Source/$folder/native" -Destination "$Target/$folder" -Recurse -Force
    }
}

if (Test-Path -LiteralPath $stage) { Remove-Item -LiteralPath $stage -Recurse -Force }
$null = New-Item -ItemType Directory -Path $stage
foreach ($build in $builds) { Copy-Build $build }
Copy-Item -Destination $stage -LiteralPath @(
    "$repository/src/Module/MediaMagic.psm1"
    "$repository/src/Module/MediaMagic.Views.psd1"
    "$repository/src/Module/MediaMagic.Format.ps1xml"
    "$repository/src/Module/MediaMagic.Types.ps1xml"
    "$repository/LICENSE"
    "$repository/THIRD-PARTY-NOTICES.txt"
    "$repository/artifacts/bin/MediaMagic.PowerShell.Loader/${flavour}_netstandard2.0/MediaMagic.PowerShell.Loader.dll"
    "$repository/artifacts/bin/MediaMagic.PowerShell.Loader/${flavour}_net8.0/MediaMagic.PowerShell.LoadContext.dll"
)
Write-Host '== Building the help'
& "$PSScriptRoot/Export-Help.ps1" -Path "$repository/docs/help" -Destination "$stage/en-US"
$label = if ($Prerelease) { @{ Prerelease = $Prerelease } } else { @{} }
& "$PSScriptRoot/Export-Manifest.ps1" -Path "$repository/MediaMagic.psd1" -Destination "$stage/MediaMagic.psd1" @label
Write-Host "Staged $stage"
