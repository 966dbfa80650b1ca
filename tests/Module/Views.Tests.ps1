BeforeDiscovery {
    Import-Module "$PSScriptRoot/Support.psm1" -Force
    Import-Module (Get-StagedManifest) -Force

    # What people get out of these by a property.
    $nested = 'MediaMagic.Topic', 'MediaMagic.Precedent', 'MediaMagic.FileProblem', 'MediaMagic.FieldError', 'MediaMagic.GateStatus'
    $written = (Get-Command -Module MediaMagic -CommandType Cmdlet).OutputType.Name | Where-Object { $_ -like 'MediaMagic.*' }
    $types = @($written) + $nested | Sort-Object -Unique | ForEach-Object { @{ Name = $_ } }
    $columns = @(
        @{ Name = 'ApiError'; Columns = 'System Status Code Retryable Message' }
        @{ Name = 'Asset'; Columns = 'AssetId Status Issues MimeType FileName' }
        @{ Name = 'ConnectionTest'; Columns = 'Success Status Latency Environment Detail' }
        @{ Name = 'FileCheck'; Columns = 'Valid Length ContentType Method Name Problems' }
        @{ Name = 'Issue'; Columns = 'No Severity Status Rule Summary' }
        @{ Name = 'MMSession'; Columns = 'Name Environment KeyHint Breaker Requests BaseUri' }
        @{ Name = 'PresignedUpload'; Columns = 'Expires Left BlobPath UploadUrl' }
        @{ Name = 'RequestRecord'; Columns = 'Time Method Answer Attempts Duration Path' }
        @{ Name = 'SimulatorInfo'; Columns = 'BaseUri ApiKey LiveApiKey Requests Submissions' }
        @{ Name = 'Submission'; Columns = 'SubmissionId Status Progress Assets Created Error' }
        @{ Name = 'SubmissionAsset'; Columns = 'AssetId Status Issues Retryable Retries Error' }
        @{ Name = 'TopicReport'; Columns = 'SubmissionId AssetId Topics Orphans' }
        @{ Name = 'Upload'; Columns = 'Length Duration Rate Method BlobPath Path' }
        @{ Name = 'WebhookEvent'; Columns = 'Time Type SubmissionId AssetId Id' }
        @{ Name = 'WebhookSubscription'; Columns = 'Id Enabled EndpointUrl EventTypes Secret' }
    )
}

BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1" -Force
    Import-Module (Get-StagedManifest) -Force
    $rendering = $PSStyle.OutputRendering
    $noColor = $env:NO_COLOR
    $PSStyle.OutputRendering = 'PlainText'
    $escape = [char] 27

    # Steers a terminal: colours, a title, a bell, a line of its own, text turned round.
    $hostile = "a${escape}[31mb${escape}]0;title$([char] 7)c`r`nd$([char] 0x9b)2Je$([char] 0x202e)f"

    # The text that a person sees.
    function Show([object] $InputObject, [string] $As, [int] $Width = 160) {
        $shown = switch ($As) {
            'Table' { $InputObject | Format-Table | Out-String -Width $Width }
            'List' { $InputObject | Format-List | Out-String -Width $Width }
            default { $InputObject | Out-String -Width $Width }
        }
        $shown
    }

    # Only the module creates errors, and nothing changes one afterwards: its parts are set before.
    function New-Error([string] $Name, [object[]] $Part) {
        [Activator]::CreateInstance(($Name -as [type]), [System.Reflection.BindingFlags] 'Instance, NonPublic', $null, $Part, $null)
    }

    function New-ErrorPart { [Activator]::CreateInstance([MediaMagic.ApiError].Assembly.GetType('MediaMagic.Errors.ErrorFacts')) }

    # An object of the type without values.
    function New-Empty([string] $Name) {
        switch ($Name) {
            'MediaMagic.ApiError' { New-Error $Name @((New-ErrorPart).psobject.BaseObject) }
            'MediaMagic.FieldError' { New-Error $Name @($null, $null, $null) }
            default { ($Name -as [type])::new() }
        }
    }

    # An object of the type whose every property has a value.
    function New-Filled([string] $Name, [string] $Text = 'text') {
        if ($Name -eq 'MediaMagic.FieldError') { return New-Error $Name @($Text, $Text, $Text) }
        $object = if ($Name -eq 'MediaMagic.ApiError') { New-ErrorPart } else { New-Empty $Name }
        foreach ($property in $object.GetType().GetProperties().Where{ $_.CanWrite }) {
            $value = switch ([System.Nullable]::GetUnderlyingType($property.PropertyType) ?? $property.PropertyType) {
                ([string]) { $Text; break }
                ([string[]]) { , [string[]] @($Text, $Text); break }
                ([uri]) { [uri] 'http://127.0.0.1:8080/'; break }
                ([timespan]) { [timespan]::FromSeconds(185); break }
                ([DateTimeOffset]) { [DateTimeOffset]::new(2031, 5, 6, 7, 8, 9, [timespan]::Zero); break }
                ([bool]) { $true; break }
                { $_.IsEnum } { [Enum]::GetValues($_)[0]; break }
                { $_.IsArray } { , @(New-Empty ($_.GetElementType().FullName)); break }
                { $_.Name -like 'Dictionary*' } {
                    $members = [System.Collections.Generic.Dictionary[string, object]]::new()
                    $members["more$Text"] = $Text
                    $members
                    break
                }
                default { [convert]::ChangeType(12582912, $_) }
            }
            $property.SetValue($object, [System.Management.Automation.LanguagePrimitives]::ConvertTo($value, $property.PropertyType))
        }
        if ($Name -eq 'MediaMagic.ApiError') { New-Error $Name @($object.psobject.BaseObject) } else { $object }
    }

    # The views that the module's format file defines.
    $viewed = [xml] (Get-Content -Raw "$(Split-Path (Get-StagedManifest))/MediaMagic.Format.ps1xml")
    $views = $viewed.Configuration.ViewDefinitions.View
}

AfterAll {
    $PSStyle.OutputRendering = $rendering
    $env:NO_COLOR = $noColor
}

Describe 'The views of <Name>' -ForEach $types {
    BeforeAll { $own = $views | Where-Object { $_.ViewSelectedBy.TypeName -contains $Name } }

    It 'are a table and a list, of the live type and the deserialized one' {
        @($own | Where-Object { $_['TableControl'] }) | Should -HaveCount 1
        @($own | Where-Object { $_['ListControl'] }) | Should -HaveCount 1
        $own | ForEach-Object { $_.ViewSelectedBy.TypeName | Should -Contain "Deserialized.$Name" }
    }

    It 'have six columns at most, and a header for each' {
        $table = ($own | Where-Object { $_['TableControl'] }).TableControl
        $headers = @($table.TableHeaders.TableColumnHeader)
        $headers.Count | Should -BeLessOrEqual 6
        @($table.TableRowEntries.TableRowEntry.TableColumnItems.TableColumnItem) | Should -HaveCount $headers.Count
    }

    It 'show each property of the type in the list' {
        $list = ($own | Where-Object { $_['ListControl'] }).ListControl.OuterXml
        foreach ($property in ($Name -as [type]).GetProperties().Name) { $list | Should -Match "(>|\`$_\.)$property\b" }
    }

    It 'read no property that the type lacks' {
        $text = -join $own.OuterXml
        $read = [regex]::Matches($text, '\$_\.(\w+)|<PropertyName>(\w+)<') | ForEach-Object { $_.Groups[1].Value + $_.Groups[2].Value }
        $read | Sort-Object -Unique | Should -BeIn ($Name -as [type]).GetProperties().Name
    }

    It 'render an empty object without an error' {
        foreach ($as in 'Default', 'Table', 'List') {
            $Error.Clear()
            Show (New-Empty $Name) $as | Should -Not -BeNullOrEmpty
            $Error | Should -BeNullOrEmpty
        }
    }

    It 'render a filled object without an error, under strict mode too' {
        Set-StrictMode -Version Latest
        $object = New-Filled $Name
        foreach ($as in 'Default', 'Table', 'List') {
            $Error.Clear()
            Show $object $as | Should -Not -Match 'System\.|MediaMagic\.'
            $Error | Should -BeNullOrEmpty
        }
    }

    It 'render an object that came through serialization' {
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((New-Filled $Name), 3))
        $Error.Clear()
        Show $copy Table | Should -Not -BeNullOrEmpty
        Show $copy List | Should -Not -Match "Deserialized|whsec_|sig="
        $Error | Should -BeNullOrEmpty
    }

    It 'show hostile text as harmless text' {
        $object = New-Filled $Name $hostile
        foreach ($as in 'Default', 'Table', 'List') {
            $shown = Show $object $as 400
            $shown -replace '\r?\n' | Should -Not -Match '[\p{Cc}\u202a-\u202e\u2066-\u2069]'
            $shown | Should -Not -MatchExactly '(?m)^\s*def'
        }
    }

    It 'do not show members that nobody sent' {
        Show (New-Empty $Name) List | Should -Not -Match 'AdditionalProperties'
        if (($Name -as [type]).GetProperty('AdditionalProperties')) {
            Show (New-Filled $Name) List | Should -Match 'AdditionalProperties *: moretext=text'
        }
    }
}

Describe 'The types with views' {
    It 'are found: no cmdlet was left out' -ForEach @{ Types = $types.Name } {
        $Types | Should -Contain 'MediaMagic.Submission'
        $Types.Count | Should -BeGreaterOrEqual 24
        $known = $views.ViewSelectedBy.TypeName | Where-Object { $_ -notlike 'Deserialized.*' } | Sort-Object -Unique
        $known | Should -Be $Types
    }
}

Describe 'The table of <Name>' -ForEach $columns {
    It 'has the columns <Columns>' {
        $header = ((Show (New-Filled "MediaMagic.$Name") Table 220) -split '\r?\n' | Where-Object { $_.Trim() })[0]
        $header.Trim() -split ' +' -join ' ' | Should -BeExactly $Columns
    }

    It 'keeps at least three columns at 80 characters' {
        $header = ((Show (New-Filled "MediaMagic.$Name") Table 80) -split '\r?\n' | Where-Object { $_.Trim() })[0]
        ($header.Trim() -split ' +').Count | Should -BeGreaterOrEqual 3
    }
}

Describe 'Secrets in views' {
    It 'does not show the signature of an upload address' {
        $upload = [MediaMagic.PresignedUpload]@{
            BlobPath  = 'workspace/a.mp4'
            UploadUrl = 'https://me:pass@store.example.test:8443/c/a.mp4?sv=2025&sig=aGlkZGVu%3D#sig=aGlkZGVu'
        }
        foreach ($as in 'Default', 'Table', 'List') {
            $shown = Show $upload $as 200
            $shown | Should -Match ([regex]::Escape('https://store.example.test:8443/c/a.mp4'))
            $shown | Should -Not -Match 'aGlkZGVu|sv=|sig=|pass'
        }

        # The address is what the object is for: who asks for the property by name, or for all of them, gets it.
        $upload.UploadUrl | Should -Match 'sig=aGlkZGVu'
    }

    It 'does not show an upload address that is none' {
        Show ([MediaMagic.PresignedUpload]@{ UploadUrl = 'store/a.mp4?sig=aGlkZGVu' }) List | Should -Not -Match 'aGlkZGVu'
    }

    It 'says where the secret of a webhook is and does not show it' {
        $subscription = [MediaMagic.WebhookSubscription]@{ Id = 'w'; Secret = 'whsec_aGlkZGVuLWhlcmU='; EndpointUrl = 'https://u:pass@h.example.test/x?code=hidden' }
        foreach ($as in 'Default', 'Table', 'List') {
            $shown = Show $subscription $as 200
            $shown | Should -Match '\(shown once: \.Secret\)'
            $shown | Should -Not -Match 'whsec_|aGlkZGVu|pass|hidden'
        }
        $subscription.Secret | Should -BeExactly 'whsec_aGlkZGVuLWhlcmU='
    }

    It 'does not speak of a secret that is not there' {
        Show ([MediaMagic.WebhookSubscription]@{ Id = 'w' }) List | Should -Not -Match 'Secret'
    }

    It 'shows the keys of the simulator as hints' {
        $simulator = [MediaMagic.SimulatorInfo]@{ ApiKey = "sk_test_$('0123456789' * 3)ab12"; LiveApiKey = "sk_live_$('5' * 60)cd34" }
        foreach ($as in 'Default', 'Table', 'List') {
            $shown = Show $simulator $as
            $shown | Should -Match 'sk_test_\u2026ab12'
            $shown | Should -Match 'sk_live_\u2026cd34'
            $shown | Should -Not -Match '0123|5555'
        }
    }

    It 'does not show a secret that other text carries, whatever carries it' -ForEach $types {
        $secret = "sk_live_$('ab12' * 16) whsec_aGlkZGVuLWhlcmU= https://s.example.test/a?sig=aGlkZGVu%3D"
        foreach ($as in 'Default', 'Table', 'List') {
            Show (New-Filled $Name $secret) $as 400 | Should -Not -Match 'ab12ab12|aGlkZGVu'
        }
    }

    It 'does not show members by the name of a secret' {
        $submission = [MediaMagic.Submission]::new()
        $inner = [System.Collections.Generic.Dictionary[string, object]]::new()
        $inner['clientSecret'] = 'hidden-1'
        $submission.AdditionalProperties['accessToken'] = 'hidden-2'
        $submission.AdditionalProperties['inner'] = $inner
        $shown = Show $submission List
        $shown | Should -Match 'clientSecret=\*\*\*'
        $shown | Should -Not -Match 'hidden'
    }
}

Describe 'Colours' {
    BeforeAll {
        $failed = [MediaMagic.Submission]@{ SubmissionId = 's'; Status = 'failed' }
        $colour = [regex]::Escape("$escape[31mfailed$escape[0m")
    }

    BeforeEach { $env:NO_COLOR = $null }

    AfterEach { $PSStyle.OutputRendering = 'PlainText' }

    It 'are shown where the host takes them' {
        $PSStyle.OutputRendering = 'Ansi'
        Show $failed Table | Should -Match $colour
        Show $failed List | Should -Match $colour
    }

    It 'are not shown as plain text' {
        [MediaMagic.Formatting.Look]::Status('failed') | Should -BeExactly 'failed'
        Show $failed Table | Should -Not -Match $escape
    }

    It 'are not shown with NO_COLOR' {
        $PSStyle.OutputRendering = 'Ansi'
        $env:NO_COLOR = '1'
        [MediaMagic.Formatting.Look]::Status('failed') | Should -BeExactly 'failed'
    }

    It 'leave no sequence in what is redirected' {
        $PSStyle.OutputRendering = 'Host'
        $failed | Format-Table | Out-File 'TestDrive:/shown.txt'
        Get-Content -Raw 'TestDrive:/shown.txt' | Should -Match 'failed'
        Get-Content -Raw 'TestDrive:/shown.txt' | Should -Not -Match $escape
    }

    It 'do not let a state bring its own' {
        $PSStyle.OutputRendering = 'Ansi'
        [MediaMagic.Formatting.Look]::Status("x${escape}[5my") | Should -BeExactly 'xy'
    }
}

Describe 'What the helpers write' {
    It 'a size of <Bytes> as "<Text>"' -ForEach @(
        @{ Bytes = $null; Text = '' }, @{ Bytes = 0; Text = '0 B' }, @{ Bytes = 1023; Text = '1023 B' }, @{ Bytes = 12582912; Text = '12.0 MiB' }
        @{ Bytes = 1048575; Text = '1.0 MiB' }, @{ Bytes = 5GB; Text = '5.0 GiB' }, @{ Bytes = [double]::NaN; Text = '' }, @{ Bytes = 'x'; Text = '' }
    ) {
        [MediaMagic.Formatting.Look]::Size($Bytes) | Should -BeExactly $Text
    }

    It 'a duration of <Seconds> s as "<Text>"' -ForEach @(
        @{ Seconds = -1; Text = '0 ms' }, @{ Seconds = 0.35; Text = '350 ms' }, @{ Seconds = 0.9996; Text = '1.0 s' }, @{ Seconds = 4.2; Text = '4.2 s' }
        @{ Seconds = 59.97; Text = '1 min 0 s' }, @{ Seconds = 185; Text = '3 min 5 s' }, @{ Seconds = 3725; Text = '1 h 2 min' }
        @{ Seconds = 180000; Text = '2 d 2 h' }
    ) {
        [MediaMagic.Formatting.Look]::Duration([timespan]::FromSeconds($Seconds)) | Should -BeExactly $Text
    }

    It 'a time in the zone of this machine, and none for none' {
        $moment = [DateTimeOffset]::new(2031, 5, 6, 7, 8, 9, [timespan]::FromHours(5))
        [MediaMagic.Formatting.Look]::Time($moment) | Should -BeExactly $moment.ToLocalTime().ToString('yyyy-MM-dd HH:mm')
        [MediaMagic.Formatting.Look]::FullTime($moment) | Should -BeExactly $moment.ToLocalTime().ToString('yyyy-MM-dd HH:mm:ss zzz')
        [MediaMagic.Formatting.Look]::Time($null) | Should -BeExactly ''
        [MediaMagic.Formatting.Look]::Time([DateTimeOffset]::MinValue) | Should -BeExactly ''
    }

    It 'the time that is left, or that it is over' {
        [MediaMagic.Formatting.Look]::TimeLeft([DateTimeOffset]::UtcNow.AddDays(10)) | Should -Match '^(9 d 23 h|10 d 0 h)$'
        [MediaMagic.Formatting.Look]::TimeLeft([DateTimeOffset]::UtcNow.AddMinutes(-10)) | Should -BeExactly 'expired'
    }

    It 'the path of a request without what all begin with' {
        [MediaMagic.Formatting.Look]::Route('/api/integrations/submissions/x') | Should -BeExactly '/submissions/x'
        [MediaMagic.Formatting.Look]::Route('/elsewhere') | Should -BeExactly '/elsewhere'
        [MediaMagic.Formatting.Look]::Route($null) | Should -BeExactly ''
    }

    It 'a key that is none as nothing of it' {
        [MediaMagic.Formatting.Look]::KeyHint('hidden') | Should -BeExactly '***'
        [MediaMagic.Formatting.Look]::KeyHint('sk_test_short') | Should -BeExactly '***'
        [MediaMagic.Formatting.Look]::KeyHint($null) | Should -BeExactly ''
    }
}
