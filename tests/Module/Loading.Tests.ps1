BeforeDiscovery {
    Import-Module "$PSScriptRoot/Support.psm1" -Force
    $compiled = (Get-BuildUnderTest) -eq 'net10.0'
}

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
        $shipped | Should -Contain 'System.IO.Hashing.dll'

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

# One process that had loaded nothing imports the module and uses it, and says what it saw on the way.
Describe 'Importing' {
    BeforeAll {
        Set-Content -LiteralPath "$TestDrive/Empty.psm1" -Value ''
        New-ModuleManifest -Path "$TestDrive/Empty.psd1" -RootModule Empty.psm1

        # On other threads, PowerShell's startup profile (off below 63 processors) and its telemetry would load assemblies meanwhile.
        $script:seen = Invoke-Fresh -Environment @{ EMPTY = "$TestDrive/Empty.psd1"; DOTNET_MultiCoreJitMinNumCpus = '63'; POWERSHELL_TELEMETRY_OPTOUT = '1' } @'
            function Get-Loaded { [System.Runtime.Loader.AssemblyLoadContext]::All | ForEach-Object Assemblies | Where-Object { -not $_.IsDynamic } }
            $seen = @{}
            Import-Module $env:EMPTY
            $before = Get-Loaded
            Import-Module $Manifest
            $new = Get-Loaded | Where-Object { $_ -notin $before }
            $seen.Network = @($new | ForEach-Object { $_.GetName().Name } | Where-Object { $_ -match '^System\.Net\.' })
            $seen.Foreign = @($new |
                Where-Object { $_.Location -and -not $_.Location.StartsWith($PSHOME) -and -not $_.Location.StartsWith([System.Runtime.InteropServices.RuntimeEnvironment]::GetRuntimeDirectory()) } |
                ForEach-Object { $_.GetName().Name } | Sort-Object)

            $seen.Exported = @((Get-Module MediaMagic).ExportedCommands.Values | ForEach-Object { "$($_.CommandType) $($_.Name)" })
            $module = [MediaMagic.Submission].Assembly
            $seen.Framework = $module.GetCustomAttributes([System.Runtime.Versioning.TargetFrameworkAttribute], $false).FrameworkName
            $seen.Location = $module.Location
            $types = $module.GetExportedTypes() | Where-Object Namespace -EQ MediaMagic
            $seen.Types = @($types).Count
            $seen.NoLiteral = @($types | Where-Object { ($_.FullName -as [type]) -ne $_ } | ForEach-Object FullName)

            Start-MMSimulator -ProcessingSeconds 0 -Connect
            $seen.Works = (Test-MMConnection).Success
            Stop-MMSimulator
            $context = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($module)
            $seen.Context = $context.Name
            $seen.Inside = @($context.Assemblies | ForEach-Object { $_.GetName().Name } | Where-Object { $_ -in 'MediaMagic.PowerShell', 'MediaMagic.Simulator', 'Polly.Core' } | Sort-Object)
            $seen.Outside = @([System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | ForEach-Object { $_.GetName().Name } | Where-Object { $_ -match '^(MediaMagic|Polly|System\.IO\.Hashing)' } | Sort-Object)

            $null = ConvertFrom-MMErrorResponse 404 '{"detail":"x"}'
            $seen.Host = @(foreach ($name in 'System.Text.Json', 'System.Management.Automation') {
                    [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($context.LoadFromAssemblyName([System.Reflection.AssemblyName]::new($name))).Name
                })
            $options = $module.GetTypes() | Where-Object Name -EQ 'MediaMagicClientOptions'
            $seen.TimeProvider = $options.GetProperty('TimeProvider').PropertyType -eq [TimeProvider]

            # Last, since it loads everything.
            $shipped = Get-ChildItem "$(Split-Path $Manifest)/$(Split-Path (Split-Path $module.Location) -Leaf)" -Filter *.dll
            $seen.Shipped = @($shipped).Count
            $seen.Missing = @(foreach ($file in $shipped) {
                    $assembly = $context.LoadFromAssemblyName([System.Reflection.AssemblyName]::new($file.BaseName))
                    foreach ($name in $assembly.GetReferencedAssemblies()) { try { $null = $context.LoadFromAssemblyName($name) } catch { "$($file.Name) names $name" } }
                })

            Remove-Module MediaMagic
            $seen.Left = @(Get-Command *-MM* -CommandType Cmdlet).Count + @(Get-Module -All | Where-Object Name -Match MediaMagic).Count
            $seen | ConvertTo-Json -Depth 3
'@ | ConvertFrom-Json
    }

    It 'exports exactly the cmdlets of the manifest' {
        $seen.Exported | Sort-Object | Should -Be ($listed | ForEach-Object { "Cmdlet $_" } | Sort-Object)
    }

    It 'leaves nothing when it is removed' { $seen.Left | Should -Be 0 }

    It 'makes a type literal of every public type' {
        $seen.Types | Should -BeGreaterThan 10
        $seen.NoLiteral | Should -BeNullOrEmpty
    }

    It 'loads only the module''s assembly and its loader' {
        $seen.Foreign | Should -Be @('MediaMagic.PowerShell', 'MediaMagic.PowerShell.LoadContext', 'MediaMagic.PowerShell.Loader')
    }

    It 'loads nothing that could ask the network, beside an empty module' { $seen.Network | Should -BeNullOrEmpty }

    It 'runs the build that was asked for' {
        $seen.Framework | Should -Be @{ 'net10.0' = '.NETCoreApp,Version=v10.0'; 'netstandard2.0' = '.NETStandard,Version=v2.0' }[$build]
    }

    It 'runs the code compiled ahead of time where there is some, and elsewhere the build' {
        $native = "$stage/runtimes/$([System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier)/lib/$build"
        $folder = if (Test-Path $native) { $native } else { "$stage/$build" }
        $seen.Location.Replace('\', '/') | Should -Be "$folder/MediaMagic.PowerShell.dll".Replace('\', '/')
    }

    It 'keeps what it ships out of the default context' {
        $seen.Works | Should -BeTrue
        $seen.Context | Should -Be 'MediaMagic'
        $seen.Inside | Should -Be @('MediaMagic.PowerShell', 'MediaMagic.Simulator', 'Polly.Core')
        $seen.Outside | Should -Be @('MediaMagic.PowerShell.LoadContext', 'MediaMagic.PowerShell.Loader')
    }

    It 'takes System.Text.Json, TimeProvider and PowerShell from the host' {
        $seen.Host | Should -Be @('Default', 'Default')
        $seen.TimeProvider | Should -BeTrue
    }

    It 'finds every assembly that a shipped one names' {
        $seen.Shipped | Should -BeGreaterThan 2
        $seen.Missing | Should -BeNullOrEmpty
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

        $before = Get-Listing
        Invoke-Fresh 'Import-Module $Manifest' -Environment $environment

        # PowerShell writes caches of its own.
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

# One process, a runspace for each way.
Describe 'Importing again' {
    BeforeAll {
        Copy-Item -LiteralPath $stage -Destination "$TestDrive/copy" -Recurse
        $other = @{ 'net10.0' = 'netstandard2.0'; 'netstandard2.0' = 'net10.0' }[$build]
        $use = '@(Get-Command -Module MediaMagic).Count; @(Get-MMErrorCatalog -StatusCode 429).Count -gt 0; @(MediaMagic\Get-MMErrorCatalog -StatusCode 429).Count -gt 0; ([MediaMagic.Submission] @{ SubmissionId = "x" }).SubmissionId'
        $ways = [ordered] @{
            'as it is'                  = "Import-Module `$Manifest; Import-Module `$Manifest; $use"
            'with -Force'               = "Import-Module `$Manifest; Import-Module `$Manifest -Force; $use"
            'with -Force, twice'        = "Import-Module `$Manifest; Import-Module `$Manifest -Force; Import-Module `$Manifest -Force; $use"
            'after a removal'           = "Import-Module `$Manifest; Remove-Module MediaMagic; Import-Module `$Manifest; $use"
            'after two removals'        = "Import-Module `$Manifest; Remove-Module MediaMagic; Import-Module `$Manifest; Remove-Module MediaMagic; Import-Module `$Manifest; $use"
            'inside another module'     = "Import-Module `$Manifest; New-Module Outer { param(`$m) Import-Module `$m; Export-ModuleMember -Cmdlet * } -ArgumentList `$Manifest | Import-Module; $use"
            'hidden in another module'  = @'
                New-Module Outer { param($m) Import-Module $m; function Get-Outer { Get-MMErrorCatalog -StatusCode 429 -System MediaMagic }; Export-ModuleMember Get-Outer } -ArgumentList $Manifest |
                    Import-Module
                (Get-Outer).Code
                @(Get-Command Get-MMErrorCatalog -ErrorAction Ignore).Count
'@
            'with -Prefix and -Cmdlet'  = 'Import-Module $Manifest -Prefix X -Cmdlet Get-MMErrorCatalog; (Get-Command -Module MediaMagic).Name'
            'a copy of the same build'  = "Import-Module `$Manifest; Remove-Module MediaMagic; Import-Module '$TestDrive/copy/MediaMagic.psd1'; @(Get-Command -Module MediaMagic).Count"
            'another build'             = "Import-Module `$Manifest; Remove-Module MediaMagic; `$env:MEDIAMAGIC_FRAMEWORK = '$other'; try { Import-Module `$Manifest } catch { `$_.Exception.GetBaseException().Message }"
        }
        $script:results = Invoke-Fresh -Environment @{ WAYS = ($ways | ConvertTo-Json) } @'
            $results = [ordered] @{}
            foreach ($way in ($env:WAYS | ConvertFrom-Json).PSObject.Properties) {
                $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
                $results[$way.Name] = @($shell.AddScript('param($Manifest) $ErrorActionPreference = "Stop"' + "`n" + $way.Value).AddArgument($Manifest).Invoke() | ForEach-Object { "$_" })
                $shell.Runspace.Dispose()
            }
            $results | ConvertTo-Json
'@ | ConvertFrom-Json
    }

    It 'works <_>' -ForEach 'as it is', 'with -Force', 'with -Force, twice', 'after a removal', 'after two removals', 'inside another module' {
        $results.$_ | Should -Be @("$($listed.Count)", 'True', 'True', 'x')
    }

    It 'works inside a module that does not show it' { $results.'hidden in another module' | Should -Be @('RateLimited', '0') }

    It 'takes -Prefix and -Cmdlet' { $results.'with -Prefix and -Cmdlet' | Should -Be 'Get-XMMErrorCatalog' }

    It 'imports a copy of the build that is loaded' { $results.'a copy of the same build' | Should -Be "$($listed.Count)" }

    It 'refuses another build in the same process, and says what is loaded' {
        $other = @{ 'net10.0' = 'netstandard2.0'; 'netstandard2.0' = 'net10.0' }[$build]
        $results.'another build' |
            Should -BeLike "*MediaMagic $version from '*$build' is loaded in this process, so MediaMagic $version from '*$other' cannot be imported. Start a new PowerShell process and import it there.*"
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

    # Only this build has some.
    if ($compiled) {
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
