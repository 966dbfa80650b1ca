# What the suites share.

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

# Runs a script in a PowerShell of its own, where nothing was loaded before, and returns what it writes.
# $Manifest is the staged module's there.
function Invoke-Fresh {
    [CmdletBinding()]
    [OutputType([string[]])]
    param(
        [Parameter(Mandatory, Position = 0)]
        [string] $Script,

        # Environment variables of that process.
        [hashtable] $Environment = @{}
    )

    $text = "`$ErrorActionPreference = 'Stop'; `$Manifest = '$(Get-StagedManifest)'`n$Script"
    $encoded = [Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($text))
    $start = [System.Diagnostics.ProcessStartInfo]::new((Get-Process -Id $PID).Path)
    foreach ($argument in '-NoProfile', '-NonInteractive', '-OutputFormat', 'Text', '-EncodedCommand', $encoded) { $start.ArgumentList.Add($argument) }
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
    $start.Environment['NO_COLOR'] = '1'
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $process = [System.Diagnostics.Process]::Start($start)
    $errors = $process.StandardError.ReadToEndAsync()
    $output = $process.StandardOutput.ReadToEnd()
    $process.WaitForExit()
    if ($process.ExitCode -ne 0) { throw "The process ended with $($process.ExitCode). $($errors.Result)$output" }
    $output.TrimEnd() -split '\r?\n'
}

Export-ModuleMember -Function Get-StagedManifest, Get-BuildUnderTest, Invoke-Fresh
