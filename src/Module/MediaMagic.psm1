# Windows PowerShell knows no load contexts and has a loader of its own; PowerShell 7.6 runs on .NET 10, 7.4 and 7.5 on what came before.
$loader = $PSScriptRoot
$build = if ($PSEdition -ne 'Core') { 'desktop' } elseif ([Environment]::Version.Major -ge 10) { 'net10.0' } else { 'netstandard2.0' }
if ($build -eq 'desktop') { $loader = "$PSScriptRoot/desktop" } elseif ($env:MEDIAMAGIC_FRAMEWORK) { $build = $env:MEDIAMAGIC_FRAMEWORK }

if (-not ('MediaMagic.Loader.ModuleLoader' -as [type])) {
    $null = [System.Reflection.Assembly]::LoadFrom("$loader/MediaMagic.PowerShell.Loader.dll")
}

$cmdlets = Import-Module -Assembly ([MediaMagic.Loader.ModuleLoader]::Load("$PSScriptRoot/$build")) -PassThru

# From the second import on PowerShell hands out an assembly's cmdlets without adding them to the module (PowerShell issue 20710).
$module = $ExecutionContext.SessionState.Module
if ($module.ExportedCmdlets.Count -eq 0) {
    $add = [psmoduleinfo].GetMethod('AddExportedCmdlet', [System.Reflection.BindingFlags] 'Instance, NonPublic')
    foreach ($cmdlet in $cmdlets.ExportedCmdlets.Values) { $add.Invoke($module, @(, $cmdlet)) }
}
