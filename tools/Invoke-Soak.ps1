#!/usr/bin/env pwsh
#Requires -Version 7.4

<#
.SYNOPSIS
    Runs the campaigns whole: kills, faults, fuzzing, many processes on one ledger, every world one attempt deeper, mixed traffic, and the whole test suite on a busy machine.
.EXAMPLE
    ./tools/Invoke-Soak.ps1 -Minutes 60 -Runs 10
#>
[CmdletBinding()]
param(
    # Specifies the configuration to build.
    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    # Specifies how many minutes the mixed traffic takes.
    [double] $Minutes = 60,

    # Specifies how many times the whole test suite runs.
    [int] $Runs = 10,

    # Specifies how many processes open one new ledger at once.
    [ValidateRange(1, 10000)]
    [int] $Processes = 200
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/BuildSupport.psm1"
Import-Module "$PSScriptRoot/ChildPowerShell.psm1"
$repository = Split-Path $PSScriptRoot

Invoke-DotNet @('build', "$repository/MediaMagic.PowerShell.sln", '-c', $Configuration, '-nologo', '-v:q', '-p:AheadOfTime=this') -Activity 'Building everything'
& "$PSScriptRoot/Copy-Module.ps1" -Configuration $Configuration
$campaigns = 'Kill', 'Campaign', 'Fuzz', 'Ten_thousand', 'HostileWorld' | ForEach-Object { "FullyQualifiedName~$_" }
Invoke-DotNet @('test', "$repository/tests/MediaMagic.PowerShell.Tests", '-c', $Configuration, '--no-build', '-nologo', '--logger', 'console;verbosity=detailed', '--filter', ($campaigns -join '|')) `
    -Activity 'Running the campaigns whole' -Environment @{ MEDIAMAGIC_SOAK = '1'; MEDIAMAGIC_PROCESSES = "$Processes" }
Write-Host '== Killing uploads of PowerShell'
$suite = Invoke-ChildPowerShell '-File', "$PSScriptRoot/Invoke-Tests.ps1", '-NoBuild', '-NoXUnit', '-Suite', 'Resume', '-ThrottleLimit', '1' -Environment @{ MEDIAMAGIC_SOAK = '1' }
$suite.Output, $suite.Errors | Out-Host
if ($suite.ExitCode -ne 0) { throw 'The suite Resume failed.' }
Invoke-DotNet @('run', '--project', "$repository/bench/Soak", '-c', $Configuration, '--no-build', '--', "$Minutes", "$repository/artifacts/soak") -Activity 'Sending mixed traffic'
if ($Runs -gt 0) { & "$PSScriptRoot/Measure-Stability.ps1" -Configuration $Configuration -Runs $Runs }
