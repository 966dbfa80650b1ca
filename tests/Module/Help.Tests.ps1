BeforeDiscovery {
    Import-Module "$PSScriptRoot/Examples.psm1" -Force
    Import-Module "$PSScriptRoot/Service.psm1" -Force
    $docs = (Resolve-Path "$PSScriptRoot/../../docs/help").Path
    $commands = Get-Command -Module MediaMagic | ForEach-Object { @{ Name = $_.Name } }
    $topics = Get-ChildItem $docs -Filter about_*.md | ForEach-Object { @{ Name = $_.BaseName; Path = $_.FullName } }
    $pages = Get-ChildItem $docs -Filter *-*.md | ForEach-Object { @{ Name = $_.BaseName; Path = $_.FullName } }
    $examples = @(
        foreach ($page in $pages + $topics) {
            $number = 0
            foreach ($code in Get-FencedCode $page.Path) { @{ Page = $page.Name; Number = ++$number; Code = $code } }
        }
        # The README's and the guides' too, but for what concerns the repository or needs hosts of its own.
        $guides = Get-ChildItem "$docs/../guides" -Filter *.md | Where-Object Name -NE webhooks.md
        foreach ($page in @(Get-Item "$docs/../../README.md") + $guides) {
            $number = 0
            foreach ($code in Get-FencedCode $page.FullName) { if ($code -notmatch '\./build|\./samples|\./output|/mnt/') { @{ Page = $page.Name; Number = ++$number; Code = $code } } }
        }
    )
    $linked = Get-ChildItem "$docs/../..", "$docs/..", "$docs/../guides" -Filter *.md | ForEach-Object { @{ Name = $_.Name; Path = $_.FullName } }
}

BeforeAll {
    Import-Module "$PSScriptRoot/Examples.psm1" -Force
    Import-Module "$PSScriptRoot/Service.psm1" -Force
    $ErrorActionPreference = 'Continue'
    $docs = (Resolve-Path "$PSScriptRoot/../../docs/help").Path
    $common = [System.Management.Automation.PSCmdlet]::CommonParameters

    # The text of paragraphs as Get-Help has them.
    function Get-Text($Paragraph) { (@($Paragraph) | ForEach-Object Text) -join "`n" }

    # A parameter of a command, in the first of its sets that has it.
    function Find-Parameter([System.Management.Automation.CommandInfo] $Command, [string] $Name) {
        $Command.ParameterSets.Parameters | Where-Object Name -EQ $Name | Select-Object -First 1
    }
}

Describe 'The pages' {
    It 'are one for each cmdlet, and no more' {
        (Get-ChildItem $docs -Filter *-*.md).BaseName | Sort-Object | Should -Be ((Get-Command -Module MediaMagic).Name | Sort-Object)
    }

    It '<Name> has nothing left to fill in' -ForEach ($pages + $topics) {
        Get-Content -LiteralPath $Path -Raw | Should -Not -Match '\{\{|Fill in|TODO'
    }

    It 'are in the form that PlatyPS reads' {
        if (-not (Get-Module Microsoft.PowerShell.PlatyPS -ListAvailable)) { Set-ItResult -Skipped -Because 'the module Microsoft.PowerShell.PlatyPS is not installed' }
        foreach ($file in Get-ChildItem $docs -Filter *-*.md) {
            Test-MarkdownCommandHelp -Path $file.FullName | Should -BeTrue -Because $file.Name
            $page = Import-MarkdownCommandHelp -LiteralPath $file.FullName
            $page.Title | Should -Be $file.BaseName
            $page.Diagnostics.HadErrors | Should -BeFalse -Because $file.Name
            $page.Parameters.Name | Should -Be ((Get-Command $file.BaseName).ParameterSets.Parameters.Name | Where-Object { $_ -notin $common } | Sort-Object -Unique)
        }
    }
}

Describe 'Get-Help <Name>' -ForEach $commands {
    BeforeAll {
        $command = Get-Command $Name
        $help = Get-Help $Name -Full
        $parameters = @($help.parameters.parameter | Where-Object { $_ })
        $own = @($command.Parameters.Keys | Where-Object { $_ -notin $common })
    }

    It 'says what it is for' {
        $help.Synopsis | Should -Match '^[A-Z][^\n]{10,120}\.$'
        Get-Text $help.description | Should -Match '(?s)^.{80,}\.$'
        Get-Text $help.alertSet.alert | Should -Match '^.{15,}'
    }

    It 'describes every parameter, and no other' {
        $parameters.name | Sort-Object | Should -Be ($own | Sort-Object)
        foreach ($parameter in $parameters) { Get-Text $parameter.description | Should -Match '(?s)^.{15,}\.$' -Because $parameter.name }
    }

    It 'tells the truth about every parameter' {
        $told = foreach ($parameter in $parameters) {
            "-$($parameter.name) $($parameter.parameterValue) $($parameter.required) $($parameter.position) $($parameter.pipelineInput) $($parameter.aliases) $($parameter.globbing)"
        }
        $real = foreach ($parameter in $parameters) {
            $declared = Find-Parameter $command $parameter.name
            $type = [Nullable]::GetUnderlyingType($declared.ParameterType) ?? $declared.ParameterType
            $text = if ($type -ne [switch]) { [Microsoft.PowerShell.ToStringCodeMethods]::Type([psobject] $type) -replace '.*\.' }
            $position = if ($declared.Position -ge 0) { $declared.Position } else { 'named' }
            $ways = @('ByValue' | Where-Object { $declared.ValueFromPipeline }) + @('ByPropertyName' | Where-Object { $declared.ValueFromPipelineByPropertyName })
            $pipeline = if ($ways) { "true ($($ways -join ', '))" } else { 'false' }
            $aliases = if ($declared.Aliases) { $declared.Aliases -join ', ' } else { 'none' }
            $wildcards = [bool] ($command.Parameters[$parameter.name].Attributes | Where-Object { $_ -is [SupportsWildcards] })
            "-$($parameter.name) $text $($declared.IsMandatory) $position $pipeline $aliases $wildcards"
        }
        $told | Should -Be $real
    }

    It 'knows the defaults' {
        $made = [Activator]::CreateInstance($command.ImplementingType)
        $real = foreach ($parameter in $parameters | Where-Object { $_.parameterValue }) {
            $property = $command.ImplementingType.GetProperty($parameter.name)
            $value = if ($property -and -not (Find-Parameter $command $parameter.name).IsMandatory) { $property.GetValue($made) }
            "-$($parameter.name) $(if ("$value" -eq '') { 'None' } else { $value -join ', ' })"
        }
        $parameters | Where-Object { $_.parameterValue } | ForEach-Object { "-$($_.name) $($_.defaultValue)" } | Should -Be $real
    }

    It 'shows every parameter set' {
        $items = @($help.syntax.syntaxItem)
        $items.Count | Should -Be $command.ParameterSets.Count
        $found = $items | ForEach-Object { ($_.parameter.name | Sort-Object) -join ' ' } | Sort-Object
        $real = $command.ParameterSets | ForEach-Object { ($_.Parameters.Name | Where-Object { $_ -notin $common } | Sort-Object) -join ' ' } | Sort-Object
        $found | Should -Be $real
        foreach ($item in $items) {
            $needed = $item.parameter | Where-Object { $_.required -eq 'true' } | ForEach-Object name
            $needed | Should -Be ($item.parameter.name | Where-Object { (Find-Parameter $command $_).IsMandatory })
        }
    }

    It 'names what goes in and what comes out' {
        $taken = $command.ParameterSets.Parameters | Where-Object { $_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName } |
            ForEach-Object { ([Nullable]::GetUnderlyingType($_.ParameterType) ?? $_.ParameterType).FullName } | Sort-Object -Unique
        $help.inputTypes.inputType.type.name | Sort-Object | Should -Be $(if ($taken) { $taken } else { 'None' })
        $help.returnValues.returnValue.type.name | Sort-Object | Should -Be ($command.OutputType.Name | Sort-Object)
        foreach ($type in @($help.inputTypes.inputType) + @($help.returnValues.returnValue)) { Get-Text $type.description | Should -Match '\.$' }
    }

    It 'has two examples at least, with words' {
        $found = @($help.examples.example)
        $found.Count | Should -BeGreaterThan 1
        foreach ($example in $found) {
            $example.title | Should -Match 'Example \d+: \S.+'
            $example.code | Should -Match ([regex]::Escape($Name)) -Because $example.title
        }
    }

    It 'leads on to what exists' {
        foreach ($link in $help.relatedLinks.navigationLink.linkText) {
            if ($link -like 'about_*') { "$docs/$link.md" | Should -Exist } else { Get-Command $link -Module MediaMagic | Should -Not -BeNullOrEmpty }
        }
    }
}

Describe 'Get-Help <Name>' -ForEach $topics {
    BeforeAll { $text = Get-Help $Name | Out-String }

    It 'is found, by its name and among others' {
        $text | Should -Match "(?s)^TOPIC\s+$Name\s+SHORT DESCRIPTION\s+\S"
        (Get-Help about_MediaMagic*).Name | Should -Contain $Name
    }

    It 'fits a console and has no marks left' {
        $lines = $text -split '\r?\n'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual ([Math]::Max(80, (Get-FencedCode $Path | ForEach-Object { $_ -split '\n' } | Measure-Object Length -Maximum).Maximum + 8))
        $text | Should -Not -Match '```|^#'
        ($lines | Where-Object { $_ -notmatch '^        ' } | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'names only commands that exist' {
        [regex]::Matches($text, '\b[A-Z][a-z]+-MM\w+').Value | Sort-Object -Unique | Should -BeIn (Get-Command -Module MediaMagic).Name
    }
}

Describe 'The guides' {
    It 'list every id of the service and the module, as the catalogue has it' {
        $told = foreach ($line in Get-Content "$docs/../guides/errors.md") {
            if ($line -cmatch '^\| `(?<Code>\w+)` \| (?:(?<Status>[^|]*) \| )?(?<Category>[A-Z][A-Za-z]+) \| (?<Again>yes|no) \|') {
                $row = $Matches.Clone()
                $statuses = [regex]::Matches("$($row['Status'])", '\b\d{3}\b').Value
                foreach ($status in $statuses ? $statuses : '') { "$status $($row.Code) $($row.Category) $($row.Again)" }
            }
        }
        $real = Get-MMErrorCatalog -System MediaMagic | ForEach-Object { "$($_.StatusCode) $($_.Code) $($_.Category) $($_.Retryable ? 'yes' : 'no')" }
        $told | Sort-Object | Should -Be ($real | Sort-Object)
    }

    It 'link to what exists: <Name>' -ForEach $linked {
        $folder = Split-Path $Path
        foreach ($link in [regex]::Matches((Get-Content -LiteralPath $Path -Raw), '\]\((?!https?:)(?<To>[^)#]+)(?:#[^)]*)?\)')) { Join-Path $folder $link.Groups['To'].Value | Should -Exist }
    }
}

Describe 'The examples' {
    BeforeAll {
        $keys = $env:MEDIAMAGIC_API_KEY, $env:MEDIAMAGIC_BASE_URI
        $modules = $env:PSModulePath
        $runspace = Open-ExampleRunspace
        $folder = Join-Path (Get-PSDrive TestDrive).Root 'examples'
    }

    AfterAll {
        $runspace.Dispose()
        Stop-MMSimulator -Confirm:$false
        $env:MEDIAMAGIC_API_KEY, $env:MEDIAMAGIC_BASE_URI = $keys
        $env:PSModulePath = $modules
    }

    It 'of the README work from top to bottom in one session, and once more' {
        $blocks = Get-FencedCode "$docs/../../README.md" | Where-Object { $_ -notmatch '\./build|\./samples|\./output|-Validate' }
        $run = Invoke-Example -Runspace $runspace -Code (@($blocks) * 2 -join "`n") -Folder $folder
        $run.Problem | Should -BeNullOrEmpty
    }

    It '<Page> <Number> runs as written' -ForEach $examples {
        $run = Invoke-Example -Runspace $runspace -Code $Code -Folder $folder
        $run.Problem | Should -BeNullOrEmpty
        $run.Output | Should -Not -Match 'sk_(test|live)_[0-9a-f]{64}|whsec_\w{20}'
    }
}
