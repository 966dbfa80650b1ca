# What Package.Tests.ps1 has a clean PowerShell do: install the package, use the module, tell what was seen.
[CmdletBinding()]
param(
    # The manifest of PSResourceGet; nothing where the module was put in its place by hand.
    [string] $PSResourceGet,

    # The folder that is its repository.
    [string] $Packages
)

$ErrorActionPreference = 'Stop'
if ($PSResourceGet) {
    Import-Module $PSResourceGet
    Register-PSResourceRepository -Name Folder -Uri $Packages -Trusted
    Install-PSResource MediaMagic -Repository Folder -Prerelease
}

Import-Module MediaMagic
$module = Get-Module MediaMagic
Start-MMSimulator -ProcessingSeconds 0 -Connect
Set-Content ./advert.txt 'The best sun cream in the world. Guaranteed!'
Set-Content ./second.txt 'The second best.'
$ended = Send-MMFile ./advert.txt | New-MMSubmission | Wait-MMSubmission -PollIntervalSec 0.05 -WarningAction Ignore
# The ledger needs the native library.
$null = Submit-MMFile ./second.txt -Ledger ./run.db

$loaded = [System.Runtime.Loader.AssemblyLoadContext]::All | ForEach-Object Assemblies | Where-Object { -not $_.IsDynamic } | ForEach-Object Location
$seen = [ordered] @{
    Version   = "$($module.Version)"
    Base      = $module.ModuleBase
    Commands  = @($module.ExportedCommands.Keys)
    Build     = Split-Path (Split-Path ([MediaMagic.Submission].Assembly.Location)) -Leaf
    Status    = $ended.Status
    Issues    = @($ended | Get-MMIssue).Count
    Ledger    = @(Get-MMLedger ./run.db).State
    Synopsis  = (Get-Help New-MMSubmission).Synopsis
    Examples  = @((Get-Help New-MMSubmission -Full).examples.example).Count
    About     = (Get-Help about_MediaMagic | Out-String) -match 'SHORT DESCRIPTION'
    Elsewhere = @($loaded | Where-Object { $_ -match '(MediaMagic|SQLite|Polly|System\.IO\.Hashing)[^\\/]*$' -and -not $_.StartsWith($module.ModuleBase) })
    Errors    = @($Error | ForEach-Object { "$_" })
}
Stop-MMSimulator
$seen | ConvertTo-Json
