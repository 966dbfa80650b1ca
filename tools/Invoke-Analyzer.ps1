#!/usr/bin/env pwsh
#Requires -Version 7.4

<#
.SYNOPSIS
    Runs PSScriptAnalyzer over every script, where it is installed.
.EXAMPLE
    ./tools/Invoke-Analyzer.ps1
#>
[CmdletBinding()]
param()

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
if (-not (Get-Module PSScriptAnalyzer -ListAvailable)) {
    Write-Host 'PSScriptAnalyzer is not on this machine, so the scripts were not analyzed.'
    return
}

Import-Module PSScriptAnalyzer
$repository = Split-Path $PSScriptRoot
# The manifest is analyzed where it is staged, beside the files that it names.
$files = @(& git -C $repository ls-files '*.ps1' '*.psm1' '*.psd1' ':!MediaMagic.psd1' | ForEach-Object { "$repository/$_" })
$files += @(Get-Item "$repository/output/MediaMagic/*/MediaMagic.psd1").FullName
$found = @($files | ForEach-Object { Invoke-ScriptAnalyzer -Path $_ -Severity Warning, Error -Settings "$repository/PSScriptAnalyzerSettings.psd1" })
$found | Format-Table -AutoSize | Out-Host
Write-Host "PSScriptAnalyzer: $($files.Count) scripts, $($found.Count) findings"
if ($found) { throw 'PSScriptAnalyzer has findings.' }
