<#
.SYNOPSIS
    Submits a folder with the module and prints the seconds.
#>
[CmdletBinding()]
param([string] $Address, [string] $Key, [string] $Folder, [string] $Ledger)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$root = $PSScriptRoot
while (-not (Test-Path "$root/output")) { $root = Split-Path $root }
Import-Module (Get-ChildItem "$root/output/MediaMagic/*/MediaMagic.psd1" | Select-Object -Last 1).FullName
Connect-MMService $Key -BaseUri $Address
$clock = [System.Diagnostics.Stopwatch]::StartNew()
$null = Get-ChildItem $Folder | Submit-MMFile -Ledger $Ledger
$clock.Elapsed.TotalSeconds.ToString([cultureinfo]::InvariantCulture)
