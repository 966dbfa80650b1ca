# The manifest has had the loader loaded. From the second import on PowerShell hands out an assembly's cmdlets without adding them to
# the module (PowerShell issue 20710), which importing what it hands out makes good. Not by the pipeline: what binds from it would have
# to be compiled first.
Import-Module -ModuleInfo (Import-Module -Assembly ([MediaMagic.Loader.ModuleLoader]::Load($PSScriptRoot)) -PassThru)
