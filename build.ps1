#!/usr/bin/env pwsh
#Requires -Version 7.4

<#
.SYNOPSIS
    Builds, tests and packs the module.
.EXAMPLE
    ./build.ps1

    Builds the module and stages it under output/MediaMagic/<version>.
.EXAMPLE
    ./build.ps1 -Task Test

    Builds everything, then runs the xunit projects, and the Pester suites on both builds of the staged module.
.EXAMPLE
    ./build.ps1 -Task Pack

    Builds and stages the module, and writes the release to output/package: package, bill of materials, notices, sums.
.EXAMPLE
    ./build.ps1 -Task Pack -Prerelease rc1 -SignScript ../sign.ps1

    Packs a release candidate and signs its files with a script that receives them as -Path.
.EXAMPLE
    ./build.ps1 -Task Mutate

    Measures how many mutants of the core the tests kill, and fails below 85 %.
.EXAMPLE
    ./build.ps1 -Task Reproduce

    Packs here and in a copy of the repository elsewhere, and fails unless both are the same, byte for byte.
#>
[CmdletBinding()]
param(
    # Specifies what to do.
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Demo', 'Bench', 'Pack', 'Reproduce', 'Clean', 'Soak', 'Latency', 'Lint', 'Mutate', 'Windows')]
    [string] $Task = 'Build',

    # Specifies the configuration to build.
    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    # Specifies how many minutes the soak sends mixed traffic.
    [ValidateRange(0.1, 10000)]
    [double] $SoakMinutes = 60,

    # Specifies how many times the soak runs the whole test suite on a busy machine.
    [ValidateRange(0, 1000)]
    [int] $SoakRuns = 10,

    # Specifies how many processes of the soak open one new ledger at once.
    [ValidateRange(1, 10000)]
    [int] $SoakProcesses = 200,

    # Specifies the label of a prerelease, such as rc1. It becomes part of the staged manifest and of the package's version.
    [ValidatePattern('^[A-Za-z][A-Za-z0-9]*$')]
    [string] $Prerelease,

    # Specifies a script that signs the module's own files before they are packed.
    [ValidateScript({ Test-Path -LiteralPath $_ -PathType Leaf })]
    [string] $SignScript
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$tools = "$PSScriptRoot/tools"
Import-Module "$tools/BuildSupport.psm1", "$tools/ChildPowerShell.psm1"
$build = @{ Configuration = $Configuration }

switch ($Task) {
    'Build' { & "$tools/Build-Module.ps1" @build -Prerelease $Prerelease }
    'Test' {
        & "$tools/Invoke-Tests.ps1" @build
        exit $LASTEXITCODE
    }
    'Demo' {
        & "$tools/Build-Module.ps1" @build
        Invoke-Script "$PSScriptRoot/samples/quickstart.ps1"
    }
    'Bench' {
        & "$tools/Build-Module.ps1" @build
        foreach ($script in Get-ChildItem "$PSScriptRoot/bench/*/Measure-*.ps1") { Invoke-Script $script.FullName }
    }
    'Pack' {
        & "$tools/Build-Module.ps1" @build -For release -Prerelease $Prerelease
        $signing = if ($SignScript) { @{ SignScript = (Resolve-Path -LiteralPath $SignScript).Path } } else { @{} }
        & "$tools/New-Package.ps1" -Path (Get-StagePath) -Destination "$PSScriptRoot/output/package" -AssetsPath "$PSScriptRoot/artifacts/obj/Staging/project.assets.json" @signing
    }
    'Reproduce' { & "$PSScriptRoot/tests/Module/Compare-Package.ps1" }
    'Soak' { & "$tools/Invoke-Soak.ps1" @build -Minutes $SoakMinutes -Runs $SoakRuns -Processes $SoakProcesses }
    'Lint' { & "$tools/Invoke-Analyzer.ps1" }
    'Mutate' { & "$tools/Invoke-Mutation.ps1" @build }
    'Windows' {
        & "$tools/Invoke-Windows.ps1"
        exit $LASTEXITCODE
    }
    'Latency' {
        & "$tools/Build-Module.ps1" @build
        Invoke-Script "$PSScriptRoot/tests/Latency/Measure-Latency.ps1"
    }
    'Clean' {
        foreach ($folder in 'artifacts', 'output') {
            if (Test-Path -LiteralPath "$PSScriptRoot/$folder") { Remove-Item -LiteralPath "$PSScriptRoot/$folder" -Recurse -Force }
        }
    }
}
