#!/usr/bin/env pwsh
#Requires -Version 7.4

<#
.SYNOPSIS
    Runs the Pester suites on PowerShell's Windows engine under Wine, and prints which ran and what failed.
.DESCRIPTION
    Publishes tools/WindowsHost, a self-contained program on Microsoft.PowerShell.SDK for Windows, and runs each suite on the staged net10.0
    build in a process of its own. Wine lacks parts of Windows. The tests that fail for this reason are listed in tools/WindowsHost/Known.psd1.
    The exit code is 1 if any other test fails.
.EXAMPLE
    ./tools/Invoke-Windows.ps1 -Suite Files, Views -NoBuild
#>
[CmdletBinding()]
param(
    # Specifies the Pester suites to run, without their ending. Wildcards are permitted.
    [string[]] $Suite = '*',

    # Specifies how many minutes a suite may take. Its processes are ended then.
    [ValidateRange(1, 240)]
    [int] $LimitMinutes = 10,

    # Indicates that the module and the host that exist are tested.
    [switch] $NoBuild
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/BuildSupport.psm1", "$PSScriptRoot/ChildPowerShell.psm1"
$repository = Split-Path $PSScriptRoot
$results = "$repository/artifacts/windows"
$prefix = "$repository/artifacts/wine"
$program = "$repository/artifacts/publish/WindowsHost/release_win-x64/pwsh.exe"


# .NET needs the first two under Wine, which neither maps code twice nor suspends threads as Windows does. Script files run only where the policy allows it.
$environment = @{
    DOTNET_EnableWriteXorExecute = '0'
    DOTNET_gcConcurrent          = '0'
    DOTNET_GCgen0size            = '0x20000000'
    DOTNET_TC_CallCounting       = '0'
    PSExecutionPolicyPreference  = 'Bypass'
    DOTNET_ROOT                  = $null
    PSModulePath                 = $null
    WINEPREFIX                   = $prefix
    WINEDEBUG                    = '-all'
    DISPLAY                      = $null
    TERM                         = 'xterm'
    NO_COLOR                     = '1'
    MEDIAMAGIC_FRAMEWORK         = 'net10.0'
    MEDIAMAGIC_API_KEY           = $null
    MEDIAMAGIC_BASE_URI          = $null
}

# Runs a program with that environment, and returns whether it ended in time and with which code.
function Invoke-Program([string[]] $Command, [timespan] $Limit = [timespan]::FromMinutes(5)) {
    $start = [System.Diagnostics.ProcessStartInfo]::new($Command[0], [string[]] @($Command | Select-Object -Skip 1))
    $start.WorkingDirectory = $repository
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    foreach ($name in $environment.Keys) {
        if ($null -eq $environment[$name]) { $null = $start.Environment.Remove($name) } else { $start.Environment[$name] = $environment[$name] }
    }
    Wait-ChildProcess ([System.Diagnostics.Process]::Start($start)) $Limit
}

# Wine shows the root folder as drive Z.
function Get-WindowsPath([string] $Path) { "Z:$Path" }

# The console host wants a console, which script (bsdutils) provides. The suite's output goes to a file.
function Invoke-WindowsSuite([System.IO.FileInfo] $File) {
    $name = $File.Name -replace '\.Tests\.ps1$'
    $result = "$results/$name.json"
    $arguments = @(
        '-NoProfile', '-NonInteractive', '-File', (Get-WindowsPath "$PSScriptRoot/Invoke-Suite.ps1")
        '-Pester', (Get-WindowsPath "$repository/artifacts/modules/Pester/Pester.psd1")
        '-Path', (Get-WindowsPath $File.FullName), '-ResultPath', (Get-WindowsPath $result)
    )
    $line = (@('exec', 'wine', $program) + $arguments | ForEach-Object { if ($_ -match '[^\w:./-]') { "'$_'" } else { $_ } }) -join ' '
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $run = Invoke-Program 'script', '-qec', "$line > '$results/$name.log' 2>&1", '/dev/null' -Limit ([timespan]::FromMinutes($LimitMinutes))
    $null = Invoke-Program 'wineserver', '-k'
    $counts = if (Test-Path -LiteralPath $result) { Get-Content -LiteralPath $result -Raw | ConvertFrom-Json } else { $null }
    [pscustomobject] @{
        Name     = $name
        Passed   = if ($counts) { $counts.Passed } else { 0 }
        Failures = @(if ($counts) { $counts.Failures | Where-Object { $_ } } else { "The suite ended without a result, with exit code $($run.ExitCode). See $results/$name.log." })
        Skipped  = @(if ($counts) { $counts.Skips | Where-Object { $_ } }).Count
        Seconds  = $clock.Elapsed.TotalSeconds
    }
}

foreach ($name in 'wine', 'wineserver', 'script') {
    if (-not (Get-Command $name -CommandType Application -ErrorAction Ignore)) { throw "The program '$name' was not found. On Debian, install the packages wine and bsdutils." }
}
if (-not $NoBuild) {
    & "$PSScriptRoot/Build-Module.ps1"
    Invoke-DotNet @('publish', "$PSScriptRoot/WindowsHost/WindowsHost.csproj", '-c', 'Release', '-nologo', '-v:q') -Activity 'Publishing the Windows engine'
}
Invoke-DotNet @('msbuild', "$PSScriptRoot/TestModules/TestModules.csproj", '-restore', '-t:CopyPester', '-nologo', '-v:q') -Activity 'Restoring Pester'
foreach ($folder in $results, $prefix) {
    if (Test-Path -LiteralPath $folder) { Remove-Item -LiteralPath $folder -Recurse -Force }
    $null = New-Item -ItemType Directory -Path $folder
}
Write-Host '== Creating a Windows 10 prefix'
$null = Invoke-Program 'wineboot', '-i'
$null = Invoke-Program 'wine', 'reg', 'add', 'HKCU\Software\Wine', '/v', 'Version', '/d', 'win10', '/f'

$known = Import-PowerShellDataFile -LiteralPath "$PSScriptRoot/WindowsHost/Known.psd1"
$runs = foreach ($pattern in $Suite) {
    $files = @(Get-ChildItem "$repository/tests/Module/$pattern.Tests.ps1")
    if (-not $files) { throw "No Pester suite is named '$pattern'." }
    foreach ($file in $files) {
        $name = $file.Name -replace '\.Tests\.ps1$'
        if ($known.NotRun[$name]) {
            Write-Host "NOT RUN ${name}: $($known.NotRun[$name])"
            continue
        }
        $run = Invoke-WindowsSuite $file
        Write-Host ('== {0}: {1} passed, {2} failed, {3} skipped, {4:0} s' -f $name, $run.Passed, $run.Failures.Count, $run.Skipped, $run.Seconds)
        $run
    }
}

$unknown = 0
foreach ($run in $runs) {
    foreach ($failure in $run.Failures) {
        $reason = $known.Fails | Where-Object { $_.Suite -eq $run.Name -and $failure -like "*$($_.Test)*" } | Select-Object -First 1
        if (-not $reason) { $unknown++ }
        Write-Host ('{0} {1}: {2}' -f $(if ($reason) { "KNOWN ($($reason.Reason))" } else { 'FAILED' }), $run.Name, ($failure -replace '(?<=^.{300}).+', '...'))
    }
}
$passed, $skipped = ($runs | Measure-Object Passed, Skipped -Sum).Sum
$failed = @($runs | ForEach-Object Failures).Count
Write-Host "$(@($runs).Count) suites on Windows' engine: $passed passed, $($failed - $unknown) failed for a known reason, $unknown failed, $skipped skipped"
exit [int] ($unknown -gt 0 -or $passed -eq 0)
