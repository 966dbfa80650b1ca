Set-StrictMode -Version 3.0
Import-Module "$PSScriptRoot/ChildPowerShell.psm1"

$repository = Split-Path $PSScriptRoot

# Only a part that hangs takes longer.
$limit = [timespan]::FromMinutes($env:MEDIAMAGIC_SOAK -eq '1' ? 240 : 45)

# Runs one part of the tests, an xunit project or a Pester suite, in a process of its own, and returns its counts.
# A part that ends without a result, or fails although no test does, counts as a failure, and so does a skip without a reason.
function Invoke-TestPart {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        # The project file or the suite.
        [Parameter(Mandatory)]
        [string] $Path,

        # The folder of the results.
        [Parameter(Mandatory)]
        [string] $Results,

        # The configuration of an xunit project that was built.
        [string] $Configuration = 'Release',

        # The build of the module that a Pester suite runs on.
        [string] $Build
    )

    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $run = if ($Path -like '*.csproj') { Invoke-XUnitProject $Path $Results $Configuration } else { Invoke-PesterSuite $Path $Results $Build }
    $run.Failures += @($run.Skips | Where-Object { $_ -match ':\s*$|is skipped\.?$' } | ForEach-Object { "${_}skipped without a reason" })
    if ($run.Failures.Count -eq 0 -and ($run.ExitCode -ne 0 -or $run.Passed -eq 0)) { $run.Failures = @("ended with $($run.ExitCode), and no test in its result failed.") }
    [pscustomobject] @{
        Name     = $run.Name
        Passed   = $run.Passed
        Failed   = $run.Failures.Count
        Skipped  = $run.Skips.Count
        Failures = @($run.Failures | ForEach-Object { "$($run.Name): $(Get-ShortText $_)" })
        Skips    = @($run.Skips | ForEach-Object { "$($run.Name): $(Get-ShortText $_)" })
        Output   = $run.Output
        Seconds  = $clock.Elapsed.TotalSeconds
    }
}

function Invoke-XUnitProject([string] $Path, [string] $Results, [string] $Configuration) {
    $name = Split-Path $Path -LeafBase
    $file = "$Results/$name.trx"
    $arguments = 'test', $Path, '-c', $Configuration, '--no-build', '-nologo', '-v:q', '--results-directory', $Results, '--logger', "trx;LogFileName=$name.trx"
    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet', [string[]] $arguments)
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $child = Wait-ChildProcess ([System.Diagnostics.Process]::Start($start)) $limit
    $tests = @(if (Test-Path -LiteralPath $file) { ([xml] (Get-Content -LiteralPath $file -Raw)).SelectNodes('//*[local-name()="UnitTestResult"]') })
    @{
        Name     = $name
        Passed   = @($tests | Where-Object outcome -EQ Passed).Count
        Failures = @($tests | Where-Object outcome -NotIn Passed, NotExecuted | ForEach-Object { "$($_.testName): $($_.InnerText)" })
        Skips    = @($tests | Where-Object outcome -EQ NotExecuted | ForEach-Object { "$($_.testName): $($_.InnerText)" })
        ExitCode = $child.ExitCode
        Output   = $child.Output + $child.Errors
    }
}

function Invoke-PesterSuite([string] $Path, [string] $Results, [string] $Build) {
    $file = "$Results/$(Split-Path $Path -LeafBase)-$Build.json"
    $arguments = '-File', "$PSScriptRoot/Invoke-Suite.ps1", '-Pester', "$repository/artifacts/modules/Pester/Pester.psd1", '-Path', $Path, '-ResultPath', $file
    $child = Invoke-ChildPowerShell $arguments -Environment @{ MEDIAMAGIC_FRAMEWORK = $Build; MEDIAMAGIC_API_KEY = $null; MEDIAMAGIC_BASE_URI = $null } -Limit $limit
    $counts = if (Test-Path -LiteralPath $file) { Get-Content -LiteralPath $file -Raw | ConvertFrom-Json } else { @{ Passed = 0; Failures = @(); Skips = @() } }
    @{
        Name     = "Pester on ${Build}: $(Split-Path $Path -Leaf)"
        Passed   = $counts.Passed
        Failures = @($counts.Failures | Where-Object { $_ })
        Skips    = @($counts.Skips | Where-Object { $_ })
        ExitCode = $child.ExitCode
        Output   = $child.Output + $child.Errors
    }
}

function Get-ShortText([string] $Text) { $Text.Trim() -replace '\s+', ' ' -replace '(?<=^.{300}).+', '...' }

Export-ModuleMember -Function Invoke-TestPart
