#!/usr/bin/env pwsh
#Requires -Version 7.4

<#
.SYNOPSIS
    Builds everything, runs every test once, and ends on a line of counts.
.DESCRIPTION
    Runs the xunit projects, then each Pester suite in a process of its own on each build that this PowerShell can load. A part that ends without
    a result counts as a failure. Failures and skips are listed before the counts, with their reasons. The exit code is 1 if anything failed.
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

    # Specifies how many Pester suites run at once.
    [ValidateRange(1, 64)]
    [int] $ThrottleLimit = 1,

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

# Runs an xunit project and returns its counts.
function Invoke-XUnitProject([string] $Path) {
    $name = Split-Path $Path -LeafBase
    $file = "$results/$name.trx"
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $status = Start-DotNet @('test', $Path, '-c', $Configuration, '--no-build', '-nologo', '-v:q', '--results-directory', $results, '--logger', "trx;LogFileName=$name.trx") -Activity "Testing $name"
    $part = @{ Name = $name; Passed = 0; Failed = 0; Skipped = 0; Failures = @(); Skips = @(); Seconds = $clock.Elapsed.TotalSeconds }
    if (Test-Path -LiteralPath $file) {
        $tests = @(([xml] (Get-Content -LiteralPath $file -Raw)).SelectNodes('//*[local-name()="UnitTestResult"]'))
        $skipped = @($tests | Where-Object outcome -EQ NotExecuted)
        $failed = @($tests | Where-Object outcome -NotIn Passed, NotExecuted)
        $part.Passed = $tests.Count - $skipped.Count - $failed.Count
        $part.Failed = $failed.Count
        $part.Skipped = $skipped.Count
        $part.Failures = @($failed | ForEach-Object { "${name}: $($_.testName): $(Get-ShortText $_.InnerText)" })
        $part.Skips = @($skipped | ForEach-Object { "${name}: $($_.testName): $(Get-ShortText $_.InnerText)" })
    }
    if ($part.Failed -eq 0 -and ($status -ne 0 -or $part.Passed -eq 0)) {
        $part.Failed = 1
        $part.Failures = @("${name}: ended with $status, and no test in its result failed.")
    }
    [pscustomobject] $part
}

function Get-ShortText([string] $Text) { $Text.Trim() -replace '\s+', ' ' -replace '(?<=^.{300}).+', '...' }

# Runs the Pester suites on each build and returns the counts of each suite.
function Invoke-PesterSuite {
    $manifest = "$repository/artifacts/modules/Pester/Pester.psd1"
    Invoke-DotNet @('msbuild', "$PSScriptRoot/TestModules/TestModules.csproj", '-restore', '-t:CopyPester', '-nologo', '-v:q') -Activity 'Restoring Pester'
    $suites = @(Get-ChildItem "$repository/tests/Module/*.Tests.ps1" | Where-Object { $name = $_.Name -replace '\.Tests\.ps1$'; $Suite | Where-Object { $name -like $_ } })
    if (-not $suites) { throw "No Pester suite is named '$Suite'." }
    $runs = foreach ($one in $Build) { foreach ($file in $suites) { @{ Build = $one; Suite = $file.FullName; Result = "$results/$($file.BaseName)-$one.json" } } }
    $runs | ForEach-Object -ThrottleLimit $ThrottleLimit -Parallel {
        $run = $_
        Import-Module "$using:PSScriptRoot/ChildPowerShell.psm1"
        $name = "Pester on $($run.Build): $(Split-Path $run.Suite -Leaf)"
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $process = Invoke-ChildPowerShell '-File', "$using:PSScriptRoot/Invoke-Suite.ps1", '-Pester', $using:manifest, '-Path', $run.Suite, '-ResultPath', $run.Result -Environment @{
            MEDIAMAGIC_FRAMEWORK = $run.Build
            MEDIAMAGIC_API_KEY   = $null
            MEDIAMAGIC_BASE_URI  = $null
        }
        $part = if (Test-Path -LiteralPath $run.Result) { Get-Content -LiteralPath $run.Result -Raw | ConvertFrom-Json }
        else { [pscustomobject] @{ Passed = 0; Failed = 1; Skipped = 0; Failures = @("ended with $($process.ExitCode) and without a result."); Skips = @() } }
        foreach ($kind in 'Failures', 'Skips') { $part.$kind = @($part.$kind | ForEach-Object { "${name}: $_" }) }
        $part | Add-Member Name $name
        $part | Add-Member Seconds $clock.Elapsed.TotalSeconds
        if ($part.Failed -gt 0) { [Console]::Out.WriteLine("$($process.Output)$($process.Errors)") }
        [Console]::Out.WriteLine('== {0}: {1} passed, {2} failed, {3} skipped, {4:0} s', $name, $part.Passed, $part.Failed, $part.Skipped, $part.Seconds)
        $part
    }
}

if (-not $NoBuild) {
    Invoke-DotNet @('build', "$repository/MediaMagic.PowerShell.sln", '-c', $Configuration, '-nologo', '-v:q', '-warnaserror', '-p:AheadOfTime=this') -Activity 'Building everything'
    & "$PSScriptRoot/Copy-Module.ps1" -Configuration $Configuration
}
if (Test-Path -LiteralPath $results) { Remove-Item -LiteralPath $results -Recurse -Force }
$null = New-Item -ItemType Directory -Path $results

$parts = @(
    if (-not $NoXUnit) { Get-ChildItem "$repository/tests/*.Tests*/*.csproj" | ForEach-Object { Invoke-XUnitProject $_.FullName } }
    Invoke-PesterSuite
)
$parts | Sort-Object Seconds -Descending | Select-Object -First 10 Name, Passed, Failed, Skipped, @{ Name = 'Seconds'; Expression = { [int] $_.Seconds } } | Format-Table -AutoSize | Out-Host
$parts | ForEach-Object { $_.Skips } | Where-Object { $_ } | ForEach-Object { Write-Host "SKIPPED $_" }
$parts | ForEach-Object { $_.Failures } | Where-Object { $_ } | ForEach-Object { Write-Host "FAILED $_" }
$sum = $parts | Measure-Object Passed, Failed, Skipped -Sum
Write-Host ('{0} passed, {1} failed, {2} skipped' -f $sum.Sum)
exit [int] ($sum[1].Sum -gt 0 -or $sum[0].Sum -eq 0)
