BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1" -Force
    Import-Module (Get-StagedManifest) -Force
}

Describe 'ConvertFrom-MMErrorResponse' {
    It 'reads text' {
        $found = ConvertFrom-MMErrorResponse -StatusCode 409 -Body '{"detail":"Asset already submitted"}'
        $found | Should -BeOfType ([MediaMagic.ApiError])
        $found.System | Should -Be 'MediaMagic'
        $found.StatusCode | Should -Be 409
        $found.Code | Should -Be 'AssetAlreadySubmitted'
        $found.Detail | Should -Be 'Asset already submitted'
        $found.RecommendedAction | Should -Not -BeNullOrEmpty
        $found.RawBody | Should -Be '{"detail":"Asset already submitted"}'
    }

    It 'reads bytes, in the encoding that they are in' {
        (ConvertFrom-MMErrorResponse 400 ([System.Text.Encoding]::UTF8.GetBytes("{""detail"":""zu gro$([char] 0xDF)""}"))).Detail | Should -Be "zu gro$([char] 0xDF)"
        (ConvertFrom-MMErrorResponse 400 ([System.Text.Encoding]::Unicode.GetBytes("{""detail"":""zu gro$([char] 0xDF)""}"))).Detail | Should -Be "zu gro$([char] 0xDF)"
    }

    It 'reads the lines of a file' {
        Set-Content -LiteralPath "$TestDrive/body.json" -Value '{', '"detail": "from lines"', '}'
        (ConvertFrom-MMErrorResponse 400 (Get-Content -LiteralPath "$TestDrive/body.json")).Detail | Should -Be 'from lines'
    }

    It 'reads a body that is <What>' -ForEach @(
        @{ What = 'null'; Body = $null }
        @{ What = 'empty text'; Body = '' }
        @{ What = 'no bytes'; Body = [byte[]]::new(0) }
        @{ What = 'a page'; Body = '<html><body>Bad Gateway</body></html>' }
        @{ What = 'broken JSON'; Body = '{"detail": "x' }
        @{ What = 'deep JSON'; Body = '[' * 10000 }
    ) {
        $found = ConvertFrom-MMErrorResponse 502 $Body
        $found.StatusCode | Should -Be 502
        $found.Code | Should -Be 'ServerError'
        $found.Message | Should -Not -BeNullOrEmpty
    }

    It 'reads headers given as <What>' -ForEach @(
        @{ What = 'a hashtable'; Header = @{ 'retry-after' = '7'; 'X-Request-ID' = 'r1' } }
        @{ What = 'a hashtable of numbers'; Header = @{ 'Retry-After' = 7; 'X-Request-ID' = 'r1' } }
        @{ What = 'a hashtable of arrays'; Header = @{ 'Retry-After' = @('7'); 'X-Request-ID' = [string[]] @('r1') } }
        @{ What = 'an ordered dictionary'; Header = [ordered] @{ 'RETRY-AFTER' = '7'; 'x-request-id' = 'r1' } }
        @{
            What   = 'a generic dictionary of lists'
            Header = & { $d = [System.Collections.Generic.Dictionary[string, System.Collections.Generic.IEnumerable[string]]]::new(); $d.Add('Retry-After', [string[]] '7'); $d.Add('X-Request-ID', [string[]] 'r1'); $d }
        }
        @{ What = 'a web header collection'; Header = & { $h = [System.Net.WebHeaderCollection]::new(); $h.Add('Retry-After', '7'); $h.Add('X-Request-ID', 'r1'); , $h } }
        @{ What = 'headers of an HttpResponseMessage'; Header = & { $r = [System.Net.Http.HttpResponseMessage]::new(); $null = $r.Headers.TryAddWithoutValidation('Retry-After', '7'); $r.Headers.Add('X-Request-ID', 'r1'); , $r.Headers } }
    ) {
        $found = ConvertFrom-MMErrorResponse 429 '{"error":"rate_limit_exceeded","bucket":"read"}' -Header $Header
        $found.RetryAfter | Should -Be ([timespan]::FromSeconds(7))
        $found.RequestId | Should -Be 'r1'
        $found.Bucket | Should -Be 'read'
    }

    It 'takes no headers at all' {
        (ConvertFrom-MMErrorResponse 500 -Header $null).Code | Should -Be 'ServerError'
        (ConvertFrom-MMErrorResponse 500 -Header @{}).Code | Should -Be 'ServerError'
    }

    It 'reads as the system that is named' {
        (ConvertFrom-MMErrorResponse 400 '{"error":"Bad Request","message":"x"}' -System Reten).Code | Should -Be 'BadRequest'
        (ConvertFrom-MMErrorResponse 400 '{"error":"Bad Request","message":"x"}' -System reten).System | Should -Be 'Reten'
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'a system that it does not know'; Arguments = @{ StatusCode = 400; System = 'Nonsense' }; Id = 'ParameterArgumentValidationError' }
        @{ What = 'a status that is none'; Arguments = @{ StatusCode = 99 }; Id = 'ParameterArgumentValidationError' }
        @{ What = 'headers that are none'; Arguments = @{ StatusCode = 400; Header = 'x' }; Id = 'CannotConvertArgumentNoMessage' }
    ) {
        $problem = { ConvertFrom-MMErrorResponse @Arguments } | Should -Throw -PassThru
        $problem.FullyQualifiedErrorId | Should -Be "$Id,MediaMagic.Commands.ConvertFromErrorResponseCommand"
    }

    It 'takes what Invoke-WebRequest returns, through the pipeline' {
        $simulator = Start-MMSimulator -PassThru
        try {
            $found = Invoke-WebRequest "$($simulator.BaseUri)api/integrations/submissions/none" -SkipHttpErrorCheck | ConvertFrom-MMErrorResponse
        }
        finally {
            Stop-MMSimulator
        }
        $found.StatusCode | Should -Be 401
        $found.Code | Should -Be 'MissingApiKey'
        $found.System | Should -Be 'MediaMagic'
    }

    It 'reads many, each for itself' {
        $found = @(
            [pscustomobject] @{ StatusCode = 404; Body = '{"detail":"a"}' }
            [pscustomobject] @{ StatusCode = 503; Body = '' }
        ) | ConvertFrom-MMErrorResponse
        $found.Code | Should -Be 'NotFound', 'ServerError'
        $found[1].Detail | Should -BeNullOrEmpty
    }

    It 'keeps no secret' {
        $found = ConvertFrom-MMErrorResponse 401 '{"detail":"Invalid key sk_test_canary1234567890abcdef"}' -Header @{ 'X-Request-ID' = 'sk_test_canary1234567890abcdef' }
        $found | Format-List * | Out-String | Should -Not -Match 'canary'
        $found | ConvertTo-Json -Depth 5 | Should -Not -Match 'canary'
    }
}
