# Windows PowerShell knows no load contexts and has a loader of its own.
$folder = if ($PSEdition -eq 'Core') { $PSScriptRoot } else { "$PSScriptRoot/desktop" }
$null = [System.Reflection.Assembly]::LoadFrom("$folder/MediaMagic.PowerShell.Loader.dll")

# From the second import on PowerShell hands out an assembly's cmdlets without adding them to the module (PowerShell issue 20710),
# which importing what it hands out makes good.
Import-Module -Assembly ([MediaMagic.Loader.ModuleLoader]::Load($PSScriptRoot)) -PassThru | Import-Module
