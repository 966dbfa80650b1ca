#!/usr/bin/env pwsh
#Requires -Version 7.4

<#
.SYNOPSIS
    Measures the promises about real time and fails if a median breaks one.
.DESCRIPTION
    Measures how soon Ctrl+C ends each kind of wait, how soon a webhook delivery is answered, how long waits with a time limit take, and how
    often progress is updated. Prints the median and the longest of several rounds beside the limit. The exit code is 1 if a median is over its limit.
.EXAMPLE
    ./tests/Latency/Measure-Latency.ps1 -Build net10.0 -Rounds 9
#>
[CmdletBinding()]
param(
    # Specifies the builds of the staged module to measure. By default, all that this PowerShell can load.
    [ValidateSet('net10.0', 'netstandard2.0')]
    [string[]] $Build = $(if ([Environment]::Version.Major -ge 10) { 'net10.0', 'netstandard2.0' } else { 'netstandard2.0' }),

    # Specifies how many times each promise is measured.
    [ValidateRange(1, 1000)]
    [int] $Rounds = 5
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
if ($Build.Count -gt 1) {
    Import-Module "$PSScriptRoot/../../tools/ChildPowerShell.psm1"
    $codes = foreach ($one in $Build) {
        $process = Start-ChildPowerShell '-File', $PSCommandPath, '-Build', $one, '-Rounds', $Rounds -Confirm:$false
        $process.WaitForExit()
        $process.ExitCode
    }
    exit [int] (@($codes -ne 0).Count -gt 0)
}

$env:MEDIAMAGIC_FRAMEWORK = $Build[0]
foreach ($name in 'MEDIAMAGIC_API_KEY', 'MEDIAMAGIC_BASE_URI') { Remove-Item "Env:$name" -ErrorAction Ignore }
Import-Module "$PSScriptRoot/../Module/Waits.psm1", "$PSScriptRoot/../Module/Service.psm1"
Import-Module "$PSScriptRoot/Promises.psm1"

$folder = New-Item -ItemType Directory -Path (Join-Path ([System.IO.Path]::GetTempPath()) "latency-$PID")
$null = New-PSDrive TestDrive -PSProvider FileSystem -Root $folder.FullName -Scope Global
$runspace = Open-TestRunspace
try {
    # The first round only warms everything up.
    $measured = foreach ($round in 0..$Rounds) { Measure-Promise -Runspace $runspace | Where-Object { $round -gt 0 } }
}
finally {
    $runspace.Dispose()
    Disconnect-TestService
    Remove-PSDrive TestDrive -Scope Global
    Remove-Item -LiteralPath $folder -Recurse -Force
}

$table = foreach ($group in $measured | Group-Object Name) {
    $values = @($group.Group.Value | Sort-Object)
    $median = $values[[int] [Math]::Floor($values.Count / 2)]
    [pscustomobject] @{
        Promise = $group.Name
        Median  = [Math]::Round($median, 1)
        Longest = [Math]::Round($values[-1], 1)
        Limit   = $group.Group[0].Limit
        Unit    = $group.Group[0].Unit
        Kept    = $median -le $group.Group[0].Limit
    }
}
"Latency on $($Build[0]) in PowerShell $($PSVersionTable.PSVersion), medians of $Rounds"
$table | Format-Table -AutoSize | Out-String -Width 160
exit [int] ($table.Kept -contains $false)
