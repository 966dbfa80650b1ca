# Must work in constrained language, which forbids calls of methods but not properties and indexers.
Set-StrictMode -Off

# A process has one loader: to load that of another version beside it would fail. The manifest must not require it for the same reason.
if (-not ('MediaMagic.Loader.ModuleLoader' -as [type])) { Import-Module "$PSScriptRoot/MediaMagic.PowerShell.Loader.dll" }

# The loader of the first release has no such property.
$modules = [MediaMagic.Loader.ModuleLoader]::Modules
if ($null -eq $modules) {
    $loader = [MediaMagic.Loader.ModuleLoader].Assembly
    $loaded = if ('MediaMagic.Submission' -as [type]) { [MediaMagic.Submission].Assembly } else { $loader }
    throw ("MediaMagic {0} from '{1}' is loaded in this process, so MediaMagic {2} from '{3}' cannot be imported. Start a new PowerShell process and import it there." -f
        ($loaded.FullName -replace '^.*Version=([0-9]+\.[0-9]+\.[0-9]+).*$', '$1'), ($loader.Location -replace '[\\/][^\\/]+$'),
        @(@(Get-Content -LiteralPath "$PSScriptRoot/MediaMagic.psd1") -match '^\s*ModuleVersion\s*=' -replace "^[^']*'([^']+)'.*", '$1')[0], $PSScriptRoot)
}

$module = $modules[$PSScriptRoot]
if ($module.Error) { throw $module.Error }

# The views have a manifest of their own, or those of a version that is rejected here would have been loaded by now.
Import-Module "$PSScriptRoot/MediaMagic.Views.psd1"

# From the second import on PowerShell hands out an assembly's cmdlets without adding them to the module (PowerShell issue 20710), which
# importing what it hands out makes good. Not by the pipeline: what binds from it would have to be compiled first.
Import-Module -ModuleInfo (Import-Module -Assembly $module.Assembly -PassThru)
