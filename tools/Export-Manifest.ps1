#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Writes the manifest that is shipped: the source manifest and, for a prerelease, its label.
.EXAMPLE
    ./tools/Export-Manifest.ps1 -Path ./MediaMagic.psd1 -Destination ./staged/MediaMagic.psd1 -Prerelease rc1
#>
[CmdletBinding()]
param(
    # Specifies the source manifest.
    [Parameter(Mandatory)]
    [string] $Path,

    # Specifies the file to write.
    [Parameter(Mandatory)]
    [string] $Destination,

    # Specifies the label of a prerelease, such as rc1.
    [ValidatePattern('^[A-Za-z][A-Za-z0-9]*$')]
    [string] $Prerelease
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$text = [System.IO.File]::ReadAllText($Path)
if ($Prerelease) { $text = $text -replace '(?<=PSData\s*=\s*@\{)', "`n            Prerelease   = '$Prerelease'" }
[System.IO.File]::WriteAllText($Destination, $text)
