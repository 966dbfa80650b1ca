# What the suites share.

Import-Module "$PSScriptRoot/../../tools/ChildPowerShell.psm1"

$script:repository = (Resolve-Path "$PSScriptRoot/../..").Path

# The manifest of the staged module.
function Get-StagedManifest {
    [CmdletBinding()]
    [OutputType([string])]
    param()

    $version = (Import-PowerShellDataFile -LiteralPath "$script:repository/MediaMagic.psd1").ModuleVersion
    $path = "$script:repository/output/MediaMagic/$version/MediaMagic.psd1"
    if (-not (Test-Path -LiteralPath $path)) { throw 'The module is not staged. Run ./build.ps1 first.' }
    $path
}

# The build of the module that the suites run on.
function Get-BuildUnderTest {
    [CmdletBinding()]
    [OutputType([string])]
    param()

    if ($env:MEDIAMAGIC_FRAMEWORK) { $env:MEDIAMAGIC_FRAMEWORK }
    elseif ([Environment]::Version.Major -ge 10) { 'net10.0' }
    else { 'netstandard2.0' }
}

# Starts a script in a PowerShell of its own, where nothing was loaded before, and returns the process. $Manifest is the staged module's there.
function Start-Fresh {
    [CmdletBinding()]
    [OutputType([System.Diagnostics.Process])]
    param(
        [Parameter(Mandatory, Position = 0)]
        [string] $Script,

        # Environment variables of that process.
        [hashtable] $Environment = @{}
    )

    $text = "`$ErrorActionPreference = 'Stop'; `$Manifest = '$(Get-StagedManifest)'`n$Script"
    $encoded = [Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($text))
    Start-ChildPowerShell '-OutputFormat', 'Text', '-EncodedCommand', $encoded -Environment (@{ NO_COLOR = '1' } + $Environment) -Redirect -Confirm:$false
}

# Waits for a process of Start-Fresh, and returns what it writes. It throws when the process fails.
function Wait-Fresh {
    [CmdletBinding()]
    [OutputType([string[]])]
    param([Parameter(Mandatory, Position = 0)] [System.Diagnostics.Process] $Process)

    $run = Wait-ChildProcess $Process
    if ($run.ExitCode -ne 0) { throw "The process ended with $($run.ExitCode). $($run.Errors)$($run.Output)" }
    $run.Output.TrimEnd() -split '\r?\n'
}

# Runs a script in a PowerShell of its own, and returns what it writes.
function Invoke-Fresh {
    [CmdletBinding()]
    [OutputType([string[]])]
    param(
        [Parameter(Mandatory, Position = 0)]
        [string] $Script,

        # Environment variables of that process.
        [hashtable] $Environment = @{}
    )

    Wait-Fresh (Start-Fresh $Script -Environment $Environment)
}

# Makes a pwsh that starts this PowerShell, for examples that start one, and puts its folder in front of PATH. Returns the PATH to restore.
function Add-PwshToPath {
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Folder)

    $command = (Get-PowerShellCommand | ForEach-Object { "`"$_`"" }) -join ' '
    $null = New-Item -ItemType Directory -Path $Folder -Force
    if ($IsWindows) { Set-Content -LiteralPath "$Folder/pwsh.cmd" -Value "@$command %*" }
    else {
        Set-Content -LiteralPath "$Folder/pwsh" -Value '#!/bin/sh', "exec $command `"`$@`""
        & chmod +x "$Folder/pwsh"
    }
    $env:PATH
    $env:PATH = $Folder + [System.IO.Path]::PathSeparator + $env:PATH
}

Export-ModuleMember -Function Get-StagedManifest, Get-BuildUnderTest, Start-Fresh, Wait-Fresh, Invoke-Fresh, Invoke-ChildPowerShell, Add-PwshToPath
