#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Runs a script in a PowerShell of its own and draws what a terminal shows of it, as an SVG.
.EXAMPLE
    ./docs/images/New-TerminalPicture.ps1
    Draws the picture of the README from a run of samples/quickstart.ps1. Build the module before: ./build.ps1
#>
[CmdletBinding()]
param(
    # The script to run.
    [string] $Script = "$PSScriptRoot/../../samples/quickstart.ps1",

    # What stands at the prompt.
    [string] $Prompt = 'PS> ./samples/quickstart.ps1',

    # The picture.
    [string] $Path = "$PSScriptRoot/terminal.svg",

    # How many characters a line has.
    [int] $Width = 108
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../tools/ChildPowerShell.psm1"
$escape = [char] 27
$cell = 7.8
$row = 18
$margin = 18
$top = 52
$ink = '#d5dae3'
$colours = @{
    30 = '#6b7486'; 31 = '#ff8f88'; 32 = '#8fd694'; 33 = '#ecc878'; 34 = '#84b6ff'; 35 = '#d9a4f5'; 36 = '#7fdbe0'; 37 = $ink
    90 = '#8d97aa'; 91 = '#ff8f88'; 92 = '#8fd694'; 93 = '#ecc878'; 94 = '#84b6ff'; 95 = '#d9a4f5'; 96 = '#7fdbe0'; 97 = '#ffffff'
}

# What the script writes, line by line, with the colours that a terminal would get.
function Get-Line([string] $Script, [string] $Prompt, [int] $Width) {
    $command = "`$PSStyle.OutputRendering = 'Ansi'; `$ProgressPreference = 'SilentlyContinue'; & '$((Resolve-Path $Script).Path)' | Out-String -Width $Width"
    $run = Invoke-ChildPowerShell '-Command', $command
    if ($run.ExitCode -ne 0) { throw "The script failed. $($run.Errors)$($run.Output)" }
    $before = 'x'
    foreach ($line in @("$escape[1m$Prompt$escape[0m", '') + ($run.Output.TrimEnd() -split '\r?\n')) {
        $plain = ($line -replace "$escape\[[0-9;]*m").Trim()
        if ($plain -or $before) { $line.TrimEnd() }
        $before = $plain
    }
}

# The style after a sequence such as 32;1.
function Get-Style([hashtable] $Style, [string] $Codes) {
    $new = $Style.Clone()
    foreach ($code in $Codes -split ';' | ForEach-Object { [int] "0$_" }) {
        switch ($code) {
            0 { $new = @{ Colour = $ink; Bold = $false } }
            1 { $new.Bold = $true }
            22 { $new.Bold = $false }
            39 { $new.Colour = $ink }
            { $colours.ContainsKey($_) } { $new.Colour = $colours[$code] }
        }
    }
    $new
}

# A line as text elements, each in its column whatever font there is.
function ConvertTo-Text([string] $Line, [double] $Y) {
    $style = @{ Colour = $ink; Bold = $false }
    $column = 0
    foreach ($part in [regex]::Matches($Line, "$escape\[(?<codes>[0-9;]*)m|(?<text>[^$escape]+)")) {
        if (-not $part.Groups['text'].Success) {
            $style = Get-Style $style $part.Groups['codes'].Value
            continue
        }
        $text = $part.Groups['text'].Value
        foreach ($word in [regex]::Matches($text, '\S+( \S+)*')) {
            $x = $margin + ($column + $word.Index) * $cell
            $weight = if ($style.Bold) { ' font-weight="bold"' }
            '<text x="{0:0.#}" y="{1}" textLength="{2:0.#}" fill="{3}"{4}>{5}</text>' -f $x, $Y, ($word.Length * $cell), $style.Colour, $weight,
            [System.Security.SecurityElement]::Escape($word.Value)
        }
        $column += $text.Length
    }
}

$lines = @(Get-Line $Script $Prompt $Width)
while (-not $lines[-1]) { $lines = $lines[0..($lines.Count - 2)] }
$high = $top + $lines.Count * $row
$wide = 2 * $margin + $Width * $cell
$y = $top
$body = foreach ($line in $lines) {
    ConvertTo-Text $line $y
    $y += $row
}
$svg = @"
<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 $wide $high" width="$wide" height="$high" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13">
<title>A terminal: $([System.Security.SecurityElement]::Escape($Prompt))</title>
<rect x="0.5" y="0.5" width="$($wide - 1)" height="$($high - 1)" rx="9" fill="#1d222c" stroke="#6b7486" />
<circle cx="20" cy="18" r="5" fill="#6b7486" /><circle cx="37" cy="18" r="5" fill="#6b7486" /><circle cx="54" cy="18" r="5" fill="#6b7486" />
$($body -join "`n")
</svg>

"@
[System.IO.File]::WriteAllText($ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path), $svg.Replace("`r`n", "`n"))
Write-Host "Drew $($lines.Count) lines: $Path"
