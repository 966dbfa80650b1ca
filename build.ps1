#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Builds, tests and packs the module.
.EXAMPLE
    ./build.ps1
    Builds the module and stages it under output/MediaMagic/<version>.
.EXAMPLE
    ./build.ps1 -Task Test
    Builds everything, runs the xunit projects, and the Pester suites on both builds of the staged module.
.EXAMPLE
    ./build.ps1 -Task Pack
    Builds and stages the module, and writes to output/package what is released: package, bill of materials, notices, sums.
.EXAMPLE
    ./build.ps1 -Task Pack -Prerelease rc1 -SignScript ../sign.ps1
    The same for a release candidate, its files signed by a script that gets them as -Path.
.EXAMPLE
    ./build.ps1 -Task Reproduce
    Packs here and in a copy of the repository elsewhere, and fails unless both are the same, byte for byte.
#>
[CmdletBinding()]
param(
    # What to do.
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Demo', 'Bench', 'Pack', 'Reproduce', 'Clean', 'Soak')]
    [string] $Task = 'Build',

    # The configuration to build.
    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    # How long the mixed traffic of the soak goes on, in minutes.
    [ValidateRange(0.1, 10000)]
    [double] $SoakMinutes = 60,

    # The label of what comes before the release, such as rc1: it goes into the staged manifest and the package's version.
    [ValidatePattern('^[A-Za-z][A-Za-z0-9]*$')]
    [string] $Prerelease,

    # A script that signs the module's own files before they are packed.
    [ValidateScript({ Test-Path -LiteralPath $_ -PathType Leaf })]
    [string] $SignScript
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$repository = $PSScriptRoot
$manifest = Import-PowerShellDataFile -LiteralPath "$repository/MediaMagic.psd1"
$stage = "$repository/output/MediaMagic/$($manifest.ModuleVersion)"
$flavour = $Configuration.ToLowerInvariant()
$release = if ($Prerelease) { @{ Prerelease = $Prerelease } } else { @{} }

# Of more failures than these a second run would tell nothing new.
$mostAgain = 12

# Started as a .NET tool, PowerShell is a library that dotnet runs.
$pwsh = if ((Get-Process -Id $PID).Path -match '[\\/]dotnet(\.exe)?$') { @('dotnet', "$PSHOME/pwsh.dll") } else { @((Get-Process -Id $PID).Path) }

# Each build of the module, the output that holds it with what it needs, what its host has already, and the systems that it runs on.
$windows = 'win-x64', 'win-x86', 'win-arm64'
$systems = $windows + @('linux-x64', 'linux-arm64', 'linux-arm', 'linux-musl-x64', 'linux-musl-arm64', 'osx-x64', 'osx-arm64')
$builds = @(
    @{ Name = 'net10.0'; Output = 'net10.0'; InBox = @(); Native = $systems }
    @{ Name = 'netstandard2.0'; Output = 'net8.0'; InBox = @('System.Text.Json.dll', 'System.Text.Encodings.Web.dll'); Native = $systems }
    @{ Name = 'desktop'; Output = 'net472'; InBox = @(); Native = $windows }
)

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($args[0]) failed." }
}

# Runs a script in a PowerShell of its own, which loads nothing into this one.
function Invoke-PowerShell {
    $command, $first = $pwsh
    $arguments = @($first | Where-Object { $_ }) + @('-NoProfile', '-NonInteractive', '-File') + $args
    & $command @arguments
}

# The names of the cmdlets that an assembly has, read without loading it.
function Get-CmdletName([string] $Path) {
    $stream = [System.IO.File]::OpenRead($Path)
    $image = [System.Reflection.PortableExecutable.PEReader]::new($stream)
    try {
        $metadata = [System.Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($image)
        $names = foreach ($handle in $metadata.CustomAttributes) {
            $attribute = $metadata.GetCustomAttribute($handle)
            if ($attribute.Constructor.Kind -ne 'MemberReference') { continue }
            $parent = $metadata.GetMemberReference([System.Reflection.Metadata.MemberReferenceHandle] $attribute.Constructor).Parent
            if ($parent.Kind -ne 'TypeReference') { continue }
            $type = $metadata.GetTypeReference([System.Reflection.Metadata.TypeReferenceHandle] $parent)
            if ($metadata.GetString($type.Name) -ne 'CmdletAttribute') { continue }
            $value = $metadata.GetBlobReader($attribute.Value)
            $null = $value.ReadUInt16()
            '{0}-{1}' -f $value.ReadSerializedString(), $value.ReadSerializedString()
        }
        $names | Sort-Object -Culture ''
    }
    finally {
        $image.Dispose()
    }
}

function Copy-Build([hashtable] $Build) {
    $source = "$repository/artifacts/bin/Staging/${flavour}_$($Build.Output)"
    $target = New-Item -ItemType Directory -Path "$stage/$($Build.Name)"
    Get-ChildItem -LiteralPath $source -Filter *.dll |
        Where-Object Name -NotIn (@('MediaMagic.Staging.dll', 'MediaMagic.PowerShell.Loader.dll', 'MediaMagic.PowerShell.LoadContext.dll') + $Build.InBox) |
        Copy-Item -Destination $target
    # By the convention of packages, beside the native libraries.
    Get-ChildItem "$source/native" -Directory -ErrorAction Ignore | ForEach-Object {
        $null = New-Item -ItemType Directory -Path "$stage/runtimes/$($_.Name)/lib" -Force
        Copy-Item -LiteralPath $_.FullName -Destination "$stage/runtimes/$($_.Name)/lib/$($Build.Name)" -Recurse
    }
    Copy-Native "$repository/artifacts/bin/Staging/${flavour}_net10.0/runtimes" $Build.Native $(if ($Build.Name -eq 'desktop') { "$target/runtimes" } else { "$stage/runtimes" })
}

# The native libraries of the systems that PowerShell runs on, and no others that a package brings.
function Copy-Native([string] $Source, [string[]] $Name, [string] $Target) {
    foreach ($folder in $Name | Where-Object { Test-Path -LiteralPath "$Source/$_/native" }) {
        $null = New-Item -ItemType Directory -Path "$Target/$folder" -Force
        Copy-Item -LiteralPath "$Source/$folder/native" -Destination "$Target/$folder" -Recurse -Force
    }
}

function Copy-Manifest {
    # Only PowerShell 7 can read the assembly's cmdlets; elsewhere the source manifest's list stands.
    $names = if ($PSEdition -eq 'Core') { @(Get-CmdletName "$stage/net10.0/MediaMagic.PowerShell.dll") } else { @() }
    $unlisted = if ($names) { Compare-Object @($manifest.CmdletsToExport) $names }
    if ($unlisted) { Write-Warning "MediaMagic.psd1 and the assembly differ in CmdletsToExport: $($unlisted.InputObject -join ', ')." }
    & "$repository/src/Module/Export-Manifest.ps1" -Path "$repository/MediaMagic.psd1" -Destination "$stage/MediaMagic.psd1" -Cmdlet $names @release
}

function Copy-Module {
    if (Test-Path -LiteralPath $stage) { Remove-Item -LiteralPath $stage -Recurse -Force }
    $null = New-Item -ItemType Directory -Path $stage
    foreach ($build in $builds) { Copy-Build $build }
    Copy-Item -Destination $stage -LiteralPath @(
        "$repository/src/Module/MediaMagic.psm1"
        "$repository/src/Module/MediaMagic.Format.ps1xml"
        "$repository/src/Module/MediaMagic.Types.ps1xml"
        "$repository/LICENSE"
        "$repository/THIRD-PARTY-NOTICES.txt"
        "$repository/artifacts/bin/MediaMagic.PowerShell.Loader/${flavour}_netstandard2.0/MediaMagic.PowerShell.Loader.dll"
        "$repository/artifacts/bin/MediaMagic.PowerShell.Loader/${flavour}_net8.0/MediaMagic.PowerShell.LoadContext.dll"
    )
    & "$repository/src/Module/Export-Help.ps1" -Path "$repository/docs/help" -Destination "$stage/en-US"
    Copy-Manifest
    Write-Host "Staged $stage"
}

# Compiled ahead of time for this system or, for a release, for the one whose native code the tests run.
function Build-Module([string] $For = 'this') {
    Invoke-DotNet build "$repository/src/Module/Staging.csproj" -c $Configuration -nologo '-v:q' "-p:AheadOfTime=$For"
    Copy-Module
}

# Runs an xunit project, or what a filter leaves of it, and returns the counts and what failed.
function Invoke-XUnitProject([string] $Path, [string] $File, [string] $Filter) {
    $name = Split-Path $Path -LeafBase
    $chosen = if ($Filter) { @('--filter', $Filter) } else { @() }
    & dotnet test $Path -c $Configuration --no-build -nologo '-v:q' @chosen --results-directory (Split-Path $File) --logger "trx;LogFileName=$(Split-Path $File -Leaf)" | Out-Host
    $status = $LASTEXITCODE
    if (-not (Test-Path -LiteralPath $File)) { return @{ Passed = 0; Failed = 1; Skipped = 0; Failures = @("$name ended without a result."); Names = @() } }
    $run = ([xml] (Get-Content -LiteralPath $File -Raw)).TestRun
    $counters = $run.ResultSummary.Counters
    $bad = @($run.Results.UnitTestResult | Where-Object outcome -NotIn 'Passed', 'NotExecuted' | Where-Object { $_ })
    $failed = $bad.Count
    @{
        Passed   = [int] $counters.passed
        Failed   = if ($status -ne 0 -and $failed -eq 0) { 1 } else { $failed }
        Skipped  = [Math]::Max(0, [int] $counters.total - [int] $counters.passed - $failed)
        Failures = @($bad | ForEach-Object { '{0}: {1}: {2}' -f $name, $_.testName, ($_.InnerText -replace '\s+', ' ' -replace '(?<=^.{300}).+', '...') })
        Names    = @($bad | ForEach-Object { $_.testName -replace '\(.*', '' } | Sort-Object -Unique)
    }
}

# Runs the xunit projects one after the other and returns the counts of each. The few that fail are run once more, alone: many of them
# compare times, and machines that are made for one run stand still at times. What was needed twice is named.
function Invoke-XUnit([string] $Results) {
    foreach ($project in Get-ChildItem "$repository/tests/*.Tests*/*.csproj") {
        $counts = Invoke-XUnitProject $project.FullName "$Results/$($project.BaseName).trx"
        if ($counts.Names -and $counts.Names.Count -le $mostAgain) {
            $again = Invoke-XUnitProject $project.FullName "$Results/$($project.BaseName)-again.trx" (($counts.Names | ForEach-Object { "FullyQualifiedName=$_" }) -join '|')
            $counts.Failures | ForEach-Object { Write-Host "RUN AGAIN $_" }
            $counts.Passed += $counts.Failed - $again.Failed
            $counts.Failed = $again.Failed
            $counts.Failures = $again.Failures
        }
        [pscustomobject] $counts
    }
}

# Runs the Pester suites on each build that this PowerShell can load and returns the counts of each.
function Invoke-Pester7([string] $Results) {
    $names = if ([Environment]::Version.Major -ge 10) { 'net10.0', 'netstandard2.0' } else { 'netstandard2.0' }
    foreach ($name in $names) {
        $file = "$Results/pester-$name.json"
        Invoke-PowerShell "$repository/tests/Module/Invoke-Suites.ps1" -Build $name -ResultPath $file | Out-Host
        if (Test-Path -LiteralPath $file) {
            Get-Content -LiteralPath $file -Raw | ConvertFrom-Json
        }
        else {
            Write-Host "The Pester suites on $name ended without a result."
            [pscustomobject]@{ Passed = 0; Failed = 1; Skipped = 0; Failures = @() }
        }
    }
}

function Test-Module {
    Invoke-DotNet build "$repository/MediaMagic.PowerShell.sln" -c $Configuration -nologo '-v:q' -warnaserror '-p:AheadOfTime=this'
    Copy-Module
    $results = "$repository/artifacts/test-results"
    if (Test-Path -LiteralPath $results) { Remove-Item -LiteralPath $results -Recurse -Force }
    $null = New-Item -ItemType Directory -Path $results
    $counts = @(Invoke-XUnit $results)
    if ($PSEdition -eq 'Core') { $counts += @(Invoke-Pester7 $results) } else { Write-Host 'PowerShell 7 was not found: the Pester suites did not run.' }
    $sum = @{}
    foreach ($kind in 'Passed', 'Failed', 'Skipped') { $sum[$kind] = ($counts | Measure-Object $kind -Sum).Sum }
    # Last, where a long log is read first.
    $counts | ForEach-Object { $_.Failures } | Where-Object { $_ } | ForEach-Object { Write-Host "FAILED $_" }
    Write-Host "$($sum.Passed) passed, $($sum.Failed) failed, $($sum.Skipped) skipped"
    if ($sum.Failed -gt 0 -or $sum.Passed -eq 0) { exit 1 }
}

function Invoke-Script([string] $Path) {
    Invoke-PowerShell $Path
    if ($LASTEXITCODE -ne 0) { throw "$(Split-Path $Path -Leaf) failed." }
}

switch ($Task) {
    'Build' { Build-Module }
    'Test' { Test-Module }
    'Demo' {
        if (Test-Path -LiteralPath "$repository/samples/quickstart.ps1") {
            Build-Module
            Invoke-Script "$repository/samples/quickstart.ps1"
        }
        else {
            Invoke-DotNet run --project "$repository/samples/QuickStart" -c $Configuration
        }
    }
    'Bench' {
        Build-Module
        foreach ($script in Get-ChildItem "$repository/bench/*/Measure-*.ps1") { Invoke-Script $script.FullName }
    }
    'Soak' {
        Invoke-DotNet build "$repository/MediaMagic.PowerShell.sln" -c $Configuration -nologo '-v:q'
        $env:MEDIAMAGIC_SOAK = '1'
        Invoke-DotNet test "$repository/tests/MediaMagic.PowerShell.Tests" -c $Configuration --no-build -nologo --logger 'console;verbosity=detailed' --filter 'FullyQualifiedName~Kill|FullyQualifiedName~Campaign|FullyQualifiedName~Fuzz|FullyQualifiedName~Ten_thousand'
        Invoke-DotNet run --project "$repository/bench/Soak" -c $Configuration --no-build -- $SoakMinutes "$repository/artifacts/soak"
    }
    'Pack' {
        Build-Module -For release
        $signing = if ($SignScript) { @{ SignScript = (Resolve-Path -LiteralPath $SignScript).Path } } else { @{} }
        & "$repository/src/Module/New-Package.ps1" -Path $stage -Destination "$repository/output/package" -AssetsPath "$repository/artifacts/obj/Staging/project.assets.json" @signing
    }
    'Reproduce' { & "$repository/tests/Module/Compare-Package.ps1" -PowerShell $pwsh }
    'Clean' {
        foreach ($folder in 'artifacts', 'output') {
            if (Test-Path -LiteralPath "$repository/$folder") { Remove-Item -LiteralPath "$repository/$folder" -Recurse -Force }
        }
    }
}
