#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Measures what importing the module costs in a cold PowerShell, beside an empty binary module and no import at all.
.DESCRIPTION
    Starts one process a measurement, in turn, so that whatever else the machine does falls on all alike. Prints the medians of the
    whole process by the clock and in processor time, which a busy machine disturbs less.
.EXAMPLE
    ./bench/Import/Measure-Import.ps1 -Count 15
#>
[CmdletBinding()]
param(
    # The manifest of the module to measure; by default the one that build.ps1 staged.
    [string] $Module = (Get-ChildItem "$PSScriptRoot/../../output/MediaMagic/*/MediaMagic.psd1" | Select-Object -Last 1).FullName,

    # The measurements of each kind.
    [ValidateRange(1, 1000)]
    [int] $Count = 15,

    # The most that the module may cost on top of the empty one, in milliseconds.
    [double] $Target = 30
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../tools/ChildPowerShell.psm1"
if (-not $Module) { throw 'There is no staged module. Run ./build.ps1 first.' }

$folder = New-Item -ItemType Directory -Path ([System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), "import-$PID", 'Empty'))
try {
    Add-Type -OutputAssembly "$folder/Empty.dll" -TypeDefinition @'
using System.Management.Automation;

[Cmdlet(VerbsCommon.Get, "Nothing")]
public sealed class GetNothingCommand : PSCmdlet
{
}
'@
    New-ModuleManifest -Path "$folder/Empty.psd1" -RootModule Empty.dll -CmdletsToExport Get-Nothing

    $kinds = [ordered]@{
        'no import'           = ''
        'empty binary module' = "Import-Module '$folder/Empty.psd1'"
        'MediaMagic'          = "Import-Module '$Module'"
    }
    $end = '[Console]::Out.Write([Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture))'
    $clock = @{}
    $processor = @{}
    foreach ($kind in $kinds.Keys) {
        $clock[$kind] = [System.Collections.Generic.List[double]]::new()
        $processor[$kind] = [System.Collections.Generic.List[double]]::new()
    }

    # The first round only warms the disk.
    foreach ($round in 0..$Count) {
        foreach ($kind in $kinds.Keys) {
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $run = Invoke-ChildPowerShell '-Command', "$($kinds[$kind]); $end"
            $watch.Stop()
            if ($run.ExitCode -ne 0) { throw "The process of '$kind' failed. $($run.Errors)" }
            if ($round -gt 0) {
                $clock[$kind].Add($watch.Elapsed.TotalMilliseconds)
                $processor[$kind].Add([double]::Parse($run.Output, [cultureinfo]::InvariantCulture))
            }
        }
    }
}
finally {
    Remove-Item -LiteralPath (Split-Path $folder) -Recurse -Force
}

function Get-Median([double[]] $Value) {
    $sorted = @($Value | Sort-Object)
    ($sorted[[int][Math]::Floor(($sorted.Count - 1) / 2)] + $sorted[[int][Math]::Ceiling(($sorted.Count - 1) / 2)]) / 2
}

'Import in a cold PowerShell {0}, medians of {1}' -f $PSVersionTable.PSVersion, $Count
'{0,-24}{1,12}{2,16}' -f '', 'clock', 'processor time'
foreach ($kind in $kinds.Keys) { '{0,-24}{1,9:0} ms{2,13:0} ms' -f $kind, (Get-Median $clock[$kind]), (Get-Median $processor[$kind]) }
$overClock = (Get-Median $clock['MediaMagic']) - (Get-Median $clock['empty binary module'])
$overProcessor = (Get-Median $processor['MediaMagic']) - (Get-Median $processor['empty binary module'])
'{0,-24}{1,9:0} ms{2,13:0} ms   (target: {3:0} ms)' -f 'on top of the empty one', $overClock, $overProcessor, $Target
