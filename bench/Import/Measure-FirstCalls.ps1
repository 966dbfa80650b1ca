#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Measures the first calls in a cold PowerShell: the module as it is staged, beside a copy without what was compiled ahead of time.
.DESCRIPTION
    Starts one process a measurement, in turn. In each: import, a simulator, one file through Submit-MMFile, its submission read and shown. Prints
    the medians of these steps by the clock and of the process in processor time, and how many methods were compiled on the way.
.EXAMPLE
    ./bench/Import/Measure-FirstCalls.ps1 -Count 9
#>
[CmdletBinding()]
param(
    # The manifest of the module to measure; by default the one that build.ps1 staged.
    [string] $Module = (Get-ChildItem "$PSScriptRoot/../../output/MediaMagic/*/MediaMagic.psd1" | Select-Object -Last 1).FullName,

    # The measurements of each kind.
    [ValidateRange(1, 1000)]
    [int] $Count = 9
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../tools/ChildPowerShell.psm1"
if (-not $Module) { throw 'There is no staged module. Run ./build.ps1 first.' }

$steps = {
    param([string] $Module, [string] $Folder)
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    Import-Module $Module
    Start-MMSimulator -ProcessingSeconds 0 -Connect
    $done = Submit-MMFile "$Folder/advert.txt" -Wait
    $null = $done | Get-MMSubmission | Out-String
    Stop-MMSimulator
    '{0} {1} {2}' -f $watch.ElapsedMilliseconds, [System.Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime.TotalMilliseconds,
        [System.Runtime.JitInfo]::GetCompiledMethodCount($false)
}

function Get-Median([double[]] $Value) { @($Value | Sort-Object)[[int][Math]::Floor(($Value.Count - 1) / 2)] }

$folder = New-Item -ItemType Directory -Path ([System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), "first-$PID"))
try {
    Set-Content -LiteralPath "$folder/advert.txt" -Value 'The best sun cream in the world. Guaranteed!'
    Copy-Item -LiteralPath (Split-Path $Module) -Destination "$folder/MediaMagic" -Recurse
    Remove-Item -Path "$folder/MediaMagic/runtimes/*/lib" -Recurse
    $kinds = [ordered]@{ 'compiled ahead of time' = $Module; 'compiled as it runs' = "$folder/MediaMagic/MediaMagic.psd1" }
    $seen = @{}
    foreach ($kind in $kinds.Keys) { $seen[$kind] = [System.Collections.Generic.List[double[]]]::new() }

    # The first round only warms the disk.
    foreach ($round in 0..$Count) {
        foreach ($kind in $kinds.Keys) {
            $run = Invoke-ChildPowerShell '-Command', "`$ProgressPreference = 'SilentlyContinue'; & { $steps } '$($kinds[$kind])' '$folder'"
            if ($run.ExitCode -ne 0) { throw "The process of '$kind' failed. $($run.Errors)" }
            if ($round -gt 0) { $seen[$kind].Add([double[]] ($run.Output.Trim().Split(' ') | ForEach-Object { [double]::Parse($_, [cultureinfo]::InvariantCulture) })) }
        }
    }
}
finally {
    Remove-Item -LiteralPath $folder -Recurse -Force
}

'The first calls in a cold PowerShell {0}, medians of {1}' -f $PSVersionTable.PSVersion, $Count
'{0,-24}{1,12}{2,16}{3,18}' -f '', 'clock', 'processor time', 'methods compiled'
foreach ($kind in $kinds.Keys) {
    $medians = 0..2 | ForEach-Object { $index = $_; Get-Median ($seen[$kind] | ForEach-Object { $_[$index] }) }
    '{0,-24}{1,9:0} ms{2,13:0} ms{3,18:0}' -f $kind, $medians[0], $medians[1], $medians[2]
}
