BeforeDiscovery {
    $psResourceGet = Get-Module Microsoft.PowerShell.PSResourceGet -ListAvailable | Select-Object -First 1
    $ways = @(
        @{ Way = 'unpacked by hand'; From = $null }
        if ($psResourceGet) { @{ Way = "by PSResourceGet $($psResourceGet.Version)"; From = $psResourceGet.Path } }
    )
}

BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1" -Force
    $repository = (Resolve-Path "$PSScriptRoot/../..").Path
    $build = Get-BuildUnderTest
    $stage = Split-Path (Get-StagedManifest)
    $manifest = Import-PowerShellDataFile -LiteralPath (Get-StagedManifest)
    $label = $manifest.PrivateData.PSData['Prerelease']
    $version = $manifest.ModuleVersion + $(if ($label) { "-$label" })
    $newPackage = "$repository/tools/New-Package.ps1"
    $assets = "$repository/artifacts/obj/Staging/project.assets.json"

    $null = & $newPackage -Path $stage -Destination "$TestDrive/package" -AssetsPath $assets
    $nupkg = "$TestDrive/package/MediaMagic.$version.nupkg"
    $bill = Get-Content -LiteralPath "$TestDrive/package/MediaMagic.$version.cdx.json" -Raw | ConvertFrom-Json
    $notices = Get-Content -LiteralPath "$stage/THIRD-PARTY-NOTICES.txt" -Raw

    # The files below a folder, by their path in it, with their sums.
    function Get-Sum([string] $Folder) {
        $sums = [System.Collections.Generic.SortedDictionary[string, string]]::new([StringComparer]::Ordinal)
        foreach ($file in Get-ChildItem -LiteralPath $Folder -Recurse -File) {
            $sum = [System.Security.Cryptography.SHA256]::HashData([System.IO.File]::ReadAllBytes($file.FullName))
            $sums[[System.IO.Path]::GetRelativePath($Folder, $file.FullName).Replace('\', '/')] = [Convert]::ToHexString($sum).ToLowerInvariant()
        }
        $sums
    }

    # A package is unpacked into the folder of its version, without what only the package is for.
    function Expand-Package([string] $File, [string] $Folder) {
        [System.IO.Compression.ZipFile]::ExtractToDirectory($File, $Folder)
        foreach ($name in '_rels', '[Content_Types].xml', 'MediaMagic.nuspec') { Remove-Item -LiteralPath "$Folder/$name" -Recurse -Force }
    }

    # A staged module that is quick to pack: without the native libraries.
    function Copy-Light([string] $Folder) {
        $null = New-Item -ItemType Directory -Path $Folder
        Copy-Item -Path "$stage/*" -Destination $Folder -Recurse
        Get-ChildItem -LiteralPath $Folder -Recurse -Directory -Filter native | Remove-Item -Recurse
    }

    $staged = Get-Sum $stage
}

Describe 'The manifest' {
    It 'is clean' {
        $problems = $null
        $found = Test-ModuleManifest -Path (Get-StagedManifest) -WarningVariable problems -ErrorAction Stop 3>$null
        $problems | Should -BeNullOrEmpty
        "$($found.Version)" | Should -Be $manifest.ModuleVersion
        $found.CompatiblePSEditions | Should -Be 'Desktop', 'Core'
    }

    It 'says what a repository shows' {
        $data = $manifest.PrivateData.PSData
        $data.ProjectUri, $data.LicenseUri | ForEach-Object { ([uri] $_).Scheme } | Should -Be 'https', 'https'
        $data.ReleaseNotes | Should -Match 'CHANGELOG\.md$'
        $data.Tags | Should -Contain 'PSEdition_Core'
        $data.Tags | Should -Contain 'PSEdition_Desktop'
        $data.Tags | Where-Object { $_ -match '\s' } | Should -BeNullOrEmpty
    }

    It 'exports by name' {
        $manifest.CmdletsToExport.Count | Should -BeGreaterThan 30
        @($manifest.CmdletsToExport) + $manifest.FunctionsToExport + $manifest.AliasesToExport + $manifest.VariablesToExport |
            Where-Object { $_ -match '[*?]' } | Should -BeNullOrEmpty
        'FunctionsToExport', 'AliasesToExport', 'VariablesToExport' | Where-Object { -not $manifest.ContainsKey($_) } | Should -BeNullOrEmpty
    }
}

Describe 'The package' {
    BeforeAll {
        $archive = [System.IO.Compression.ZipFile]::OpenRead($nupkg)
        $reader = [System.IO.StreamReader]::new($archive.GetEntry('MediaMagic.nuspec').Open())
        $nuspec = ([xml] $reader.ReadToEnd()).package.metadata
        $reader.Dispose()
    }

    AfterAll { $archive.Dispose() }

    It 'holds what is staged and nothing else, sorted, of one time' {
        $names = [string[]] $archive.Entries.FullName
        $sorted = [string[]] $names.Clone()
        [Array]::Sort($sorted, [StringComparer]::Ordinal)
        $names | Should -Be $sorted
        $names | Where-Object { $_ -match '\\|^/|\.\.' } | Should -BeNullOrEmpty
        @($archive.Entries.LastWriteTime | Select-Object -Unique).Count | Should -Be 1

        Expand-Package $nupkg "$TestDrive/unpacked"
        $unpacked = Get-Sum "$TestDrive/unpacked"
        @($unpacked.Keys) | Should -Be @($staged.Keys)
        @($unpacked.Values) | Should -Be @($staged.Values)
    }

    It 'tells a repository what it is' {
        $nuspec.id | Should -Be 'MediaMagic'
        $nuspec.version | Should -Be $version
        $nuspec.description | Should -Be $manifest.Description
        $nuspec.licenseUrl | Should -Be $manifest.PrivateData.PSData.LicenseUri
        $tags = $nuspec.tags -split ' '
        $expected = @('PSModule', 'PSIncludes_Cmdlet', 'PSEdition_Core', 'PSEdition_Desktop') + @($manifest.CmdletsToExport | ForEach-Object { "PSCmdlet_$_"; "PSCommand_$_" })
        $expected | Where-Object { $_ -notin $tags } | Should -BeNullOrEmpty
        # What a gallery takes.
        $nuspec.tags.Length | Should -BeLessOrEqual 4000
    }

    It 'is a package by the rules of packages' {
        $package = [System.IO.Packaging.Package]::Open($nupkg, 'Open', 'Read', 'Read')
        try {
            @($package.GetRelationships()).TargetUri | Should -Be '/MediaMagic.nuspec'
            @($package.GetParts()).Count | Should -Be ($archive.Entries.Count - 1)
        }
        finally {
            $package.Dispose()
        }
    }

    It 'comes out the same from another folder, in another time zone and language' {
        Copy-Light "$TestDrive/here"
        Copy-Light "$TestDrive/another folder"
        Get-ChildItem -LiteralPath "$TestDrive/another folder" -Recurse -File | ForEach-Object { $_.LastWriteTimeUtc = [datetime] '2001-02-03' }
        $null = & $newPackage -Path "$TestDrive/here" -Destination "$TestDrive/first" -AssetsPath $assets
        $run = Invoke-ChildPowerShell '-File', $newPackage, '-Path', "$TestDrive/another folder", '-Destination', "$TestDrive/again", '-AssetsPath', $assets -Environment @{
            TZ = 'Pacific/Auckland'; LANG = 'tr_TR.UTF-8'; LC_ALL = 'tr_TR.UTF-8'
        }
        $run.ExitCode | Should -Be 0 -Because $run.Errors
        $first = Get-Sum "$TestDrive/first"
        $again = Get-Sum "$TestDrive/again"
        @($again.Keys) | Should -Be @($first.Keys)
        @($again.Values) | Should -Be @($first.Values)
        $again.Count | Should -Be 4
    }

    It 'comes with sums that sha256sum takes' {
        $lines = [System.IO.File]::ReadAllText("$TestDrive/package/SHA256SUMS").TrimEnd("`n") -split "`n"
        $found = Get-Sum "$TestDrive/package"
        $lines | Should -Be ($found.Keys | Where-Object { $_ -ne 'SHA256SUMS' } | ForEach-Object { "$($found[$_])  $_" })
        if (Get-Command sha256sum -CommandType Application -ErrorAction Ignore) {
            Push-Location "$TestDrive/package"
            try { & sha256sum --check --strict --quiet SHA256SUMS } finally { Pop-Location }
            $LASTEXITCODE | Should -Be 0
        }
    }
}

Describe 'The bill of materials' {
    It 'names every file once, with its sum' {
        $files = @($bill.metadata.component.components) + @($bill.components.components)
        $files.name | Sort-Object -Culture '' | Should -Be (@($staged.Keys) | Sort-Object -Culture '')
        $files | Where-Object { $_.hashes[0].content -ne $staged[$_.name] } | ForEach-Object name | Should -BeNullOrEmpty
        ($bill.metadata.component.components.name | Where-Object { $_ -match '\.(dll|so|dylib)$' } | Split-Path -Leaf) -notlike 'MediaMagic.*' | Should -BeNullOrEmpty
    }

    It 'names what the builds bring' {
        $names = $bill.components.name
        'Polly.Core', 'Npgsql', 'Microsoft.Data.Sqlite.Core', 'SQLite', 'System.IO.Hashing', 'System.Text.Json' | Where-Object { $_ -notin $names } | Should -BeNullOrEmpty
        $bill.components.purl | Should -Be ($bill.components | ForEach-Object { "pkg:nuget/$($_.name)@$($_.version)" })
        $bill.components.'bom-ref' | Should -Be $bill.components.purl
        @($bill.components.purl | Select-Object -Unique).Count | Should -Be $bill.components.Count
    }

    It 'belongs to the package, and its graph is whole' {
        $bill.bomFormat, $bill.specVersion | Should -Be 'CycloneDX', '1.6'
        $bill.serialNumber | Should -Match '^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$'
        $self = $bill.metadata.component
        $self.purl | Should -Be "pkg:nuget/MediaMagic@$version"
        $self.hashes[0].content | Should -Be (Get-FileHash -LiteralPath $nupkg).Hash.ToLowerInvariant()
        $bill.dependencies.ref | Sort-Object | Should -Be (@($self.purl) + $bill.components.purl | Sort-Object)

        $reached = @{ $self.purl = $true }
        do {
            $before = $reached.Count
            foreach ($one in $bill.dependencies | Where-Object { $reached.ContainsKey($_.ref) }) { foreach ($to in $one.dependsOn) { $reached[$to] = $true } }
        } while ($reached.Count -gt $before)
        $reached.Keys | Sort-Object | Should -Be ($bill.dependencies.ref | Sort-Object)
    }

    It 'is refused to a library that no package brought' {
        $null = New-Item -ItemType Directory "$TestDrive/strange/net10.0"
        Copy-Item -LiteralPath "$stage/MediaMagic.psd1", "$stage/THIRD-PARTY-NOTICES.txt" -Destination "$TestDrive/strange"
        # The name is known, the bytes are not.
        Set-Content -LiteralPath "$TestDrive/strange/net10.0/Polly.Core.dll" -Value 'Not Polly.'
        { & $newPackage -Path "$TestDrive/strange" -Destination "$TestDrive/nothing" -AssetsPath $assets } | Should -Throw '*Polly.Core.dll is in no package*'
    }
}

Describe 'The third-party notices' {
    BeforeAll {
        $table = [regex]::Match($notices, '(?ms)^Package +Version +Licence\r?\n(.+?)\r?\n\r?\n').Groups[1].Value -split '\r?\n'
        $heads = [regex]::Matches($notices, '(?ms)^={79}\r?\n(.+?)\r?\n={79}$') | ForEach-Object { $_.Groups[1].Value -split '\r?\n' }
        $folder = @((Get-Content -LiteralPath $assets -Raw | ConvertFrom-Json -AsHashtable).packageFolders.Keys)[0]
        function Get-Plain([string] $Text) { ($Text -replace '\s+', ' ').Trim() }
    }

    It 'list what is shipped, no more and no less' {
        $table -replace ' +(\S+) +.*', ' $1' | Sort-Object | Should -Be ($bill.components | ForEach-Object { "$($_.name) $($_.version)" } | Sort-Object)
        $heads | Where-Object { $_ -in $bill.components.name } | Sort-Object | Should -Be ($bill.components.name | Sort-Object)
    }

    It 'give each package the licence that it declares, and its text' {
        $plain = Get-Plain $notices
        $texts = 0
        foreach ($row in $table) {
            $name, $one, $licence = $row -split ' +', 3
            $package = Join-Path $folder $name.ToLowerInvariant() $one
            $declared = ([xml] (Get-Content -LiteralPath "$package/$($name.ToLowerInvariant()).nuspec" -Raw)).package.metadata['license']
            if ($declared -and $declared.type -eq 'expression') { $licence | Should -Be $declared.InnerText -Because $name }
            foreach ($file in Get-ChildItem -LiteralPath $package -File | Where-Object Name -Like 'LICENSE*') {
                $plain.Contains((Get-Plain (Get-Content -LiteralPath $file.FullName -Raw))) | Should -BeTrue -Because $file.FullName
                $texts++
            }
        }
        $texts | Should -BeGreaterThan 5
    }

    It 'are beside the package too' {
        Get-Content -LiteralPath "$TestDrive/package/THIRD-PARTY-NOTICES.txt" -Raw | Should -Be $notices
    }
}

Describe 'A signed release candidate' {
    BeforeAll {
        $light = "$TestDrive/light"
        Copy-Light $light
        & "$repository/tools/Export-Manifest.ps1" -Path "$stage/MediaMagic.psd1" -Destination "$light/MediaMagic.psd1" -Prerelease rc7
        Set-Content -LiteralPath "$TestDrive/sign.ps1" -Value @'
param([string[]] $Path)
foreach ($file in $Path) { [System.IO.File]::AppendAllText($file, "`n# signed") }
'@
        $before = Get-Sum $light
        $null = & $newPackage -Path $light -Destination "$TestDrive/signed" -AssetsPath $assets -SignScript "$TestDrive/sign.ps1"
        $after = Get-Sum $light
        $changed = @($after.Keys | Where-Object { $after[$_] -ne $before[$_] })
    }

    It 'has its label in the manifest and in the package''s version' {
        "$TestDrive/signed/MediaMagic.$($manifest.ModuleVersion)-rc7.nupkg" | Should -Exist
        (Import-PowerShellDataFile -LiteralPath "$light/MediaMagic.psd1").PrivateData.PSData.Prerelease | Should -Be 'rc7'
        (Test-ModuleManifest -Path "$light/MediaMagic.psd1").PrivateData.PSData.Prerelease | Should -Be 'rc7'
    }

    It 'has exactly the files of the module signed' {
        $changed | Should -Be @(
            'MediaMagic.Format.ps1xml'
            'MediaMagic.PowerShell.LoadContext.dll'
            'MediaMagic.PowerShell.Loader.dll'
            'MediaMagic.Types.ps1xml'
            'MediaMagic.Views.psd1'
            'MediaMagic.psd1'
            'MediaMagic.psm1'
            'desktop/MediaMagic.PowerShell.dll'
            'desktop/MediaMagic.Simulator.dll'
            'net10.0/MediaMagic.PowerShell.dll'
            'net10.0/MediaMagic.Simulator.dll'
            'netstandard2.0/MediaMagic.PowerShell.dll'
            'netstandard2.0/MediaMagic.Simulator.dll'
            $before.Keys -like 'runtimes/*/lib/net10.0/MediaMagic.*.dll'
        )
        # None of those whose code is ours is left out.
        $after.Keys | Where-Object { $_ -notin $changed -and $_ -match '\.(ps1|psm1|psd1|ps1xml)$|MediaMagic\..*\.dll$' } | Should -BeNullOrEmpty
    }

    It 'is hashed and packed as signed' {
        Expand-Package "$TestDrive/signed/MediaMagic.$($manifest.ModuleVersion)-rc7.nupkg" "$TestDrive/signed-files"
        $packed = Get-Sum "$TestDrive/signed-files"
        $files = (Get-Content -LiteralPath "$TestDrive/signed/MediaMagic.$($manifest.ModuleVersion)-rc7.cdx.json" -Raw | ConvertFrom-Json).metadata.component.components
        $changed | ForEach-Object { $packed[$_] } | Should -Be ($changed | ForEach-Object { $after[$_] })
        $changed | ForEach-Object { ($files | Where-Object name -EQ $_).hashes[0].content } | Should -Be ($changed | ForEach-Object { $after[$_] })
    }

    It 'is not packed when the signing fails' {
        Set-Content -LiteralPath "$TestDrive/fail.ps1" -Value 'throw "no certificate"'
        { & $newPackage -Path $light -Destination "$TestDrive/unsigned" -AssetsPath $assets -SignScript "$TestDrive/fail.ps1" } | Should -Throw 'no certificate'
        "$TestDrive/unsigned" | Should -Not -Exist
    }
}

Describe 'Installed from the package alone, <Way>' -ForEach $ways {
    BeforeAll {
        # Nothing of this machine but the system: an own home, an own place for temporary files, a folder far from the repository.
        $clean = Join-Path ([System.IO.Path]::GetTempPath()) "mediamagic-clean-$([guid]::NewGuid().ToString('n'))"
        foreach ($name in 'home', 'temp', 'modules', 'packages', 'work') { $null = New-Item -ItemType Directory -Path "$clean/$name" }
        Copy-Item -LiteralPath $nupkg -Destination "$clean/packages"
        Copy-Item -LiteralPath "$PSScriptRoot/Use-Installed.ps1" -Destination $clean
        if (-not $From) { Expand-Package $nupkg "$clean/modules/MediaMagic/$($manifest.ModuleVersion)" }

        $environment = @{ PSModulePath = "$clean/modules"; NO_COLOR = '1'; POWERSHELL_TELEMETRY_OPTOUT = '1'; MEDIAMAGIC_FRAMEWORK = $build }
        foreach ($name in 'HOME', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA') { $environment[$name] = "$clean/home" }
        foreach ($name in 'TMPDIR', 'TEMP', 'TMP') { $environment[$name] = "$clean/temp" }
        foreach ($name in (Get-ChildItem Env:).Name | Where-Object { $_ -notmatch '^(PATH|SystemRoot|windir|ComSpec|PATHEXT|DOTNET_.*)$' }) {
            if (-not $environment.ContainsKey($name)) { $environment[$name] = $null }
        }
        $arguments = if ($From) { '-PSResourceGet', $From, '-Packages', "$clean/packages" } else { @() }
        $run = Invoke-ChildPowerShell (@('-File', "$clean/Use-Installed.ps1") + $arguments) -Environment $environment -WorkingDirectory "$clean/work"
        $seen = if ($run.ExitCode -eq 0) { $run.Output | ConvertFrom-Json }
    }

    AfterAll { Remove-Item -LiteralPath $clean -Recurse -Force }

    It 'runs the main flow' {
        $run.Errors | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 0 -Because $run.Output
        $seen.Status | Should -Be 'complete'
        $seen.Issues | Should -BeGreaterThan 0
        $seen.Ledger | Should -Be 'Submitted'
        $seen.Errors | Should -BeNullOrEmpty
    }

    It 'is the version and build that was packed, and exports its cmdlets' {
        $seen.Version | Should -Be $manifest.ModuleVersion
        $seen.Build | Should -Be $build
        $seen.Commands | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
    }

    It 'has its help' {
        $seen.Synopsis | Should -Match '^[A-Z][^\n]{10,}\.$'
        $seen.Examples | Should -BeGreaterThan 1
        $seen.About | Should -BeTrue
    }

    It 'has every file, and uses no other' {
        $seen.Base.Replace('\', '/') | Should -Match "$([regex]::Escape($clean.Replace('\', '/'))).*/MediaMagic/$([regex]::Escape($manifest.ModuleVersion))$"
        $installed = Get-Sum $seen.Base
        # What the installer adds, to know later what it installed.
        $null = $installed.Remove('PSGetModuleInfo.xml')
        @($installed.Keys) | Should -Be @($staged.Keys)
        @($installed.Values) | Should -Be @($staged.Values)
        $seen.Elsewhere | Should -BeNullOrEmpty
    }
}
