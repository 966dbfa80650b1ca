# The manifest has had the loader loaded. From the second import on PowerShell hands out an assembly's cmdlets without adding them to
# the module (PowerShell issue 20710), which importing what it hands out makes good. By -ModuleInfo it costs nothing, by the pipeline 8 ms.
Import-Module -ModuleInfo (Import-Module -Assembly ([MediaMagic.Loader.ModuleLoader]::Load($PSScriptRoot)) -PassThru)
