#!/usr/bin/env pwsh
#Requires -Version 7.4

<#
.SYNOPSIS
    Makes of the staged module what is released: the package, its bill of materials, the notices, and the sums of these.
.DESCRIPTION
    The package is laid out as Publish-PSResource would, without what differs from one time to the next: entries are sorted and carry one time,
    that of SOURCE_DATE_EPOCH or else of the last commit. The same staged files make the same bytes.
.EXAMPLE
    ./tools/New-Package.ps1 -Path (Get-Item ./output/MediaMagic/*) -Destination ./output/package -AssetsPath ./artifacts/obj/Staging/project.assets.json
#>
[CmdletBinding()]
[OutputType([System.IO.FileInfo])]
param(
    # The staged module.
    [Parameter(Mandatory)]
    [string] $Path,

    # The folder to write; what was in it is gone.
    [Parameter(Mandatory)]
    [string] $Destination,

    # What the package manager chose for the build that was staged.
    [Parameter(Mandatory)]
    [string] $AssetsPath,

    # A script that signs the files it gets as -Path. It runs before anything is hashed, and throws when it cannot sign.
    [string] $SignScript
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$root = (Get-Item -LiteralPath $Path).FullName
$utf8 = [System.Text.UTF8Encoding]::new($false)

# What is ours to sign. The libraries of others stay as their makers signed them.
function Get-OwnFile {
    Get-ChildItem -LiteralPath $root -Recurse -File |
        Where-Object { $_.Name -like 'MediaMagic.*' -and $_.Extension -in '.dll', '.psm1', '.psd1', '.ps1xml' } | ForEach-Object FullName
}

# Not before 1980: archives know no earlier time.
function Get-ReleaseTime {
    $seconds = $env:SOURCE_DATE_EPOCH
    if (-not $seconds -and (Get-Command git -CommandType Application -ErrorAction Ignore)) { $seconds = & git -C $PSScriptRoot log -1 --format=%ct 2>$null }
    [DateTimeOffset]::FromUnixTimeSeconds([Math]::Max(315532800, [long] "0$seconds"))
}

function ConvertTo-Element([System.Collections.IDictionary] $Value, [string] $Indent) {
    @(foreach ($key in $Value.Keys) { "$Indent<$key>$([System.Security.SecurityElement]::Escape($Value[$key]))</$key>" }) -join "`n"
}

# What a repository shows of the package, and finds it by.
function Get-Nuspec {
    $data = $manifest.PrivateData.PSData
    $commands = foreach ($name in $manifest.CmdletsToExport) { "PSCmdlet_$name"; "PSCommand_$name" }
    $elements = ConvertTo-Element -Indent '    ' -Value ([ordered] @{
            id                       = 'MediaMagic'
            version                  = $version
            authors                  = $manifest.Author
            owners                   = $manifest.CompanyName
            requireLicenseAcceptance = 'false'
            licenseUrl               = $data.LicenseUri
            projectUrl               = $data.ProjectUri
            description              = $manifest.Description
            releaseNotes             = $data.ReleaseNotes
            copyright                = $manifest.Copyright
            tags                     = @($data.Tags) + @('PSModule', 'PSIncludes_Cmdlet') + @($commands) -join ' '
        })
    @"
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd">
  <metadata>
$elements
  </metadata>
</package>

"@
}

function Get-Relationship {
    @'
<?xml version="1.0" encoding="utf-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
  <Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest" Target="/MediaMagic.nuspec" Id="R1" />
</Relationships>

'@
}

function Get-ContentType([string[]] $Name) {
    $types = @(
        foreach ($extension in $Name | ForEach-Object { [System.IO.Path]::GetExtension($_).TrimStart('.') } | Where-Object { $_ } | Sort-Object -Unique -Culture '') {
            $type = if ($extension -eq 'rels') { 'application/vnd.openxmlformats-package.relationships+xml' } else { 'application/octet' }
            "  <Default Extension=`"$extension`" ContentType=`"$type`" />"
        }
        foreach ($one in $Name | Where-Object { -not [System.IO.Path]::GetExtension($_) }) { "  <Override PartName=`"/$one`" ContentType=`"application/octet`" />" }
    ) -join "`n"
    @"
<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
$types
</Types>

"@
}

# Everything that the package holds, by its name in it.
function Get-Part {
    $parts = [System.Collections.Generic.SortedDictionary[string, byte[]]]::new([StringComparer]::Ordinal)
    foreach ($file in Get-ChildItem -LiteralPath $root -Recurse -File -Force) {
        $parts[[System.IO.Path]::GetRelativePath($root, $file.FullName).Replace('\', '/')] = [System.IO.File]::ReadAllBytes($file.FullName)
    }
    $parts['MediaMagic.nuspec'] = $utf8.GetBytes((Get-Nuspec).Replace("`r", ''))
    $parts['_rels/.rels'] = $utf8.GetBytes((Get-Relationship).Replace("`r", ''))
    $parts['[Content_Types].xml'] = $utf8.GetBytes((Get-ContentType $parts.Keys).Replace("`r", ''))
    , $parts
}

function Write-Package([string] $File) {
    $parts = Get-Part
    $archive = [System.IO.Compression.ZipFile]::Open($File, [System.IO.Compression.ZipArchiveMode]::Create)
    try {
        foreach ($name in $parts.Keys) {
            $entry = $archive.CreateEntry($name, [System.IO.Compression.CompressionLevel]::Optimal)
            $entry.LastWriteTime = $time
            # A plain file that all may read, as a number with a sign.
            $entry.ExternalAttributes = 0x81A40000
            $stream = $entry.Open()
            try { $stream.Write($parts[$name], 0, $parts[$name].Length) } finally { $stream.Dispose() }
        }
    }
    finally {
        $archive.Dispose()
    }
}

# What sha256sum -c reads.
function Write-Sum([string] $File) {
    $lines = foreach ($one in Get-ChildItem -LiteralPath $Destination -File | Sort-Object Name -Culture '') {
        '{0}  {1}' -f (Get-FileHash -LiteralPath $one.FullName -Algorithm SHA256).Hash.ToLowerInvariant(), $one.Name
    }
    [System.IO.File]::WriteAllText($File, ($lines -join "`n") + "`n", $utf8)
}

if ($SignScript) { & $SignScript -Path @(Get-OwnFile) }

$manifest = Import-PowerShellDataFile -LiteralPath "$root/MediaMagic.psd1"
$label = $manifest.PrivateData.PSData['Prerelease']
$version = $manifest.ModuleVersion + $(if ($label) { "-$label" })
$time = Get-ReleaseTime

if (Test-Path -LiteralPath $Destination) { Remove-Item -LiteralPath $Destination -Recurse -Force }
$Destination = (New-Item -ItemType Directory -Path $Destination).FullName
Write-Package "$Destination/MediaMagic.$version.nupkg"
& "$PSScriptRoot/New-Sbom.ps1" -Path $root -PackagePath "$Destination/MediaMagic.$version.nupkg" -AssetsPath $AssetsPath -Time $time -Destination "$Destination/MediaMagic.$version.cdx.json"
Copy-Item -LiteralPath "$root/THIRD-PARTY-NOTICES.txt" -Destination $Destination
Write-Sum "$Destination/SHA256SUMS"
Get-ChildItem -LiteralPath $Destination -File
