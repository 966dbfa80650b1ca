#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Runs the Pester suites on one build of the staged module.
.EXAMPLE
    ./tests/Module/Invoke-Suites.ps1 -Build netstandard2.0
.EXAMPLE
    ./tests/Module/Invoke-Suites.ps1 -Path ./tests/Module/Loading.Tests.ps1
#>
[CmdletBinding()]
param(
    # The build to load.
    [ValidateSet('net10.0', 'netstandard2.0')]
    [string] $Build = 'net10.0',

    # The suites to run; by default all.
    [string[]] $Path = $PSScriptRoot,

    # The file to which the counts are written.
    [string] $ResultPath
)

$ErrorActionPreference = 'Stop'

# Pinned for machines that are made for one run; any Pester 5 does elsewhere.
$required = '5.9.0'
if (-not (Get-Module Pester -ListAvailable | Where-Object { $_.Version.Major -eq 5 }) -and $env:CI -eq 'true') {
    Install-PSResource Pester -Version $required -Scope CurrentUser -TrustRepository -Quiet
}
$counts = [ordered]@{ Passed = 0; Failed = 0; Skipped = 0 }
$failures = @()
$again = 0
$mostAgain = 6
if (-not (Get-Module Pester -ListAvailable | Where-Object { $_.Version.Major -eq 5 })) {
    Write-Output "Pester 5 was not found: the suites did not run. Install-PSResource Pester -Version $required"
    $counts.Skipped = @(Get-ChildItem $Path -Filter *.Tests.ps1 -Recurse).Count
}
elseif (@(Get-ChildItem $Path -Filter *.Tests.ps1 -Recurse).Count -gt 1) {
    # Each suite has a process of its own: none meets what another one loaded or left.
    foreach ($suite in Get-ChildItem $Path -Filter *.Tests.ps1 -Recurse) {
        # A suite that fails is run once more, and named: many compare times, and machines that are made for one run stand still at times.
        foreach ($turn in 1..2) {
            $file = [System.IO.Path]::GetTempFileName()
            & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -File $PSCommandPath -Build $Build -Path $suite.FullName -ResultPath $file | Out-Host
            $part = Get-Content -LiteralPath $file -Raw | ConvertFrom-Json
            Remove-Item -LiteralPath $file
            if (-not $part) { $part = [pscustomobject] @{ Passed = 0; Failed = 1; Skipped = 0; Failures = @("Pester on ${Build}: $($suite.Name) ended without a result.") } }
            if ($part.Failed -eq 0 -or $turn -eq 2 -or $again -ge $mostAgain) { break }
            $part.Failures | ForEach-Object { Write-Output "RUN AGAIN $_" }
            $again++
        }
        $failures += $part.Failures
        foreach ($kind in @($counts.Keys)) { $counts[$kind] += $part.$kind }
    }
}
else {
    Import-Module Pester -MinimumVersion 5.0 -MaximumVersion 5.99
    $env:MEDIAMAGIC_FRAMEWORK = $Build
    foreach ($name in 'MEDIAMAGIC_API_KEY', 'MEDIAMAGIC_BASE_URI') { Remove-Item "Env:$name" -ErrorAction Ignore }
    $run = Invoke-Pester -Configuration @{
        Run    = @{ Path = $Path; PassThru = $true }
        Output = @{ Verbosity = 'Normal'; StackTraceVerbosity = 'FirstLine'; RenderMode = 'Plaintext' }
    }
    $counts.Passed = $run.PassedCount
    $counts.Failed = $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount
    $counts.Skipped = $run.SkippedCount + $run.InconclusiveCount
    $failures = @($run.Failed) + @($run.FailedBlocks) + @($run.FailedContainers) | ForEach-Object {
        "Pester on ${Build}: $($_.ExpandedPath ?? $_.Item): $("$($_.ErrorRecord | Select-Object -First 1)" -replace '\s+', ' ')"
    }
}

if ($ResultPath) { $counts + @{ Failures = @($failures | Where-Object { $_ }) } | ConvertTo-Json | Set-Content -LiteralPath $ResultPath }
Write-Output "Pester on ${Build}: $($counts.Passed) passed, $($counts.Failed) failed, $($counts.Skipped) skipped."
if ($counts.Failed -gt 0) { exit 1 }
