BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1" -Force
    $script:stage = Split-Path (Get-StagedManifest)
    $script:version = (Import-PowerShellDataFile -LiteralPath (Get-StagedManifest)).ModuleVersion
    $script:build = Get-BuildUnderTest

    # The staged module as a later version, and as it is.
    $script:later = Join-Path $TestDrive 'later'
    $script:copy = Join-Path $TestDrive 'copy'
    foreach ($folder in $later, $copy) { Copy-Item -LiteralPath $stage -Destination $folder -Recurse }
    (Get-Content -Raw "$later/MediaMagic.psd1") -replace "(ModuleVersion\s*=\s*)'[^']+'", "`$1'9.8.7'" | Set-Content "$later/MediaMagic.psd1"

    # Runs a script that imports a second module, and returns the messages of all errors and what still works.
    function Get-Outcome([string] $Script) {
        Invoke-Fresh @"
            `$ErrorActionPreference = 'Continue'
            `$Later = '$later/MediaMagic.psd1'; `$Copy = '$copy/MediaMagic.psd1'
            try { $Script } catch { }
            foreach (`$record in `$Error) { 'error: ' + `$record.Exception.Message }
            'versions: ' + ((Get-Module MediaMagic).Version -join ',')
            'table: ' + ((Get-MMErrorCatalog -StatusCode 429 -System MediaMagic | Format-Table | Out-String) -match 'RateLimited')
"@ 2>&1
    }

    $script:refused = "error: MediaMagic $version from '$(Join-Path $stage $build)' is loaded in this process, so MediaMagic 9.8.7 from '$(Join-Path $later $build)' cannot be imported. Start a new PowerShell process and import it there."
}

Describe 'Another version in the process' {
    It 'is rejected beside the first one, which goes on' {
        $shown = Get-Outcome 'Import-Module $Manifest; Import-Module $Later 2>$null'
        @($shown -like 'error: *') | Should -Be $refused
        $shown | Should -Contain "versions: $version"
        $shown | Should -Contain 'table: True'
    }

    It 'is rejected after the removal of the first one, which can be imported again' {
        $shown = Get-Outcome 'Import-Module $Manifest; Remove-Module MediaMagic; try { Import-Module $Later } catch { }; Import-Module $Manifest'
        @($shown -like 'error: *') | Should -Be $refused
        $shown | Should -Contain "versions: $version"
        $shown | Should -Contain 'table: True'
    }

    It 'is rejected in constrained language' {
        $shown = Get-Outcome '$ExecutionContext.SessionState.LanguageMode = "ConstrainedLanguage"; Import-Module $Manifest; Import-Module $Later 2>$null'
        @($shown -like 'error: *') | Should -Be $refused
    }

    It 'is rejected with -Force' {
        $shown = Get-Outcome 'Import-Module $Manifest; Import-Module $Later -Force 2>$null'
        @($shown -like 'error: *') | Should -Be $refused
    }
}

Describe 'The same version in the process' {
    It 'is imported <Way>' -ForEach @(
        @{ Way = 'again with -Force'; Script = 'Import-Module $Manifest; Import-Module $Manifest -Force' }
        @{ Way = 'from another folder after a removal'; Script = 'Import-Module $Manifest; Remove-Module MediaMagic; Import-Module $Copy' }
    ) {
        $shown = Get-Outcome $Script
        @($shown -like 'error: *') | Should -BeNullOrEmpty
        $shown | Should -Contain "versions: $version"
        $shown | Should -Contain 'table: True'
    }
}

# Earlier loaders have the method Load and nothing else.
Describe 'A loader of the first release in the process' {
    It 'has this version rejected <Mode>' -ForEach @{ Mode = 'FullLanguage' }, @{ Mode = 'ConstrainedLanguage' } {
        $folder = New-Item -ItemType Directory "$TestDrive/old-$Mode"
        $shown = Invoke-Fresh @"
            # Add-Type brings the compiler, and does not let a caller choose an assembly's name.
            Add-Type 'public class Nothing { }'
            `$tree = [Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree]::ParseText('[assembly: System.Reflection.AssemblyVersion("1.0.0.0")] namespace MediaMagic.Loader { public static class ModuleLoader { public static System.Reflection.Assembly Load(string folder) { return null; } } }')
            `$options = [Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions]::new([Microsoft.CodeAnalysis.OutputKind]::DynamicallyLinkedLibrary)
            `$core = [Microsoft.CodeAnalysis.MetadataReference]::CreateFromFile([object].Assembly.Location)
            `$compilation = [Microsoft.CodeAnalysis.CSharp.CSharpCompilation]::Create('MediaMagic.PowerShell.Loader', [Microsoft.CodeAnalysis.SyntaxTree[]] @(`$tree), [Microsoft.CodeAnalysis.MetadataReference[]] @(`$core), `$options)
            `$stream = [System.IO.File]::Create('$folder/MediaMagic.PowerShell.Loader.dll')
            `$built = `$compilation.Emit(`$stream)
            `$stream.Dispose()
            if (-not `$built.Success) { throw `$built.Diagnostics[0].ToString() }
            `$null = [System.Reflection.Assembly]::LoadFrom('$folder/MediaMagic.PowerShell.Loader.dll')
            Set-StrictMode -Version Latest
            `$ExecutionContext.SessionState.LanguageMode = '$Mode'
            try { Import-Module '$later/MediaMagic.psd1' } catch { `$_.Exception.Message }
"@
        $shown | Should -Be "MediaMagic $([version]::new(1, 0, 0)) from '$folder' is loaded in this process, so MediaMagic 9.8.7 from '$later' cannot be imported. Start a new PowerShell process and import it there."
    }
}
