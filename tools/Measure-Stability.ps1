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

    # Specifies the file that receives the table.
    [string] $ResultPath = "$(Split-Path $PSScriptRoot)/artifacts/stability.md"
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/ChildPowerShell.psm1"

$failed = $false
$loops = @(1..$BusyLoops | Where-Object { $BusyLoops } | ForEach-Object { Start-ChildPowerShell '-Command', 'while ($true) { }' -Confirm:$false })
try {
    $rows = foreach ($run in 1..$Runs) {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $process = Invoke-ChildPowerShell '-File', "$PSScriptRoot/Invoke-Tests.ps1", '-NoBuild', '-Configuration', $Configuration
        $counts = @([regex]::Matches($process.Output, '(?m)^(\d+) passed, (\d+) failed, (\d+) skipped'))[-1].Groups
        $row = [pscustomobject] @{ Run = $run; Passed = $counts[1].Value; Failed = $counts[2].Value; Skipped = $counts[3].Value; Minutes = '{0:0.0}' -f $clock.Elapsed.TotalMinutes }
        Write-Host "Run $run of ${Runs}: $($row.Passed) passed, $($row.Failed) failed, $($row.Skipped) skipped, $($row.Minutes) min"
        if ($process.ExitCode -ne 0) {
            $process.Output, $process.Errors | Out-Host
            $failed = $true
        }
        $row
    }
}
finally {
    $loops | ForEach-Object { $_.Kill($true); $_.Dispose() }
}

$table = @('| Run | Passed | Failed | Skipped | Minutes |', '|---|---|---|---|---|') + @($rows | ForEach-Object { "| $($_.Run) | $($_.Passed) | $($_.Failed) | $($_.Skipped) | $($_.Minutes) |" })
Set-Content -LiteralPath $ResultPath -Value $table
$table | Out-Host
if ($failed) { throw 'A run failed.' }
