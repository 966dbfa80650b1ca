BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1" -Force
    $script:build = Get-BuildUnderTest
    $script:manifest = Get-StagedManifest
    $script:stage = Split-Path $manifest
    $script:listed = (Import-PowerShellDataFile -LiteralPath $manifest).CmdletsToExport
    $script:version = (Import-PowerShellDataFile -LiteralPath $manifest).ModuleVersion
}

Describe 'The staged module' {
    It 'holds what it needs and nothing that its host has' {
        $inBox = [AppContext]::GetData('TRUSTED_PLATFORM_ASSEMBLIES').Split([System.IO.Path]::PathSeparator) | Split-Path -Leaf
        $shipped = (Get-ChildItem "$stage/$build" -Filter *.dll).Name
        $shipped | Should -Contain 'MediaMagic.PowerShell.dll'
        $shipped | Should -Contain 'MediaMagic.Simulator.dll'
        $shipped | Should -Contain 'Polly.Core.dll'

        # PowerShell has this facade since 7.6, and a facade is the same type whoever brings it.
        $shipped | Where-Object { $_ -in $inBox -and $_ -ne 'Microsoft.Bcl.AsyncInterfaces.dll' } | Should -BeNullOrEmpty
    }

    It 'ships neither symbols nor documentation of the code nor the staging project' {
        (Get-ChildItem $stage -Recurse -File).Name | Where-Object { $_ -match '\.(pdb|xml|deps\.json)$|Staging' -and $_ -notmatch '-Help\.xml$' } |
            Should -BeNullOrEmpty
    }

    It 'brings System.Text.Json to Windows PowerShell alone' {
        "$stage/desktop/System.Text.Json.dll" | Should -Exist
        "$stage/netstandard2.0/System.Text.Json.dll" | Should -Not -Exist
        "$stage/net10.0/System.Text.Json.dll" | Should -Not -Exist
    }

    It 'lists in its manifest the cmdlets of the source manifest' {
        $source = (Import-PowerShellDataFile -LiteralPath "$PSScriptRoot/../../MediaMagic.psd1").CmdletsToExport
        $listed | Should -Be ($source | Sort-Object)
    }
}

Describe 'Importing' {
    It 'exports exactly the cmdlets of the manifest' {
        $exported = Invoke-Fresh 'Import-Module $Manifest; (Get-Module MediaMagic).ExportedCommands.Values | ForEach-Object { "$($_.CommandType) $($_.Name)" }'
        $exported | Sort-Object | Should -Be ($listed | ForEach-Object { "Cmdlet $_" } | Sort-Object)
    }

    It 'works again <How>' -ForEach @(
        @{ How = 'as it is'; Again = 'Import-Module $Manifest' }
        @{ How = 'with -Force'; Again = 'Import-Module $Manifest -Force' }
        @{ How = 'with -Force, twice'; Again = 'Import-Module $Manifest -Force; Import-Module $Manifest -Force' }
        @{ How = 'after a removal'; Again = 'Remove-Module MediaMagic; Import-Module $Manifest' }
        @{ How = 'after two removals'; Again = 'Remove-Module MediaMagic; Import-Module $Manifest; Remove-Module MediaMagic; Import-Module $Manifest' }
        @{ How = 'inside another module'; Again = 'New-Module Outer { param($m) Import-Module $m; Export-ModuleMember -Cmdlet * } -ArgumentList $Manifest | Import-Module' }
    ) {
        $output = Invoke-Fresh @"
            Import-Module `$Manifest
            $Again
            @(Get-Command -Module MediaMagic).Count
            @(Get-MMErrorCatalog -StatusCode 429).Count -gt 0
            @(MediaMagic\Get-MMErrorCatalog -StatusCode 429).Count -gt 0
            ([MediaMagic.Submission] @{ SubmissionId = 'x' }).SubmissionId
"@
        $output | Should -Be @("$($listed.Count)", 'True', 'True', 'x')
    }

    It 'leaves nothing when it is removed' {
        Invoke-Fresh 'Import-Module $Manifest; Remove-Module MediaMagic; @(Get-Command *-MM* -CommandType Cmdlet).Count; @(Get-Module -All | Where-Object Name -Match MediaMagic).Count' |
            Should -Be @('0', '0')
    }

    It 'works inside a module that does not show it' {
        $output = Invoke-Fresh @'
            New-Module Outer { param($m) Import-Module $m; function Get-Outer { Get-MMErrorCatalog -StatusCode 429 -System MediaMagic }; Export-ModuleMember Get-Outer } -ArgumentList $Manifest |
                Import-Module
            (Get-Outer).Code
            @(Get-Command Get-MMErrorCatalog -ErrorAction Ignore).Count
'@
        $output | Should -Be @('RateLimited', '0')
    }

    It 'takes -Prefix and -Cmdlet' {
        Invoke-Fresh 'Import-Module $Manifest -Prefix X -Cmdlet Get-MMErrorCatalog; (Get-Command -Module MediaMagic).Name' | Should -Be 'Get-XMMErrorCatalog'
    }

    It 'makes a type literal of every public type' {
        $output = Invoke-Fresh @'
            Import-Module $Manifest
            $types = (Get-Command Get-MMErrorCatalog).ImplementingType.Assembly.GetExportedTypes() | Where-Object Namespace -EQ MediaMagic
            $types.Count -gt 10
            $types | Where-Object { ($_.FullName -as [type]) -ne $_ } | ForEach-Object FullName
'@
        $output | Should -Be 'True'
    }

    It 'loads only the module''s assembly and its loader' {
        $output = Invoke-Fresh @'
            Import-Module $Manifest
            [System.Runtime.Loader.AssemblyLoadContext]::All | ForEach-Object Assemblies |
                Where-Object { -not $_.IsDynamic -and $_.Location -and -not $_.Location.StartsWith($PSHOME) -and -not $_.Location.StartsWith([System.Runtime.InteropServices.RuntimeEnvironment]::GetRuntimeDirectory()) } |
                ForEach-Object { $_.GetName().Name } | Sort-Object
'@
        $output | Should -Be @('MediaMagic.PowerShell', 'MediaMagic.PowerShell.LoadContext', 'MediaMagic.PowerShell.Loader')
    }

    It 'loads nothing that could ask the network' {
        $script = '[AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name } | Sort-Object -Unique'
        $before = Invoke-Fresh $script
        $after = Invoke-Fresh "Import-Module `$Manifest; $script"
        $after | Where-Object { $_ -notin $before } | Where-Object { $_ -match '^System\.Net\.' } | Should -BeNullOrEmpty
    }

    It 'writes no file' {
        $places = 'home', 'temp' | ForEach-Object { New-Item -ItemType Directory (Join-Path $TestDrive $_) }
        $environment = @{
            HOME                       = "$($places[0])"
            XDG_CACHE_HOME             = "$($places[0])/.cache"
            XDG_CONFIG_HOME            = "$($places[0])/.config"
            XDG_DATA_HOME              = "$($places[0])/.local/share"
            LOCALAPPDATA               = "$($places[0])"
            APPDATA                    = "$($places[0])"
            TMPDIR                     = "$($places[1])"
            TEMP                       = "$($places[1])"
            TMP                        = "$($places[1])"
            POWERSHELL_TELEMETRY_OPTOUT = '1'
        }
        function Get-Listing {
            Get-ChildItem -LiteralPath (@($places.FullName) + $stage) -Recurse -Force -File |
                ForEach-Object { '{0} {1} {2:o}' -f $_.FullName, $_.Length, $_.LastWriteTimeUtc }
        }

        # PowerShell writes caches of its own; the first run has it do so, and the second must add nothing but these.
        Invoke-Fresh '$null' -Environment $environment
        $before = Get-Listing
        Invoke-Fresh 'Import-Module $Manifest; Start-Sleep -Milliseconds 300' -Environment $environment
        $written = Get-Listing | Where-Object { $_ -notin $before }
        $written | Where-Object { $_ -notmatch 'powershell.*(StartupProfileData|ModuleAnalysisCache)|clr-debug-pipe|dotnet-diagnostic' } | Should -BeNullOrEmpty
    }

    It 'gives 64 runspaces at once the same assembly' {
        $output = Invoke-Fresh @'
            $start = [System.Threading.ManualResetEventSlim]::new()
            $running = foreach ($number in 1..64) {
                $shell = [powershell]::Create()
                $null = $shell.AddScript({
                    param($Manifest, $Start)
                    $Start.Wait()
                    Import-Module $Manifest -ErrorAction Stop
                    $assembly = [MediaMagic.Submission].Assembly
                    '{0} {1} {2}' -f @(Get-Command -Module MediaMagic).Count, @(Get-MMErrorCatalog -StatusCode 429 -System MediaMagic).Count,
                        [System.Runtime.CompilerServices.RuntimeHelpers]::GetHashCode($assembly)
                }).AddArgument($Manifest).AddArgument($start)
                @{ Shell = $shell; Result = $shell.BeginInvoke() }
            }
            $start.Set()
            $answers = foreach ($one in $running) { $one.Shell.EndInvoke($one.Result); if ($one.Shell.HadErrors) { "failed: $($one.Shell.Streams.Error)" } }
            $answers.Count
            @($answers | Select-Object -Unique).Count
            $answers[0].Split(' ')[0, 1]
            @([System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ 'MediaMagic').Count
'@
        $output | Should -Be @('64', '1', "$($listed.Count)", '1', '1')
    }
}

Describe 'Isolation' {
    It 'runs the build that was asked for' {
        $expected = @{ 'net10.0' = '.NETCoreApp,Version=v10.0'; 'netstandard2.0' = '.NETStandard,Version=v2.0' }[$build]
        Invoke-Fresh 'Import-Module $Manifest; [MediaMagic.Submission].Assembly.GetCustomAttributes([System.Runtime.Versioning.TargetFrameworkAttribute], $false).FrameworkName' |
            Should -Be $expected
    }

    It 'keeps what it ships out of the default context' {
        $output = Invoke-Fresh @'
            Import-Module $Manifest
            Start-MMSimulator -ProcessingSeconds 0 -Connect
            (Test-MMConnection).Success
            Stop-MMSimulator
            $context = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext([MediaMagic.Submission].Assembly)
            $context.Name
            $context.Assemblies | ForEach-Object { $_.GetName().Name } | Where-Object { $_ -in 'MediaMagic.PowerShell', 'MediaMagic.Simulator', 'Polly.Core' } | Sort-Object
            [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | ForEach-Object { $_.GetName().Name } | Where-Object { $_ -match '^(MediaMagic|Polly)' } | Sort-Object
'@
        $output | Should -Be @('True', 'MediaMagic', 'MediaMagic.PowerShell', 'MediaMagic.Simulator', 'Polly.Core', 'MediaMagic.PowerShell.LoadContext', 'MediaMagic.PowerShell.Loader')
    }

    It 'takes System.Text.Json, TimeProvider and PowerShell from the host' {
        $output = Invoke-Fresh @'
            Import-Module $Manifest
            $null = ConvertFrom-MMErrorResponse 404 '{"detail":"x"}'
            $context = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext([MediaMagic.Submission].Assembly)
            foreach ($name in 'System.Text.Json', 'System.Management.Automation') {
                $assembly = $context.LoadFromAssemblyName([System.Reflection.AssemblyName]::new($name))
                '{0} {1}' -f $name, [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($assembly).Name
            }
            $options = [MediaMagic.Submission].Assembly.GetTypes() | Where-Object Name -EQ 'MediaMagicClientOptions'
            $options.GetProperty('TimeProvider').PropertyType -eq [TimeProvider]
'@
        $output | Should -Be @('System.Text.Json Default', 'System.Management.Automation Default', 'True')
    }

    It 'finds every assembly that a shipped one names' {
        $output = Invoke-Fresh @'
            Import-Module $Manifest
            $module = [MediaMagic.Submission].Assembly
            $context = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($module)
            $build = Split-Path (Split-Path $module.Location) -Leaf
            foreach ($file in Get-ChildItem "$(Split-Path $Manifest)/$build" -Filter *.dll) {
                $assembly = $context.LoadFromAssemblyName([System.Reflection.AssemblyName]::new($file.BaseName))
                foreach ($name in $assembly.GetReferencedAssemblies()) {
                    try { $null = $context.LoadFromAssemblyName($name) } catch { "$($file.Name) names $name" }
                }
            }
            'done'
'@
        $output | Should -Be 'done'
    }

    It 'imports a copy of the build that is loaded' {
        Copy-Item -LiteralPath $stage -Destination "$TestDrive/copy" -Recurse
        Invoke-Fresh "Import-Module `$Manifest; Remove-Module MediaMagic; Import-Module '$TestDrive/copy/MediaMagic.psd1'; @(Get-Command -Module MediaMagic).Count" |
            Should -Be "$($listed.Count)"
    }

    It 'refuses another build in the same process, and says what is loaded' {
        $other = @{ 'net10.0' = 'netstandard2.0'; 'netstandard2.0' = 'net10.0' }[$build]
        $output = Invoke-Fresh @"
            Import-Module `$Manifest
            Remove-Module MediaMagic
            `$env:MEDIAMAGIC_FRAMEWORK = '$other'
            try { Import-Module `$Manifest } catch { `$_.Exception.GetBaseException().Message }
"@
        $output | Should -BeLike "*MediaMagic $version is loaded in this process from '*$build*MediaMagic.PowerShell.dll', so '*$other*MediaMagic.PowerShell.dll', which is another build, cannot be. Start a new PowerShell to use it.*"
    }
}

Describe 'Code compiled ahead of time' {
    BeforeAll {
        $script:system = "$stage/runtimes/$([System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier)/lib"

        # What imports a module, and where the assembly is that it gets.
        function Get-Loaded([string] $Path) {
            Invoke-Fresh "Import-Module '$Path/MediaMagic.psd1'; Start-MMSimulator -Connect; Stop-MMSimulator; [MediaMagic.Submission].Assembly.Location"
        }

        function Get-ModuleId([string] $Path) {
            $image = [System.Reflection.PortableExecutable.PEReader]::new([System.IO.File]::OpenRead($Path))
            try {
                $metadata = [System.Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($image)
                $metadata.GetGuid($metadata.GetModuleDefinition().Mvid)
            }
            finally {
                $image.Dispose()
            }
        }
    }

    It 'is staged for this system, of the same assemblies' {
        $files = Get-ChildItem "$stage/runtimes/*/lib/*" -Filter *.dll -Recurse
        $files | ForEach-Object { $_.Directory.Name } | Select-Object -Unique | Should -Be 'net10.0'
        (Get-ChildItem "$system/net10.0").Name | Should -Be 'MediaMagic.PowerShell.dll', 'MediaMagic.Simulator.dll'
        foreach ($file in $files) { Get-ModuleId $file.FullName | Should -Be (Get-ModuleId "$stage/net10.0/$($file.Name)") -Because $file.FullName }
    }

    It 'is what runs where there is some, and elsewhere the build is' {
        $folder = if (Test-Path "$system/$build") { "$system/$build" } else { "$stage/$build" }
        (Get-Loaded $stage).Replace('\', '/') | Should -Be "$folder/MediaMagic.PowerShell.dll".Replace('\', '/')
    }

    It 'is spared, not an obstacle, when it is <_>' -ForEach 'missing', 'of another system', 'damaged' {
        $copy = "$TestDrive/$_/MediaMagic"
        $null = New-Item -ItemType Directory -Path (Split-Path $copy)
        Copy-Item -LiteralPath $stage -Destination $copy -Recurse
        $native = $system.Replace($stage, $copy)
        switch ($_) {
            'missing' { Remove-Item -LiteralPath $native -Recurse }
            # The field that says for which processor and system.
            'of another system' {
                foreach ($file in Get-ChildItem "$native/net10.0") {
                    $bytes = [System.IO.File]::ReadAllBytes($file.FullName)
                    $machine = [BitConverter]::ToInt32($bytes, 0x3C) + 4
                    $bytes[$machine] = $bytes[$machine] -bxor 0x5A
                    $bytes[$machine + 1] = $bytes[$machine + 1] -bxor 0x5A
                    [System.IO.File]::WriteAllBytes($file.FullName, $bytes)
                }
            }
            'damaged' { Get-ChildItem "$native/net10.0" | ForEach-Object { [System.IO.File]::WriteAllText($_.FullName, 'damaged') } }
        }
        (Get-Loaded $copy).Replace('\', '/') | Should -Be "$copy/$build/MediaMagic.PowerShell.dll".Replace('\', '/')
    }
}

Describe 'The host for Windows PowerShell' {
    It 'serves the module''s folder to the module and to nobody else' {
        $output = Invoke-Fresh @'
            $folder = Split-Path $Manifest
            $host5 = [Activator]::CreateInstance([System.Reflection.Assembly]::LoadFrom("$folder/MediaMagic.PowerShell.Loader.dll").GetType('MediaMagic.Loader.DesktopHost'))
            $call = [System.Reflection.BindingFlags] 'Instance, Public, InvokeMethod'
            $module = $host5.GetType().InvokeMember('Load', $call, $null, $host5, @("$folder/desktop/MediaMagic.PowerShell.dll"))
            try { $null = [System.Reflection.Assembly]::Load('Polly.Core'); 'served' } catch { 'not served' }
            @($module.GetTypes()).Count -gt 100
            @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'Polly.Core' }).Location | Split-Path | Split-Path -Leaf
            $host5.GetType().InvokeMember('IsSame', $call, $null, $host5, @($module, "$folder/desktop/MediaMagic.PowerShell.dll"))
'@
        $output | Should -Be @('not served', 'True', 'desktop', 'True')
    }
}
