#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Writes the manifest that is shipped: the source manifest with the cmdlets that the assembly has and, before a release, its label.
.EXAMPLE
    ./src/Module/Export-Manifest.ps1 -Path ./MediaMagic.psd1 -Destination ./staged/MediaMagic.psd1 -Prerelease rc1
#>
[CmdletBinding()]
param(
    # The source manifest.
    [Parameter(Mandatory)]
    [string] $Path,

    # The file to write.
    [Parameter(Mandatory)]
    [string] $Destination,

    # The names of the cmdlets; by default those of the source manifest stay.
    [string[]] $Cmdlet,

    # The label of what comes before the release, such as rc1.
    [ValidatePattern('^[A-Za-z][A-Za-z0-9]*$')]
    [string] $Prerelease
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$text = [System.IO.File]::ReadAllText($Path)
if ($Cmdlet) {
    $list = ($Cmdlet | ForEach-Object { "`n        '$_'" }) -join ''
    $text = $text -replace '(?s)(?<=CmdletsToExport\s*=\s*)@\(.*?\)', "@($list`n    )"
}
if ($Prerelease) {
    $text = $text -replace '(?<=PSData\s*=\s*@\{)', "`n            Prerelease   = '$Prerelease'"
}
[System.IO.File]::WriteAllText($Destination, $text)
