#!/usr/bin/env pwsh
#Requires -Version 7.4

<#
.SYNOPSIS
    Measures how many mutants of the core the tests kill.
.DESCRIPTION
    First builds the mutants of tools/Mutation/Mutants.psd1, each in a copy of the sources, and fails unless the model checker finds each of them.
    Then runs Stryker with every configuration in tools/Mutation. Shows the scores and the mutants that survived, with the reason if
    tools/Mutation/Survivors.psd1 has one. Fails if the score of a part is below 85 %. The reports are written to artifacts/mutation.
.EXAMPLE
    ./tools/Invoke-Mutation.ps1
.EXAMPLE
    ./tools/Invoke-Mutation.ps1 -Part Http

    Runs Stryker over one part, without the mutants for the model checker.
.EXAMPLE
    ./tools/Invoke-Mutation.ps1 -Part Checker

    Builds the mutants for the model checker, without running Stryker.
#>
[CmdletBinding()]
param(
    # Specifies the configuration to build the mutants in.
    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    # Specifies the parts of the core, or Checker for the mutants that the model checker has to find. By default, all of them.
    [ValidateSet('Checker', 'Table', 'Outcome', 'Http', 'Transfer', 'Ledger')]
    [string[]] $Part = @('Checker', 'Table', 'Outcome', 'Http', 'Transfer', 'Ledger'),

    # Specifies how many mutants are tested at once.
    [ValidateRange(1, 64)]
    [int] $ThrottleLimit = [Environment]::ProcessorCount
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/BuildSupport.psm1", "$PSScriptRoot/ChildPowerShell.psm1"
$repository = Split-Path $PSScriptRoot
$tests = 'tests/MediaMagic.PowerShell.Tests'
$minScore = 85
$survivors = (Import-PowerShellDataFile -LiteralPath "$PSScriptRoot/Mutation/Survivors.psd1").Survivors
$checker = 'FullyQualifiedName~HostileWorldTests.Bulk_run_tells_the_truth'

# Copies the sources, changes one place, and returns the folder.
function New-Mutant([hashtable] $Mutant) {
    $folder = "$repository/artifacts/mutants/$($Mutant.Name)"
    if (Test-Path -LiteralPath $folder) { Remove-Item -LiteralPath $folder -Recurse -Force }
    foreach ($file in & git -C $repository -c core.quotepath=off ls-files --cached --others --exclude-standard) {
        if (-not (Test-Path -LiteralPath "$repository/$file")) { continue } # Deleted, but not committed yet.
        $null = New-Item -ItemType Directory -Path (Split-Path "$folder/$file") -Force
        Copy-Item -LiteralPath "$repository/$file" -Destination "$folder/$file"
    }

    $text = Get-Content -LiteralPath "$folder/$($Mutant.File)" -Raw
    if ([regex]::Matches($text, [regex]::Escape($Mutant.Old)).Count -ne 1) { throw "$($Mutant.Name): '$($Mutant.Old)' must be in $($Mutant.File) exactly once." }
    Set-Content -LiteralPath "$folder/$($Mutant.File)" -Value $text.Replace($Mutant.Old, $Mutant.New) -NoNewline
    $folder
}

function Test-Mutant([hashtable] $Mutant, [string] $Configuration) {
    $folder = New-Mutant $Mutant
    Invoke-DotNet @('build', "$folder/$tests", '-c', $Configuration, '-nologo', '-v:q', '-p:RunAnalyzers=false') -Activity "Building the mutant $($Mutant.Name)"
    Write-Host "== Checking the mutant $($Mutant.Name)"
    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet', [string[]] @('test', "$folder/$tests", '-c', $Configuration, '--no-build', '-nologo', '--filter', $checker))
    $start.WorkingDirectory = $repository
    $start.Environment['DOTNET_CLI_UI_LANGUAGE'] = 'en'
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $child = Wait-ChildProcess ([System.Diagnostics.Process]::Start($start))
    if ($child.ExitCode -eq 0 -or $child.Output -notmatch '(?s)Failed MediaMagic\.Tests\.HostileWorld.* Seen: .* Before: ') {
        Write-Host $child.Output $child.Errors
        throw "The model checker did not find the mutant $($Mutant.Name)."
    }
    Write-Host "   $($Mutant.Name): found"
    Remove-Item -LiteralPath $folder -Recurse -Force
}

# Runs Stryker over one part of the core and returns the mutants that were tested. A part below its threshold has a problem.
function Measure-Part([string] $Name, [string] $Configuration, [int] $ThrottleLimit) {
    $output = "$repository/artifacts/mutation/$Name"
    if (Test-Path -LiteralPath $output) { Remove-Item -LiteralPath $output -Recurse -Force }
    Write-Host "== Stryker: $Name"
    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet', [string[]] @(
            'tool', 'run', 'dotnet-stryker', '--', '--config-file', "$PSScriptRoot/Mutation/$Name.json", '--output', $output, '--concurrency', "$ThrottleLimit",
            '--configuration', $Configuration, '--skip-version-check', '--break-on-initial-test-failure'))
    $start.WorkingDirectory = "$repository/$tests"
    $start.Environment['RunAnalyzers'] = 'false'
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $process = [System.Diagnostics.Process]::Start($start)
    $process.WaitForExit()
    $report = "$output/reports/mutation-report.json"
    $mutants = @(if (Test-Path -LiteralPath $report) { Read-Report $report })
    $problem = if ($process.ExitCode -ne 0) { "Stryker ended with exit code $($process.ExitCode)" }
    elseif (-not $mutants) { 'no mutant was tested' }
    elseif ((Get-Score $mutants) -lt $minScore) { "the score is below $minScore %" }
    [pscustomobject] @{ Name = $Name; Minutes = $watch.Elapsed.TotalMinutes; Problem = $problem; Mutants = $mutants }
}

# Returns the mutants of a report that were tested. Those of other files, and those that do not compile, were not.
function Read-Report([string] $Path) {
    $files = (Get-Content -LiteralPath $Path -Raw | ConvertFrom-Json -AsHashtable).files
    foreach ($file in $files.Keys) {
        $lines = $files[$file].source -split '\r?\n'
        foreach ($mutant in $files[$file].mutants | Where-Object { $_.status -in 'Killed', 'Timeout', 'Survived', 'NoCoverage' }) {
            $number = $mutant.location.start.line
            $known = if ($mutant.status -ne 'Killed') { Find-Survivor $file $lines[$number - 1].Trim() $mutant['replacement'] }

            # On a busy machine, a mutant that no test can kill may run into the timeout.
            $isKilled = $mutant.status -eq 'Killed' -or ($mutant.status -eq 'Timeout' -and -not $known)
            $place = '{0}:{1} {2}: {3}' -f [IO.Path]::GetRelativePath($repository, $file), $number, $mutant['mutatorName'], $mutant['replacement']
            [pscustomobject] @{
                IsKilled  = $isKilled
                IsTimeout = $isKilled -and $mutant.status -eq 'Timeout'
                Text      = if ($known) { "Justified: $place ($($known.Why))" } else { "$($mutant.status): $place" }
            }
        }
    }
}

# Returns the entry of Survivors.psd1 for a mutant that survived, if there is one.
function Find-Survivor([string] $File, [string] $Line, [string] $New) {
    $survivors | Where-Object { $File.Replace('\', '/').EndsWith($_.File, 'Ordinal') -and $Line -clike $_.Line -and $New -clike $_.New } | Select-Object -First 1
}

function Get-Score([object[]] $Mutant) {
    if ($Mutant) { 100 * @($Mutant | Where-Object IsKilled).Count / $Mutant.Count } else { 0 }
}

if ($Part -contains 'Checker') {
    foreach ($mutant in (Import-PowerShellDataFile -LiteralPath "$PSScriptRoot/Mutation/Mutants.psd1").Mutants) { Test-Mutant $mutant $Configuration }
}

$names = @('Table', 'Outcome', 'Http', 'Transfer', 'Ledger' | Where-Object { $Part -contains $_ })
if (-not $names) { return }

Invoke-DotNet @('tool', 'restore') -Activity 'Restoring Stryker, as pinned in .config/dotnet-tools.json'
$found = foreach ($name in $names) {
    $one = Measure-Part $name $Configuration $ThrottleLimit
    $one.Mutants | Where-Object { -not $_.IsKilled } | Sort-Object Text | ForEach-Object { Write-Host $_.Text }
    $timeouts = @($one.Mutants | Where-Object IsTimeout).Count
    Write-Host ('{0}: {1:0.00} % of {2} mutants killed, {3} of them by a timeout, in {4:0} min' -f $name, (Get-Score $one.Mutants), $one.Mutants.Count, $timeouts, $one.Minutes)
    $one
}

Write-Host ('All: {0:0.00} %' -f (Get-Score @($found | ForEach-Object Mutants)))
$wrong = @($found | Where-Object Problem)
if ($wrong) { throw ($wrong | ForEach-Object { "$($_.Name): $($_.Problem)" }) -join '; ' }
