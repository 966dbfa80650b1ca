BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1" -Force
    Import-Module (Get-StagedManifest) -Force
}

Describe 'Get-MMErrorCatalog' {
    It 'knows errors of <_>' -ForEach 'MediaMagic', 'Reten', 'Erynoa', 'AzureBlob' {
        $entries = Get-MMErrorCatalog -System $_
        $entries.Count | Should -BeGreaterThan 4
        $entries.System | Select-Object -Unique | Should -Be $_
    }

    It 'has a meaning, an action and a category of PowerShell for every entry' {
        $entries = Get-MMErrorCatalog
        $entries.Count | Should -BeGreaterThan 40
        $entries | Should -BeOfType ([MediaMagic.ErrorCatalogEntry])
        $entries | Where-Object { -not $_.Meaning -or -not $_.RecommendedAction } | Should -BeNullOrEmpty
        $entries.Category | Select-Object -Unique | Where-Object { $_ -notin [Enum]::GetNames([System.Management.Automation.ErrorCategory]) } |
            Should -BeNullOrEmpty
    }

    It 'finds by status, in several systems' {
        $entries = Get-MMErrorCatalog -StatusCode 409, 429
        $entries.StatusCode | Sort-Object -Unique | Should -Be 409, 429
        ($entries.System | Sort-Object -Unique).Count | Should -BeGreaterThan 1
    }

    It 'finds by code, in any case and with wildcards' {
        (Get-MMErrorCatalog ratelimited -System MediaMagic).StatusCode | Should -Be 429
        (Get-MMErrorCatalog 'ApiKey*').Code | Should -Be 'ApiKeyExpired', 'ApiKeyRevoked'
    }

    It 'finds by code in any culture' {
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'tr-TR'
            (Get-MMErrorCatalog invalidapikey -System MediaMagic).StatusCode | Should -Be 401
        }
        finally { [cultureinfo]::CurrentCulture = $culture }
    }

    It 'finds nothing where there is nothing, without an error' {
        Get-MMErrorCatalog NoSuchCode -ErrorAction Stop | Should -BeNullOrEmpty
        Get-MMErrorCatalog -StatusCode 418 -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'refuses a system that it does not know' {
        { Get-MMErrorCatalog -System Nonsense } | Should -Throw -ErrorId 'ParameterArgumentValidationError,MediaMagic.Commands.GetErrorCatalogCommand'
    }

    It 'explains an error that comes through the pipeline' {
        $entry = ConvertFrom-MMErrorResponse 429 '{"error":"rate_limit_exceeded"}' | Get-MMErrorCatalog
        $entry.Code | Should -Be 'RateLimited'
        $entry.StatusCode | Should -Be 429
        $record = try { Get-MMLedger "$TestDrive/none.db" -ErrorAction Stop } catch { $_ }
        $record | Get-MMError | Get-MMErrorCatalog | ForEach-Object { "$($_.Code) $($_.Category)" } | Should -Be 'LedgerNotFound ObjectNotFound'
        $gateway = ConvertFrom-MMErrorResponse 401 '<html><title>Sign in</title></html>'
        $gateway.System | Should -Be 'Unknown'
        $gateway | Get-MMErrorCatalog | ForEach-Object { "$($_.System) $($_.Code)" } | Should -Be 'MediaMagic Unauthorized'
    }

    It 'gives copies, which nobody can spoil for the next' {
        (Get-MMErrorCatalog RateLimited -System MediaMagic).Meaning = 'spoiled'
        (Get-MMErrorCatalog RateLimited -System MediaMagic).Meaning | Should -Not -Be 'spoiled'
    }

    It 'completes codes, of the system that was named' {
        $line = 'Get-MMErrorCatalog -Code Rate'
        $all = (TabExpansion2 $line $line.Length).CompletionMatches
        $all.CompletionText | Should -Contain 'RateLimited'
        $all[0].ToolTip | Should -Not -BeNullOrEmpty
        $line = 'Get-MMErrorCatalog -System Erynoa -Code '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be ((Get-MMErrorCatalog -System Erynoa).Code | Sort-Object -Unique)
        $line = 'Get-MMErrorCatalog -System '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'Reten'
    }

    It 'shows a table' {
        $view = (Get-MMErrorCatalog RateLimited -System MediaMagic | Out-String -Width 120).Trim() -split '\r?\n'
        $view[0] | Should -Match 'System.*Code.*Meaning'
        $view[2] | Should -Match 'MediaMagic.*429.*RateLimited'
    }

    It 'declares what it gives' {
        (Get-Command Get-MMErrorCatalog).OutputType.Type | Should -Be ([MediaMagic.ErrorCatalogEntry])
    }
}
