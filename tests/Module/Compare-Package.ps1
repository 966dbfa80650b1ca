#!/usr/bin/env pwsh
#Requires -Version 7.4

<#
.SYNOPSIS
    Packs the module here and in a copy of the repository elsewhere, and fails unless what comes out is the same, byte for byte.
.DESCRIPTION
    The copy has another path, no git, nothing built before, another time zone and another language. It takes the files as they are here,
    committed or not.
.EXAMPLE
    ./build.ps1 -Task Reproduce
#>
[CmdletBinding()]
param(
    # Where the copy is made; it is deleted in the end.
    [string] $Folder = (Join-Path ([System.IO.Path]::GetTempPath()) "mediamagic pack $PID")
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../tools/ChildPowerShell.psm1"
$repository = (Resolve-Path "$PSScriptRoot/../..").Path
$copy = Join-Path $Folder 'a folder/with another path'

function Invoke-Pack([string] $Root, [hashtable] $Environment) {
    $process = Start-ChildPowerShell '-File', "$Root/build.ps1", '-Task', 'Pack' -Environment $Environment -Confirm:$false
    $process.WaitForExit()
    if ($process.ExitCode -ne 0) { throw "Packing in $Root failed." }
}

# The libraries of ours that name a folder which they were built in.
function Find-Path([string] $Root) {
    $bytewise = [System.Text.Encoding]::Latin1
    foreach ($file in Get-ChildItem -LiteralPath "$Root/output/MediaMagic" -Recurse -Filter MediaMagic.*.dll) {
        $text = $bytewise.GetString([System.IO.File]::ReadAllBytes($file.FullName))
        foreach ($encoding in [System.Text.Encoding]::UTF8, [System.Text.Encoding]::Unicode) {
            foreach ($name in $repository, $copy) { if ($text.Contains($bytewise.GetString($encoding.GetBytes($name)))) { $file.FullName } }
        }
    }
}

$time = if ($env:SOURCE_DATE_EPOCH) { $env:SOURCE_DATE_EPOCH } else { & git -C $repository log -1 --format=%ct }
try {
    foreach ($file in (& git -C $repository ls-files -z --cached --others --exclude-standard) -split "`0" | Where-Object { $_ -and (Test-Path -LiteralPath "$repository/$_" -PathType Leaf) }) {
        $target = Join-Path $copy $file
        $null = New-Item -ItemType Directory -Path (Split-Path $target) -Force
        Copy-Item -LiteralPath "$repository/$file" -Destination $target
    }
    Invoke-Pack $repository @{ SOURCE_DATE_EPOCH = $time }
    Invoke-Pack $copy @{ SOURCE_DATE_EPOCH = $time; TZ = 'Pacific/Auckland'; LANG = 'tr_TR.UTF-8'; LC_ALL = 'tr_TR.UTF-8' }

    $sums = foreach ($root in $repository, $copy) { [System.IO.File]::ReadAllText("$root/output/package/SHA256SUMS") }
    if ($sums[0] -cne $sums[1]) { throw "They differ. Here:`n$($sums[0])There:`n$($sums[1])" }
    $naming = @(Find-Path $repository) + @(Find-Path $copy)
    if ($naming) { throw "These name the folder that they were built in: $($naming -join ', ')" }
    Write-Output "Packed twice, and the same:`n$($sums[0])"
}
finally {
    if (Test-Path -LiteralPath $Folder) { Remove-Item -LiteralPath $Folder -Recurse -Force }
}
