#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Makes what Get-Help reads of the pages under docs/help: one MAML file of the cmdlets' pages, one text file of each about topic.
.DESCRIPTION
    The pages are in the form of Microsoft.PowerShell.PlatyPS, which this script does not need: a module built anywhere has its help.
.EXAMPLE
    ./tools/Export-Help.ps1 -Path ./docs/help -Destination ./output/help/en-US
#>
[CmdletBinding()]
param(
    # The folder of the pages.
    [Parameter(Mandatory)]
    [string] $Path,

    # The folder that gets the help files.
    [Parameter(Mandatory)]
    [string] $Destination
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$maml = 'http://schemas.microsoft.com/maml/2004/10'
$command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
$dev = 'http://schemas.microsoft.com/maml/dev/2004/10'
$width = 79

# The parts of a text under headings of that level; what stands in fences is no heading.
function Split-Part([string[]] $Line, [int] $Level) {
    $part = $null
    $fenced = $false
    foreach ($text in $Line) {
        if ($text -match '^\s*```') { $fenced = -not $fenced }
        if (-not $fenced -and $text -match "^#{$Level} (.+?)\s*$") {
            if ($part) { $part }
            $part = [pscustomobject] @{ Title = $Matches[1]; Line = [System.Collections.Generic.List[string]]::new() }
        }
        elseif ($part) {
            $part.Line.Add($text)
        }
    }
    if ($part) { $part }
}

# The fenced blocks and the prose between them, in order.
function Split-Block([string[]] $Line) {
    $block = [pscustomobject] @{ Language = $null; Line = [System.Collections.Generic.List[string]]::new() }
    foreach ($text in $Line) {
        if ($text -match '^\s*```(\w*)') {
            if ($block.Line.Count -gt 0) { $block }
            $inside = $null -ne $block.Language
            $block = [pscustomobject] @{ Language = if ($inside) { $null } else { $Matches[1] }; Line = [System.Collections.Generic.List[string]]::new() }
        }
        else {
            $block.Line.Add($text)
        }
    }
    if ($block.Line.Count -gt 0) { $block }
}

function ConvertTo-Plain([string] $Text) {
    $Text -replace '\[([^\]]+)\]\([^)]*\)', '$1' -replace '\*\*([^*]+)\*\*', '$1' -replace '`([^`]+)`', '$1'
}

# The paragraphs and list items of prose, each on one line, without marks.
function Get-Paragraph([string[]] $Line) {
    $paragraph = ''
    foreach ($text in @($Line) + '') {
        if ($paragraph -and ($text.Trim() -eq '' -or $text -match '^\s*- ')) {
            ConvertTo-Plain $paragraph
            $paragraph = ''
        }
        $paragraph = "$paragraph $($text.Trim())".Trim()
    }
}

# The fields of a parameter's YAML; those of its parameter sets count from the first one.
function Get-Field([string[]] $Line) {
    $field = @{ Aliases = @(); AcceptedValues = @() }
    $list = $null
    foreach ($text in $Line) {
        if ($text -match '^(\w+):\s*(\[\])?$') { $list = $Matches[1] }
        elseif ($text -match '^- (?!Name:)(.+)$') { $field[$list] += $Matches[1].Trim("'") }
        elseif ($text -match '^[\s-]*(\w+): (.+)$' -and -not $field.ContainsKey($Matches[1])) { $field[$Matches[1]] = $Matches[2].Trim("'") }
    }
    $field
}

function Write-Text([System.Xml.XmlWriter] $To, [string] $Namespace, [string] $Name, [string] $Text) { $To.WriteElementString($Name, $Namespace, $Text) }

function Write-Description([System.Xml.XmlWriter] $To, [string[]] $Paragraph, [string] $Name = 'description', [string] $Namespace = $maml) {
    $To.WriteStartElement($Name, $Namespace)
    foreach ($text in $Paragraph) { Write-Text $To $maml para $text }
    $To.WriteEndElement()
}

function Write-Parameter([System.Xml.XmlWriter] $To, [string] $Name, [hashtable] $Field, [string] $Type, [string] $Required, [string] $Position, [string[]] $Paragraph) {
    $pipeline = @('ByValue' | Where-Object { $Field.ValueFromPipeline -eq 'true' }) + @('ByPropertyName' | Where-Object { $Field.ValueFromPipelineByPropertyName -eq 'true' })
    $To.WriteStartElement('parameter', $command)
    $To.WriteAttributeString('required', $Required)
    $To.WriteAttributeString('globbing', $(if ($Field.ContainsKey('SupportsWildcards')) { $Field.SupportsWildcards } else { 'false' }))
    $To.WriteAttributeString('pipelineInput', $(if ($pipeline) { "true ($($pipeline -join ', '))" } else { 'false' }))
    $To.WriteAttributeString('position', $Position.ToLowerInvariant())
    $To.WriteAttributeString('aliases', $(if ($Field.Aliases) { $Field.Aliases -join ', ' } else { 'none' }))
    Write-Text $To $maml name $Name
    if ($Paragraph) { Write-Description $To $Paragraph }
    if ($Type) {
        $To.WriteStartElement('parameterValue', $command)
        $To.WriteAttributeString('required', 'true')
        $To.WriteString($Type)
        $To.WriteEndElement()
    }
    $To.WriteStartElement('type', $dev)
    Write-Text $To $maml name $(if ($Type) { $Type } else { 'SwitchParameter' })
    $To.WriteEndElement()
    Write-Text $To $dev defaultValue $(if ($Field.ContainsKey('DefaultValue') -and $Field.DefaultValue) { $Field.DefaultValue } elseif ($Type) { 'None' } else { 'False' })
    $To.WriteEndElement()
}

# The types that a page names under a heading, with what it says of each.
function Write-Type([System.Xml.XmlWriter] $To, [pscustomobject] $Section, [string] $Outer, [string] $Inner) {
    $To.WriteStartElement($Outer, $command)
    foreach ($type in Split-Part $Section.Line 3) {
        $To.WriteStartElement($Inner, $command)
        $To.WriteStartElement('type', $dev)
        Write-Text $To $maml name $type.Title
        $To.WriteEndElement()
        Write-Description $To (Get-Paragraph $type.Line)
        $To.WriteEndElement()
    }
    $To.WriteEndElement()
}

function Write-Command([System.Xml.XmlWriter] $To, [string] $Name, [hashtable] $Section) {
    $fields = @{}
    $types = @{}
    $parameters = @(Split-Part $Section['PARAMETERS'].Line 3 | Where-Object Title -Like '-*')
    foreach ($parameter in $parameters) { $fields[$parameter.Title.TrimStart('-')] = Get-Field (Split-Block $parameter.Line | Where-Object Language -EQ yaml).Line }

    $To.WriteStartElement('command', $command)
    $To.WriteStartElement('details', $command)
    Write-Text $To $command name $Name
    Write-Description $To (Get-Paragraph $Section['SYNOPSIS'].Line)
    Write-Text $To $command verb ($Name -split '-')[0]
    Write-Text $To $command noun ($Name -split '-')[1]
    $To.WriteEndElement()
    Write-Description $To (Get-Paragraph $Section['DESCRIPTION'].Line)

    $To.WriteStartElement('syntax', $command)
    foreach ($block in Split-Block $Section['SYNTAX'].Line | Where-Object { $null -ne $_.Language }) {
        $To.WriteStartElement('syntaxItem', $command)
        Write-Text $To $maml name $Name
        $position = 0
        foreach ($found in [regex]::Matches(($block.Line -join ' '), '(?<optional>\[?)(?<positional>\[?)(?<!\w)-(?<name>\w+)\]?(?: <(?<type>[^>]+)>)?')) {
            $key = $found.Groups['name'].Value
            $type = $found.Groups['type'].Value
            if (-not $fields.ContainsKey($key)) { throw "$Name.md has -$key in its syntax and does not describe it." }
            $types[$key] = $type
            # [-A] <t> is positional and required, [[-A] <t>] positional and optional, -A <t> required, [-A <t>] and [-A] optional.
            $isPositional = $found.Value -match "-$key\] <"
            $isRequired = if ($isPositional) { -not $found.Groups['positional'].Value } else { -not $found.Groups['optional'].Value }
            $place = if ($isPositional) { ($position++) } else { 'named' }
            Write-Parameter $To $key $fields[$key] $type "$isRequired".ToLowerInvariant() "$place" @()
        }
        $To.WriteEndElement()
    }
    $To.WriteEndElement()

    $To.WriteStartElement('parameters', $command)
    foreach ($parameter in $parameters) {
        $key = $parameter.Title.TrimStart('-')
        $prose = (Split-Block $parameter.Line | Where-Object { $null -eq $_.Language }).Line
        Write-Parameter $To $key $fields[$key] $types[$key] $fields[$key].IsRequired $fields[$key].Position (Get-Paragraph $prose)
    }
    $To.WriteEndElement()
    Write-Type $To $Section['INPUTS'] inputTypes inputType
    Write-Type $To $Section['OUTPUTS'] returnValues returnValue

    $To.WriteStartElement('alertSet', $maml)
    Write-Description $To (Get-Paragraph $Section['NOTES'].Line) alert
    $To.WriteEndElement()
    $To.WriteStartElement('examples', $command)
    foreach ($example in Split-Part $Section['EXAMPLES'].Line 3) {
        $blocks = @(Split-Block $example.Line)
        $To.WriteStartElement('example', $command)
        Write-Text $To $maml title "--- $($example.Title) ---"
        Write-Text $To $dev code (@($blocks | Where-Object { $null -ne $_.Language } | ForEach-Object { $_.Line -join "`n" }) -join "`n`n")
        Write-Description $To (@($blocks | Where-Object { $null -eq $_.Language } | ForEach-Object { Get-Paragraph $_.Line }) + '') remarks $dev
        $To.WriteEndElement()
    }
    $To.WriteEndElement()
    $To.WriteStartElement('relatedLinks', $command)
    foreach ($link in Get-Paragraph $Section['RELATED LINKS'].Line) {
        $To.WriteStartElement('navigationLink', $maml)
        Write-Text $To $maml linkText $link.TrimStart('- ')
        Write-Text $To $maml uri ''
        $To.WriteEndElement()
    }
    $To.WriteEndElement()
    $To.WriteEndElement()
}

# Prose as lines that fit a console, each that far from the margin.
function Format-Line([string] $Text, [int] $Margin) {
    $hanging = if ($Text.StartsWith('- ')) { 2 } else { 0 }
    $line = ' ' * $Margin
    foreach ($word in $Text -split ' ') {
        if ($line.Trim() -and $line.Length + 1 + $word.Length -gt $width) {
            $line
            $line = ' ' * ($Margin + $hanging)
        }
        $line += $(if ($line.Trim()) { ' ' } else { '' }) + $word
    }
    $line
}

function ConvertTo-Topic([string] $Name, [string[]] $Line) {
    'TOPIC'
    "    $Name"
    foreach ($part in Split-Part $Line 2) {
        ''
        $part.Title.ToUpperInvariant()
        foreach ($block in Split-Block $part.Line) {
            if ($null -ne $block.Language) {
                $block.Line | ForEach-Object { "        $_".TrimEnd() }
                ''
                continue
            }
            $before = ''
            foreach ($text in Get-Paragraph $block.Line) {
                if ($before.StartsWith('- ') -and -not $text.StartsWith('- ')) { '' }
                Format-Line $text 4
                if (-not $text.StartsWith('- ')) { '' }
                $before = $text
            }
            if ($before.StartsWith('- ')) { '' }
        }
    }
}

$null = New-Item -ItemType Directory -Path $Destination -Force
$utf8 = [System.Text.UTF8Encoding]::new($false)
$pages = Get-ChildItem -LiteralPath $Path -Filter *.md
$writer = [System.Xml.XmlWriter]::Create(
    "$Destination/MediaMagic.PowerShell.dll-Help.xml", [System.Xml.XmlWriterSettings] @{ Indent = $true; NewLineChars = "`n"; Encoding = $utf8 })
try {
    $writer.WriteStartElement('helpItems', 'http://msh')
    $writer.WriteAttributeString('schema', 'maml')
    foreach ($page in $pages | Where-Object Name -NotLike 'about_*') {
        $sections = @{}
        foreach ($part in Split-Part ([System.IO.File]::ReadAllLines($page.FullName)) 2) { $sections[$part.Title] = $part }
        Write-Command $writer $page.BaseName $sections
    }
    $writer.WriteEndElement()
}
finally {
    $writer.Dispose()
}

foreach ($page in $pages | Where-Object Name -Like 'about_*') {
    # One blank line between parts is enough, and none at the end.
    $text = (ConvertTo-Topic $page.BaseName ([System.IO.File]::ReadAllLines($page.FullName))) -join "`n" -replace '\n{3,}', "`n`n"
    [System.IO.File]::WriteAllText("$Destination/$($page.BaseName).help.txt", $text.TrimEnd() + "`n", $utf8)
}
