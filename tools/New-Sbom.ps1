#!/usr/bin/env pwsh
#Requires -Version 7.4

<#
.SYNOPSIS
    Writes the bill of materials of the staged module, as CycloneDX 1.6: what it consists of, from whom, under which licence.
.DESCRIPTION
    Goes by what is shipped: each library is looked up among the files of the packages that the build used, and is either one of them, byte for
    byte, or ours. Anything else stops the release. Licences are those of THIRD-PARTY-NOTICES.txt, which people have read.
.EXAMPLE
    ./tools/New-Sbom.ps1 -Path $staged -PackagePath $nupkg -AssetsPath ./artifacts/obj/Staging/project.assets.json -Time $time -Destination ./bom.json
#>
[CmdletBinding()]
param(
    # The staged module.
    [Parameter(Mandatory)]
    [string] $Path,

    # The package that was made of it.
    [Parameter(Mandatory)]
    [string] $PackagePath,

    # What the package manager chose for the build that was staged.
    [Parameter(Mandatory)]
    [string] $AssetsPath,

    # When this is said to be made.
    [Parameter(Mandatory)]
    [DateTimeOffset] $Time,

    # The file to write.
    [Parameter(Mandatory)]
    [string] $Destination
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$libraries = '.dll', '.so', '.dylib'

function Get-Sum([string] $File) { [Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData([System.IO.File]::ReadAllBytes($File))).ToLowerInvariant() }

function Get-Hash([string] $Sum) { , @([ordered] @{ alg = 'SHA-256'; content = $Sum }) }

# Licences by package, as "name/version", from the table of the notices.
function Get-Licence {
    $table = [regex]::Match([System.IO.File]::ReadAllText("$Path/THIRD-PARTY-NOTICES.txt"), '(?ms)^Package +Version +Licence\r?\n(.+?)\r?\n\r?\n').Groups[1].Value
    $licences = @{}
    foreach ($row in [regex]::Matches($table, '(?m)^(\S+) +(\S+) +(\S.*?)\r?$')) {
        $licences["$($row.Groups[1].Value)/$($row.Groups[2].Value)"] = $row.Groups[3].Value
    }
    $licences
}

# The libraries that the packages hold: of each name, all places where it is.
function Get-Candidate {
    $candidates = @{}
    foreach ($key in $assets.libraries.Keys) {
        $package = $assets.libraries[$key]
        if ($package.type -ne 'package') { continue }
        $folder = $assets.packageFolders.Keys | ForEach-Object { Join-Path $_ $package.path } | Where-Object { Test-Path -LiteralPath $_ } | Select-Object -First 1
        if (-not $folder) { throw "The package $key is not where the build found it." }
        foreach ($file in $package.files | Where-Object { [System.IO.Path]::GetExtension($_) -in $libraries }) {
            $name = Split-Path $file -Leaf
            if (-not $candidates.ContainsKey($name)) { $candidates[$name] = [System.Collections.Generic.List[object]]::new() }
            $candidates[$name].Add(@{ Key = $key; File = "$folder/$file" })
        }
    }
    $candidates
}

# The package that brought a library; nothing for what is ours.
function Find-Origin([System.IO.FileInfo] $File, [string] $Sum) {
    if ($File.Extension -notin $libraries -or $File.Name -like 'MediaMagic.*') { return }
    foreach ($candidate in $candidates[$File.Name]) {
        if ((Get-Item -LiteralPath $candidate.File).Length -eq $File.Length -and (Get-Sum $candidate.File) -eq $Sum) { return $candidate.Key }
    }
    throw "$($File.FullName) is in no package that the build used."
}

# The shipped packages that a package or project leads to, past those that bring no file.
function Get-Reached([System.Collections.IDictionary] $Target, [string] $Key) {
    $keys = @{}
    foreach ($one in $Target.Keys) { $keys[$one.Split('/')[0]] = $one }
    $open = [System.Collections.Generic.Queue[string]]::new()
    $open.Enqueue($Key)
    while ($open.Count -gt 0) {
        $dependencies = $Target[$open.Dequeue()]['dependencies']
        if (-not $dependencies) { continue }
        foreach ($next in $dependencies.Keys | ForEach-Object { $keys[$_] } | Where-Object { $_ -and $Target[$_].type -eq 'package' }) {
            if ($shipped.ContainsKey($next)) { $next } else { $open.Enqueue($next) }
        }
    }
}

function Get-Reference([string] $Key) { 'pkg:nuget/' + $Key.Replace('/', '@') }

function ConvertTo-Component([string] $Key) {
    $licence = $licences[$Key]
    if (-not $licence) { throw "THIRD-PARTY-NOTICES.txt does not name $Key." }
    [ordered] @{
        type       = 'library'
        'bom-ref'  = Get-Reference $Key
        name       = $Key.Split('/')[0]
        version    = $Key.Split('/')[1]
        # Names of one word are those of SPDX.
        licenses   = @(@{ license = if ($licence -match ' ') { @{ name = $licence } } else { @{ id = $licence } } })
        purl       = Get-Reference $Key
        components = $shipped[$Key]
    }
}

$manifest = Import-PowerShellDataFile -LiteralPath "$Path/MediaMagic.psd1"
$assets = Get-Content -LiteralPath $AssetsPath -Raw | ConvertFrom-Json -AsHashtable
$licences = Get-Licence
$candidates = Get-Candidate
$own = [System.Collections.Generic.List[object]]::new()
$shipped = [System.Collections.Generic.SortedDictionary[string, object]]::new([StringComparer]::Ordinal)

$files = [System.Collections.Generic.SortedDictionary[string, System.IO.FileInfo]]::new([StringComparer]::Ordinal)
foreach ($file in Get-ChildItem -LiteralPath $Path -Recurse -File -Force) { $files[[System.IO.Path]::GetRelativePath($Path, $file.FullName).Replace('\', '/')] = $file }
foreach ($name in $files.Keys) {
    $sum = Get-Sum $files[$name].FullName
    $key = Find-Origin $files[$name] $sum
    if ($key -and -not $shipped.ContainsKey($key)) { $shipped[$key] = [System.Collections.Generic.List[object]]::new() }
    $file = [ordered] @{ type = 'file'; name = $name; hashes = Get-Hash $sum }
    if ($key) { $shipped[$key].Add($file) } else { $own.Add($file) }
}

$self = Get-Reference ('MediaMagic/' + [regex]::Match((Split-Path $PackagePath -Leaf), '^MediaMagic\.(.+)\.nupkg$').Groups[1].Value)
$reached = [System.Collections.Generic.SortedDictionary[string, System.Collections.Generic.SortedSet[string]]]::new([StringComparer]::Ordinal)
foreach ($key in @($self) + @($shipped.Keys | ForEach-Object { Get-Reference $_ })) { $reached[$key] = [System.Collections.Generic.SortedSet[string]]::new([StringComparer]::Ordinal) }
foreach ($target in $assets.targets.Values) {
    foreach ($key in $target.Keys) {
        $from = if ($target[$key].type -eq 'project') { $self } elseif ($shipped.ContainsKey($key)) { Get-Reference $key } else { continue }
        foreach ($to in Get-Reached $target $key) { $null = $reached[$from].Add((Get-Reference $to)) }
    }
}

# The number of this bill follows from the package: the same one has the same.
$sum = Get-Sum $PackagePath
$number = '{0}-{1}-8{2}-a{3}-{4}' -f $sum.Substring(0, 8), $sum.Substring(8, 4), $sum.Substring(12, 3), $sum.Substring(15, 3), $sum.Substring(18, 12)
$bill = [ordered] @{
    '$schema'    = 'http://cyclonedx.org/schema/bom-1.6.schema.json'
    bomFormat    = 'CycloneDX'
    specVersion  = '1.6'
    serialNumber = "urn:uuid:$number"
    version      = 1
    metadata     = [ordered] @{
        timestamp = $Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", [cultureinfo]::InvariantCulture)
        component = [ordered] @{
            type        = 'library'
            'bom-ref'   = $self
            name        = 'MediaMagic'
            version     = $self.Split('@')[1]
            description = $manifest.Description
            hashes      = Get-Hash $sum
            licenses    = @(@{ license = @{ id = 'MIT' } })
            copyright   = $manifest.Copyright
            purl        = $self
            components  = $own
        }
    }
    components   = @($shipped.Keys | ForEach-Object { ConvertTo-Component $_ })
    dependencies = @(foreach ($key in $reached.Keys) { [ordered] @{ ref = $key; dependsOn = @($reached[$key]) } })
}
[System.IO.File]::WriteAllText($Destination, ($bill | ConvertTo-Json -Depth 10).Replace("`r", '') + "`n", [System.Text.UTF8Encoding]::new($false))
