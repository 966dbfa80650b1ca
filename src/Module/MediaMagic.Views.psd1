# How PowerShell shows the module's objects. MediaMagic.psm1 imports it once it is sure that this version can be loaded.
@{
    ModuleVersion    = '1.0'
    FormatsToProcess = 'MediaMagic.Format.ps1xml'
    TypesToProcess   = 'MediaMagic.Types.ps1xml'
}
