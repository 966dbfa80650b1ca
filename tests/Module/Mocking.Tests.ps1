BeforeDiscovery {
    Import-Module "$PSScriptRoot/Service.psm1" -Force
    $commands = Get-Command -Module MediaMagic | ForEach-Object { @{ Name = $_.Name } }
    $types = Get-Command -Module MediaMagic | ForEach-Object { $_.OutputType.Type } | Where-Object { $_.Namespace -eq 'MediaMagic' -and $_.Name -ne 'ApiError' } |
        Sort-Object FullName -Unique | ForEach-Object { @{ Type = $_; Name = $_.FullName } }
}

BeforeAll {
    Import-Module "$PSScriptRoot/Service.psm1" -Force
    $ErrorActionPreference = 'Continue'
}

Describe 'Mocking' {
    It '<Name> can be mocked' -ForEach $commands {
        Mock $Name { 'mocked' }
        $arguments = @{}
        $command = Get-Command $Name -CommandType Cmdlet
        $set = $command.ParameterSets | Sort-Object IsDefault -Descending | Select-Object -First 1
        foreach ($parameter in $set.Parameters | Where-Object IsMandatory) {
            $type = $parameter.ParameterType
            $arguments[$parameter.Name] = if ($type -eq [int]) { 404 } elseif ($type -eq [System.Collections.IDictionary]) { @{} } elseif ($type -eq [pscredential]) { [pscredential]::Empty } elseif ($type -eq [securestring[]]) { [securestring]::new() } else { 'x' }
        }
        & $Name @arguments | Should -Be 'mocked'
        Should -Invoke $Name -Times 1 -Exactly
    }

    It 'a script under test sees what the mock returns' {
        Mock Get-MMSubmission { [MediaMagic.Submission] @{ SubmissionId = $SubmissionId[0]; Status = 'failed'; IsRetryable = $true } } -ParameterFilter { $SubmissionId -eq 'x' }
        $found = 'x' | Get-MMSubmission
        $found.SubmissionId | Should -Be x
        $found.Status | Should -Be failed
    }

    It 'text for a session fails on a plain mock' {
        Mock Get-MMSubmission { 'kept' }
        { Get-MMSubmission x -Session Nightly } | Should -Throw '*argument transformation*'
    }

    It 'text for a session, a key or a secret needs -RemoveParameterType' {
        Mock Get-MMSubmission { $Session } -RemoveParameterType Session
        Get-MMSubmission x -Session Nightly | Should -Be Nightly
        Mock Connect-MMService { $ApiKey } -RemoveParameterType ApiKey
        Connect-MMService -ApiKey sk_test_0123456789abcdef | Should -Be sk_test_0123456789abcdef
        Mock Test-MMWebhookSignature { $Secret } -RemoveParameterType Secret
        Test-MMWebhookSignature -Body x -Header @{} -Secret whsec_x | Should -Be whsec_x
    }

    It 'a mock runs once for each piped item' {
        Mock New-MMSubmission { 'made' }
        'w/a', 'w/b' | ForEach-Object { [MediaMagic.Upload] @{ BlobPath = $_ } } | New-MMSubmission | Should -Be made, made
    }

    It 'a session can be made for a mocked command, and refuses a real one' {
        $session = [MediaMagic.MMSession] @{ Name = 'Fake'; KeyHint = "sk_test_`u{2026}1234"; Environment = 'Sandbox'; Requests = 3 }
        $session.KeyHint | Should -Be "sk_test_`u{2026}1234"
        Mock Test-MMConnection { $Session.Name }
        Test-MMConnection -Session $session | Should -Be Fake
        (Get-ErrorOf { Get-MMSubmission a -Session $session }).FullyQualifiedErrorId | Should -BeLike 'MediaMagic.NotConnected,*'
    }
}

Describe 'Output types' {
    It '<Name> can be made from nothing and from a hashtable' -ForEach $types {
        $Type.IsPublic | Should -BeTrue
        $Type.GetConstructor([type[]] @()) | Should -Not -BeNullOrEmpty
        $empty = $Type::new()
        $empty | Out-String | Should -Not -BeNullOrEmpty
        $values = @{}
        foreach ($property in $Type.GetProperties() | Where-Object Name -NE AdditionalProperties) {
            $property.CanWrite -and $property.SetMethod.IsPublic | Should -BeTrue -Because $property.Name
            $bare = [Nullable]::GetUnderlyingType($property.PropertyType) ?? $property.PropertyType
            $values[$property.Name] = switch ($bare) {
                ([string]) { 'x' }
                ([bool]) { $true }
                ([int]) { 7 }
                ([long]) { 7 }
                ([double]) { 7.5 }
                ([timespan]) { [timespan]::FromSeconds(7) }
                ([datetimeoffset]) { [datetimeoffset]::Now }
                ([uri]) { [uri] 'https://example.test' }
                ([string[]]) { 'a', 'b' }
                default { if ($bare.IsEnum) { [enum]::GetValues($bare)[-1] } elseif ($bare.IsArray) { , $bare.GetElementType()::new() } }
            }
            if ($null -eq $values[$property.Name]) { $values.Remove($property.Name) }
        }
        $made = $values -as $Type
        $made | Should -Not -BeNullOrEmpty
        foreach ($name in $values.Keys) { $made.$name | Should -Be $values[$name] -Because $name }
        $made | Out-String | Should -Not -BeNullOrEmpty
        $made | Format-List | Out-String | Should -Not -BeNullOrEmpty
    }

    It 'an error is made by ConvertFrom-MMErrorResponse, and never changes' {
        $made = ConvertFrom-MMErrorResponse 409 '{"detail":"Asset already submitted"}'
        { $made.Code = 'Other' } | Should -Throw
        [MediaMagic.ApiError].GetProperties().CanWrite | Should -Not -Contain $true
        [MediaMagic.ApiError].GetConstructors() | Should -BeNullOrEmpty
        [MediaMagic.MediaMagicException]::new($made, $null).Error.Code | Should -Be 'AssetAlreadySubmitted'
    }
}
