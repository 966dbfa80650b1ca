#!/usr/bin/env pwsh
#Requires -Version 7.4

<#
.SYNOPSIS
    Runs the whole test suite many times while busy loops load every core, and writes a table of the counts.
.EXAMPLE
    ./tools/Measure-Stability.ps1 -Runs 10
#>
[CmdletBinding()]
param(
    # Specifies the configuration that was built.
    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    # Specifies how many times the suite runs.
    [ValidateRange(1, 1000)]
    [int] $Runs = 10,

    # Specifies how many busy loops run beside it.
    [ValidateRange(0, 256)]
    [int] $BusyLoops = [Environment]::ProcessorCount,

    # Specifies how many projects and suites run at once. More of them take a larger share of the processor from the busy loops.
    [ValidateRange(1, 64)]
    [int] $ThrottleLimit = [Environment]::ProcessorCount,

    # Specifies the file that receives the table.
    [string] $ResultPath = "$(Split-Path $PSScriptRoot)/artifacts/stability.md"
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/ChildPowerShell.psm1"

$failed = $false
Set-Content -LiteralPath $ResultPath -Value '| Run | Passed | Failed | Skipped | Minutes |', '|---|---|---|---|---|'
$loops = @(1..$BusyLoops | Where-Object { $BusyLoops } | ForEach-Object { Start-ChildPowerShell '-Command', 'while ($true) { }' -Confirm:$false })
try {
    foreach ($run in 1..$Runs) {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $process = Invoke-ChildPowerShell '-File', "$PSScriptRoot/Invoke-Tests.ps1", '-NoBuild', '-Configuration', $Configuration, '-ThrottleLimit', "$ThrottleLimit"
        $counts = [regex]::Match($process.Output, '(\d+) passed, (\d+) failed, (\d+) skipped\s*\z').Groups
        $minutes = '{0:0.0}' -f $clock.Elapsed.TotalMinutes
        Add-Content -LiteralPath $ResultPath -Value "| $run | $($counts[1]) | $($counts[2]) | $($counts[3]) | $minutes |"
        Write-Host "Run $run of ${Runs}: $($counts[0]), $minutes min"
        if ($process.ExitCode -ne 0) {
            $process.Output, $process.Errors | Out-Host
            $failed = $true
        }
    }
}
finally {
    $loops | ForEach-Object { $_.Kill($true); $_.Dispose() }
}

if ($failed) { throw 'A run failed.' }
