#!/usr/bin/env pwsh
#Requires -Version 7.4

<#
.SYNOPSIS
    Builds everything, runs every test once, and ends on a line of counts.
.DESCRIPTION
    Runs the xunit projects, and each Pester suite on each build that this PowerShell can load, every one in a process of its own. Failures and
    skips are listed before the counts, with their reasons. The exit code is 1 if anything failed.
.EXAMPLE
    ./tools/Invoke-Tests.ps1
.EXAMPLE
    ./tools/Invoke-Tests.ps1 -NoBuild -NoXUnit -Build netstandard2.0 -Suite Errors, Stop

    Runs two suites on one build of the module that is staged already.
#>
[CmdletBinding()]
param(
    # Specifies the configuration to build.
    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    # Specifies the Pester suites to run, without their ending. Wildcards are permitted.
    [string[]] $Suite = '*',

    # Specifies the builds of the module that the Pester suites run on. By default, all that this PowerShell can load.
    [ValidateSet('net10.0', 'netstandard2.0')]
    [string[]] $Build = $(if ([Environment]::Version.Major -ge 10) { 'net10.0', 'netstandard2.0' } else { 'netstandard2.0' }),

    # Specifies how many projects and suites run at once.
    [ValidateRange(1, 64)]
    [int] $ThrottleLimit = [Environment]::ProcessorCount,

    # Indicates that what is built and staged is tested.
    [switch] $NoBuild,

    # Indicates that the xunit projects do not run.
    [switch] $NoXUnit
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/BuildSupport.psm1"
$repository = Split-Path $PSScriptRoot
$results = "$repository/artifacts/test-results"

if (-not $NoBuild) {
    Invoke-DotNet @('build', "$repository/MediaMagic.PowerShell.sln", '-c', $Configuration, '-nologo', '-v:q', '-warnaserror', '-p:AheadOfTime=this') -Activity 'Building everything'
    & "$PSScriptRoot/Copy-Module.ps1" -Configuration $Configuration
}
Invoke-DotNet @('msbuild', "$PSScriptRoot/TestModules/TestModules.csproj", '-restore', '-t:CopyPester', '-nologo', '-v:q') -Activity 'Restoring Pester'
if (Test-Path -LiteralPath $results) { Remove-Item -LiteralPath $results -Recurse -Force }
$null = New-Item -ItemType Directory -Path $results

$runs = @(
    if (-not $NoXUnit) { Get-ChildItem "$repository/tests/*.Tests*/*.csproj" | ForEach-Object { @{ Path = $_.FullName; Configuration = $Configuration } } }
    foreach ($one in $Build) {
        foreach ($pattern in $Suite) {
            $files = @(Get-ChildItem "$repository/tests/Module/$pattern.Tests.ps1")
            if (-not $files) { throw "No Pester suite is named '$pattern'." }
            $files | ForEach-Object { @{ Path = $_.FullName; Build = $one } }
        }
    }
)
$parts = @($runs | ForEach-Object -ThrottleLimit $ThrottleLimit -Parallel {
        Import-Module "$using:PSScriptRoot/TestParts.psm1"
        $run = $_
        $part = Invoke-TestPart @run -Results $using:results
        if ($part.Failed -gt 0) { [Console]::Out.WriteLine($part.Output) }
        [Console]::Out.WriteLine('== {0}: {1} passed, {2} failed, {3} skipped, {4:0} s', $part.Name, $part.Passed, $part.Failed, $part.Skipped, $part.Seconds)
        $part
    })

$missing = @(if ([Environment]::Version.Major -lt 10) { 'Pester on net10.0: every suite: this build needs PowerShell 7.6' })
$missing | ForEach-Object { Write-Host "SKIPPED $_" }
$parts | ForEach-Object { $_.Skips } | ForEach-Object { Write-Host "SKIPPED $_" }
$parts | ForEach-Object { $_.Failures } | ForEach-Object { Write-Host "FAILED $_" }
$passed, $failed, $skipped = ($parts | Measure-Object Passed, Failed, Skipped -Sum).Sum
Write-Host "$passed passed, $failed failed, $($skipped + $missing.Count) skipped"
exit [int] ($failed -gt 0 -or $passed -eq 0 -or $parts.Count -ne $runs.Count)
