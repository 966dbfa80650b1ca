#!/usr/bin/env pwsh
#Requires -Version 7.4

<#
.SYNOPSIS
    Builds the module and stages it under output/MediaMagic/<version>.
.EXAMPLE
    ./tools/Build-Module.ps1
.EXAMPLE
    ./tools/Build-Module.ps1 -For release -Prerelease rc1
#>
[CmdletBinding()]
param(
    # Specifies the configuration to build.
    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    # Specifies the system to compile for ahead of time: this one, or the one whose native code the tests run.
    [ValidateSet('this', 'release')]
    [string] $For = 'this',

    # Specifies the label of a prerelease, such as rc1.
    [string] $Prerelease
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/BuildSupport.psm1"

Invoke-DotNet @('build', "$PSScriptRoot/Staging/Staging.csproj", '-c', $Configuration, '-nologo', '-v:q', "-p:AheadOfTime=$For") -Activity 'Building the module (the first build takes minutes)'
& "$PSScriptRoot/Copy-Module.ps1" -Configuration $Configuration -Prerelease $Prerelease
