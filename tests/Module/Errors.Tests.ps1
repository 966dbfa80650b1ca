BeforeDiscovery {
    $submission = 'c0ffee00-0000-4000-8000-000000000001'
    $asset = 'c0ffee00-0000-4000-8000-000000000002'
    $calls = @{
        Read    = @{ Run = { Get-MMSubmission 'c0ffee00-0000-4000-8000-000000000001' }; Target = $submission }
        Asset   = @{ Run = { Get-MMAsset 'c0ffee00-0000-4000-8000-000000000001' 'c0ffee00-0000-4000-8000-000000000002' }; Target = $asset }
        Issues  = @{ Run = { Get-MMIssue 'c0ffee00-0000-4000-8000-000000000001' 'c0ffee00-0000-4000-8000-000000000002' }; Target = $asset }
        Topics  = @{ Run = { Get-MMTopic 'c0ffee00-0000-4000-8000-000000000001' 'c0ffee00-0000-4000-8000-000000000002' }; Target = $asset }
        Retry   = @{ Run = { Invoke-MMAssetRetry 'c0ffee00-0000-4000-8000-000000000001' 'c0ffee00-0000-4000-8000-000000000002' }; Target = $asset }
        Create  = @{ Run = { New-MMSubmission 'workspace/a.txt' -Force }; Target = 'workspace/a.txt' }
        Url     = @{ Run = { New-MMUploadUrl 'a.mp4' }; Target = 'a.mp4' }
        Sandbox = @{ Run = { Invoke-MMSandboxEvent 'c0ffee00-0000-4000-8000-000000000001' }; Target = $submission }
        Webhook = @{ Run = { New-MMWebhookSubscription 'https://example.test/hook' }; Target = 'https://example.test/hook' }
    }
    $rows = foreach ($row in @(
            'Read    400 BadRequest             InvalidArgument     "Something about the request"'
            'Read    401 MissingApiKey          AuthenticationError "Missing X-API-Key header"'
            'Read    401 InvalidApiKey          AuthenticationError "Invalid API key"'
            'Read    401 ApiKeyExpired          AuthenticationError "This API key has expired"'
            'Read    401 ApiKeyRevoked          AuthenticationError "This API key has been revoked"'
            'Read    401 Unauthorized           AuthenticationError "No entry"'
            'Create  402 PlanNotAuthorized      NotEnabled          "Your plan does not include it"'
            'Create  403 InvalidBlobPath        PermissionDenied    "Invalid blob path"'
            'Url     403 InvalidBlobPath        PermissionDenied    "Invalid filename"'
            'Sandbox 403 SandboxOnly            PermissionDenied    "Not with this key"'
            'Read    403 Forbidden              PermissionDenied    "No entry"'
            'Read    404 NotFound               ObjectNotFound      "Submission not found"'
            'Asset   404 NotFound               ObjectNotFound      "Asset not found"'
            'Issues  404 AssetNotFinished       ObjectNotFound      "Asset has not finished processing"'
            'Topics  404 AssetNotFinished       ObjectNotFound      "Asset has not finished processing"'
            'Issues  404 NotFound               ObjectNotFound      "Asset not found"'
            'Create  409 AssetAlreadySubmitted  ResourceExists      "Asset already submitted"'
            'Create  409 AssetAlreadySubmitted  ResourceExists      "No"'
            'Retry   409 AssetNotRetryable      InvalidOperation    "Asset has not failed"'
            'Retry   409 RetryInProgress        ResourceBusy        "A retry is already in progress for this asset"'
            'Webhook 409 Conflict               InvalidOperation    "It clashes"'
            'Create  413 UploadTooLarge         LimitsExceeded      "File too large; use the presigned upload URL"'
            'Create  415 UnsupportedContentType InvalidType         "Unsupported content type"'
            'Webhook 422 ValidationFailed       InvalidData         "endpointUrl must be https"'
            'Read    429 RateLimited            QuotaExceeded       "Rate limit exceeded: too many submission reads"'
            'Read    500 ServerError            ResourceUnavailable "Internal server error"'
            'Read    502 ServerError            ResourceUnavailable "Bad gateway"'
            'Issues  502 ResultLoadFailed       ResourceUnavailable "Failed to load results from storage"'
            'Topics  502 ResultLoadFailed       ResourceUnavailable "Failed to load results from storage"'
            'Read    503 ServerError            ResourceUnavailable "Service unavailable"'
            'Read    504 ServerError            ResourceUnavailable "Gateway timeout"'
            'Read    418 RequestRejected        InvalidOperation    "A teapot"'
            'Read    599 ServerError            ResourceUnavailable "Something else"'
        )) {
        $null = $row -match '^(?<Call>\w+) +(?<Status>\d+) +(?<Code>\w+) +(?<Category>\w+) +"(?<Detail>.*)"$'
        $found = $Matches.Clone()
        $body = switch ([int] $found.Status) {
            402 { @{ error_code = 'tier_not_authorized_for_integrations_api'; message = $found.Detail; bucket = 'submission_write' } }
            422 { @{ detail = $found.Detail; fields = @(@{ field = 'endpointUrl'; message = 'must be https' }) } }
            429 { @{ error = $found.Detail } }
            default { @{ detail = $found.Detail; docs_url = 'https://docs.mediamagic.app/x' } }
        }
        @{
            Call = $found.Call; Status = [int] $found.Status; Code = $found.Code; Category = $found.Category; Detail = $found.Detail
            Body = ConvertTo-Json $body -Compress; Run = $calls[$found.Call].Run; Target = $calls[$found.Call].Target
        }
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/Service.psm1" -Force
    $ErrorActionPreference = 'Continue'

    # What every error of the module has, whatever its cause.
    function Assert-Record($Record, [string] $Code, [string] $Category, $Target) {
        $Record | Should -BeOfType ([System.Management.Automation.ErrorRecord])
        $Record.FullyQualifiedErrorId.Split(',')[0] | Should -BeExactly "MediaMagic.$Code"
        $Record.CategoryInfo.Category | Should -Be $Category
        $Record.TargetObject | Should -Be $Target
        $Record.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $Record.Exception.GetType().FullName | Should -BeExactly 'MediaMagic.MediaMagicException'
        $Record.Exception.Error.Code | Should -BeExactly $Code
    }
}

AfterAll { Disconnect-TestService }

Describe 'The status table' {
    BeforeAll {
        $null = Connect-TestService
        Connect-TestSession -Option @{ MaxAttempts = 1; NoCircuitBreaker = $true }
    }

    BeforeEach { Clear-MMSimulatorFault }

    It '<Call> <Status> "<Detail>" is <Code>, <Category>' -ForEach $rows {
        Add-MMSimulatorFault '*' -Status $Status -Body $Body -Count 0
        $record = Get-ErrorOf $Run
        Assert-Record $record $Code $Category $Target
        $record.ErrorDetails.Message | Should -BeExactly "$Status ${Code}: $Detail"
        $record.Exception.Error.StatusCode | Should -Be $Status
        $Error.Count | Should -Be 1
    }

    It 'says of a 404 what was asked for' {
        $record = Get-ErrorOf { Get-MMSubmission 'nobody-1' }
        $record.ErrorDetails.RecommendedAction | Should -BeLike '*GET /submissions/nobody-1. *'
        $record.Exception.Error.RecommendedAction | Should -Not -BeNullOrEmpty
        (Get-ErrorOf { Get-MMAsset nobody-2 a }).ErrorDetails.RecommendedAction | Should -BeLike '*GET /submissions/nobody-2/assets/a. *'
    }

    It 'says of a 429 how long to wait, when it was answered and when nothing was sent' {
        Add-MMSimulatorFault 'GET *' -Status 429 -RetryAfterSec 90
        foreach ($turn in 1..2) {
            $record = Get-ErrorOf { Get-MMSubmission a }
            $record.FullyQualifiedErrorId | Should -BeLike 'MediaMagic.RateLimited,*'
            $record.ErrorDetails.RecommendedAction | Should -Match '\b(90|[1-8]\d)(\.\d)? s\b'
        }
        Connect-TestSession -Option @{ MaxAttempts = 1; NoCircuitBreaker = $true }
    }

    It 'tells an unfinished asset from a missing one where the words do not' {
        $submission = Submit-TestFile -Unfinished
        Add-MMSimulatorFault 'GET */issues' -Status 404 -Body '{"detail":"No"}' -Count 0
        Add-MMSimulatorFault 'GET */topics' -Status 404 -Body '{"detail":"No"}' -Count 0
        $id = $submission.Assets[0].AssetId
        Assert-Record (Get-ErrorOf { Get-MMIssue $submission.SubmissionId $id }) AssetNotFinished ObjectNotFound $id
        Assert-Record (Get-ErrorOf { Get-MMTopic $submission.SubmissionId $id }) AssetNotFinished ObjectNotFound $id
        $stranger = [guid]::NewGuid().ToString()
        Assert-Record (Get-ErrorOf { Get-MMIssue $submission.SubmissionId $stranger }) NotFound ObjectNotFound $stranger
    }

    It 'is the service''s own rule that <Name>' -ForEach @(
        @{ Name = 'an expired key is no key'; Key = 'ExpiredApiKey'; Code = 'ApiKeyExpired'; Category = 'AuthenticationError' }
        @{ Name = 'a revoked key is no key'; Key = 'RevokedApiKey'; Code = 'ApiKeyRevoked'; Category = 'AuthenticationError' }
        @{ Name = 'a plan may lack the API'; Key = 'UnplannedApiKey'; Code = 'PlanNotAuthorized'; Category = 'NotEnabled' }
        @{ Name = 'a live key fires no sandbox events'; Key = 'LiveApiKey'; Code = 'SandboxOnly'; Category = 'PermissionDenied' }
    ) {
        $session = Connect-TestSession -Name Other -Option @{ ApiKey = (Get-TestServer).$Key } -PassThru
        Assert-Record (Get-ErrorOf { Invoke-MMSandboxEvent 'c0ffee00-0000-4000-8000-000000000001' -Session $session }) $Code $Category 'c0ffee00-0000-4000-8000-000000000001'
    }
}

Describe 'Causes without a status' {
    BeforeAll { $null = Connect-TestService }
    BeforeEach { Clear-MMSimulatorFault }

    It 'calls a refused connection ConnectionFailed' {
        # Nothing listens on port 1.
        $session = Connect-TestSession -Name Refused -Option @{ BaseUri = 'http://127.0.0.1:1'; MaxAttempts = 1 } -PassThru
        $record = Get-ErrorOf { Get-MMSubmission a -Session $session }
        Assert-Record $record ConnectionFailed ConnectionError a
        $record.ErrorDetails.Message | Should -BeLike 'ConnectionFailed: *'
    }

    It 'calls an unknown host ConnectionFailed' {
        $session = Connect-TestSession -Name Dns -Option @{ BaseUri = 'https://host.invalid'; MaxAttempts = 1 } -PassThru
        Assert-Record (Get-ErrorOf { Get-MMSubmission a -Session $session }) ConnectionFailed ConnectionError a
    }

    It 'calls a lost connection ConnectionFailed' {
        Connect-TestSession -Option @{ MaxAttempts = 1 }
        Add-MMSimulatorFault 'GET *' -DropConnection Before
        Assert-Record (Get-ErrorOf { Get-MMSubmission a }) ConnectionFailed ConnectionError a
    }

    It 'calls a server that speaks no TLS TlsFailed' {
        $https = "https://127.0.0.1:$((Get-MMSimulator).BaseUri.Port)"
        $session = Connect-TestSession -Name Tls -Option @{ BaseUri = $https; MaxAttempts = 1 } -PassThru
        Assert-Record (Get-ErrorOf { Get-MMSubmission a -Session $session }) TlsFailed SecurityError a
    }

    It 'calls a late answer Timeout, never a stop' {
        Connect-TestSession -Option @{ MaxAttempts = 1; TimeoutSec = 0.1 }
        Add-MMSimulatorFault 'GET /submissions/late' -DelayMs 86400000
        $record = Get-ErrorOf { Get-MMSubmission late }
        Assert-Record $record Timeout OperationTimeout late
        $record.ErrorDetails.Message | Should -BeLike 'Timeout: *'
    }

    It 'opens the breaker and says CircuitOpen, with the time to wait' {
        Connect-TestSession -Option @{ MaxAttempts = 1; BreakerThreshold = 2; BreakerDurationSec = 3600 }
        foreach ($id in 'a', 'b') { Add-MMSimulatorFault "GET /submissions/$id" -Status 500 }
        $null = Get-ErrorOf { 'a', 'b' | Get-MMSubmission }
        $before = (Get-MMSession Default).Requests
        $record = Get-ErrorOf { Get-MMSubmission c }
        Assert-Record $record CircuitOpen ResourceUnavailable c
        $record.Exception.Error.RetryAfter | Should -BeGreaterThan ([timespan]::FromMinutes(30))
        (Get-MMSession Default).Requests | Should -Be $before
        (Get-MMSession Default).BreakerState | Should -Be Open
    }

    It 'says that the submission was accepted when the answer was lost and a 409 followed' {
        Connect-TestSession
        $path = (Send-MMFile (Add-TestFile)).BlobPath
        Add-MMSimulatorFault 'POST /submissions' -DropConnection After
        $record = Get-ErrorOf { New-MMSubmission $path }
        Assert-Record $record AssetAlreadySubmitted ResourceExists $path
        $record.Exception.Error.StatusCode | Should -Be 409
        $record.Exception.Delivery | Should -Be 'Accepted'
        $record.Exception.Error.OutcomeUnknown | Should -BeFalse
        $record.ErrorDetails.RecommendedAction | Should -BeLike '*was accepted*'
        (Get-TestServer).AcceptedBlobPaths[$path] | Should -Be 1
        $again = Get-ErrorOf { New-MMSubmission $path }
        Assert-Record $again AssetAlreadySubmitted ResourceExists $path
        $again.Exception.Error.StatusCode | Should -BeNullOrEmpty
    }

    It 'says SubmissionOutcomeUnknown when the answer was lost and <Status> followed' -ForEach @{ Status = 403 }, @{ Status = 422 } {
        Connect-TestSession
        $path = (Send-MMFile (Add-TestFile)).BlobPath
        Add-MMSimulatorFault 'POST /submissions' -DropConnection After
        Add-MMSimulatorFault 'POST /submissions' -Status $Status
        $record = Get-ErrorOf { New-MMSubmission $path }
        Assert-Record $record SubmissionOutcomeUnknown InvalidResult $path
        $record.Exception.Delivery | Should -Be 'Unknown'
        (Get-TestServer).AcceptedBlobPaths[$path] | Should -Be 1
    }

    It 'says SubmissionOutcomeUnknown when no answer came at all' {
        Connect-TestSession
        $path = (Send-MMFile (Add-TestFile)).BlobPath
        Add-MMSimulatorFault 'POST /submissions' -DropConnection After -Count 0
        $record = Get-ErrorOf { New-MMSubmission $path }
        Assert-Record $record SubmissionOutcomeUnknown InvalidResult $path
        $record.Exception.Delivery | Should -Be 'Unknown'
    }

    It 'calls <Name> InvalidResponse' -ForEach @(
        @{ Name = 'a 200 without JSON'; Fault = @{ Status = 200; Body = '<html>Sign in</html>' } }
        @{ Name = 'an empty 200'; Fault = @{ Status = 200; Body = '' } }
        @{ Name = 'a redirect'; Fault = @{ Status = 302; Body = '' } }
        @{ Name = 'JSON nested too deep'; Fault = @{ Status = 200; Body = '{"a":' + '[' * 500 + ']' * 500 + '}' } }
    ) {
        Connect-TestSession -Option @{ MaxAttempts = 1 }
        Add-MMSimulatorFault 'GET *' @Fault
        Assert-Record (Get-ErrorOf { Get-MMSubmission a }) InvalidResponse ProtocolError a
    }

    It 'gives up at once when Retry-After asks for more than is allowed' {
        Connect-TestSession -Option @{ MaxRetryDelaySec = 1 }
        Add-MMSimulatorFault 'GET *' -Status 429 -RetryAfterSec 9000 -Count 0
        $record = Get-ErrorOf { Get-MMSubmission a }
        Assert-Record $record RateLimited QuotaExceeded a
        $record.Exception.Error.RetryAfter.TotalSeconds | Should -BeGreaterThan 6000
        $record.Exception.Error.Attempts | Should -Be 1
    }

    It 'calls local refusals by name' {
        $missing = Join-Path $TestDrive 'nowhere.mp4'
        Assert-Record (Get-ErrorOf { Send-MMFile $missing }) FileNotFound ObjectNotFound $missing
        $wrong = Add-TestFile 'tool.exe'
        Assert-Record (Get-ErrorOf { Send-MMFile $wrong }) FileInvalid InvalidData $wrong
    }
}

Describe 'Handling' {
    BeforeAll {
        $null = Connect-TestService
        Connect-TestSession -Option @{ MaxAttempts = 1 }
        $missing = 'c0ffee00-0000-4000-8000-000000000001'
        $good = (Submit-TestFile).SubmissionId
    }

    It 'goes on after an error, with -ErrorAction <_>' -ForEach 'Continue', 'SilentlyContinue', 'Ignore' {
        $Error.Clear()
        $found = $missing, $good | Get-MMSubmission -ErrorAction $_ -ErrorVariable caught 2>$null
        $found.SubmissionId | Should -Be $good
        $Error.Count | Should -Be ($_ -eq 'Ignore' ? 0 : 1)
        if ($_ -ne 'Ignore') { $caught.FullyQualifiedErrorId | Should -BeLike 'MediaMagic.NotFound,*' }
    }

    It 'writes the error to its stream with Continue and nothing with <_>' -ForEach 'SilentlyContinue', 'Ignore' {
        @(Get-MMSubmission $missing -ErrorAction Continue 2>&1).Count | Should -Be 1
        @(Get-MMSubmission $missing -ErrorAction $_ 2>&1).Count | Should -Be 0
    }

    It 'stops at the first error with -ErrorAction Stop' {
        $before = (Get-MMSimulator).Requests
        { $missing, $good | Get-MMSubmission -ErrorAction Stop } | Should -Throw -ErrorId 'MediaMagic.NotFound,MediaMagic.Commands.Submissions.GetSubmissionCommand'
        (Get-MMSimulator).Requests | Should -Be ($before + 1)
    }

    It 'asks with -ErrorAction Inquire, where nobody can answer an error' {
        $shell = [powershell]::Create()
        $shell.Runspace = Open-TestRunspace
        try {
            $null = $shell.AddCommand('Get-MMSubmission').AddParameters(@{ SubmissionId = $missing; Session = (Get-MMSession Default); ErrorAction = 'Inquire' })
            { $shell.Invoke() } | Should -Throw
        }
        finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
    }

    It 'is caught by type, and branches on category' {
        $code = try { Get-MMSubmission $missing -ErrorAction Stop } catch [MediaMagic.MediaMagicException] { $_.Exception.Error.Code }
        $code | Should -Be 'NotFound'
        $category = try { Get-MMSubmission $missing -ErrorAction Stop } catch { $_.CategoryInfo.Category }
        $category | Should -Be 'ObjectNotFound'
    }

    It 'adds to -ErrorVariable with a plus' {
        $caught = @()
        Get-MMSubmission $missing -ErrorAction SilentlyContinue -ErrorVariable +caught
        Get-MMSubmission $missing -ErrorAction SilentlyContinue -ErrorVariable +caught
        $caught.Count | Should -Be 2
    }

    It 'sets $? to false' {
        Get-MMSubmission $missing -ErrorAction SilentlyContinue
        $? | Should -BeFalse
    }
}

Describe 'Get-MMError' {
    BeforeAll {
        $null = Connect-TestService
        Connect-TestSession -Option @{ MaxAttempts = 1 }
    }

    BeforeEach {
        $Error.Clear()
        Get-MMSubmission 'first' -ErrorAction SilentlyContinue
        Get-Item "$TestDrive/nothing" -ErrorAction SilentlyContinue
        try { Get-MMSubmission 'second' -ErrorAction Stop } catch { $null = $_ }
    }

    It 'shows the newest, the newest few, none' {
        (Get-MMError).Uri | Should -BeLike '*/second'
        $both = Get-MMError -Newest 5
        $both.Count | Should -Be 2
        $both[1].Uri | Should -BeLike '*/first'
        $Error.Clear()
        Get-MMError | Should -BeNullOrEmpty
    }

    It 'is filled' {
        $shown = Get-MMError
        $shown.GetType().FullName | Should -Be 'MediaMagic.ApiError'
        $shown.System | Should -Be MediaMagic
        $shown.StatusCode | Should -Be 404
        $shown.Code | Should -Be NotFound
        $shown.Detail | Should -Not -BeNullOrEmpty
        $shown.RecommendedAction | Should -Not -BeNullOrEmpty
        $shown.Method | Should -Be GET
        $shown.Attempts | Should -Be 1
        $shown.Retryable | Should -BeFalse
        $shown.RawBody | Should -BeLike '{*}'
    }

    It 'takes records from the pipeline and by name, and leaves others out' {
        ($Error | Get-MMError).Count | Should -Be 2
        (Get-MMError -ErrorRecord $Error[0]).Uri | Should -BeLike '*/second'
        try { Get-MMSubmission third -ErrorAction Stop } catch { ($_ | Get-MMError).Uri | Should -BeLike '*/third' }
        @() | Get-MMError | Should -BeNullOrEmpty
    }

    It 'finds an error through what a script wrapped around it' {
        $wrapped = try { throw [System.InvalidOperationException]::new('outer', $Error[0].Exception) } catch { $_ }
        ($wrapped | Get-MMError).Uri | Should -BeLike '*/second'
    }
}
