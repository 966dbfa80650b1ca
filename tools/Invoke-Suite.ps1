#!/usr/bin/env pwsh
#Requires -Version 7.4

<#
.SYNOPSIS
    Runs one Pester suite in this process and writes its counts to a file.
.EXAMPLE
    ./tools/Invoke-Suite.ps1 -Pester ./artifacts/modules/Pester/Pester.psd1 -Path ./tests/Module/Errors.Tests.ps1 -ResultPath ./errors.json
#>
[CmdletBinding()]
param(
    # Specifies the manifest of Pester.
    [Parameter(Mandatory)]
    [string] $Pester,

    # Specifies the suite.
    [Parameter(Mandatory)]
    [string] $Path,

    # Specifies the file to write.
    [Parameter(Mandatory)]
    [string] $ResultPath
)

$ErrorActionPreference = 'Stop'
Import-Module $Pester
$run = Invoke-Pester -Configuration @{
    Run    = @{ Path = $Path; PassThru = $true }
    Output = @{ Verbosity = 'Normal'; StackTraceVerbosity = 'FirstLine'; RenderMode = 'Plaintext' }
}

function Get-Line([object[]] $Item) {
    $Item | Where-Object { $_ } | ForEach-Object { "$($_.ExpandedPath ?? $_.Item): $($_.ErrorRecord | Select-Object -First 1)" -replace '\s+', ' ' }
}

[ordered] @{
    Passed   = $run.PassedCount
    Failures = @(Get-Line (@($run.Failed) + @($run.FailedBlocks) + @($run.FailedContainers)))
    Skips    = @(Get-Line (@($run.Skipped) + @($run.Inconclusive) + @($run.NotRun)))
} | ConvertTo-Json | Set-Content -LiteralPath $ResultPath
