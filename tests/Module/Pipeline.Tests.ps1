BeforeAll {
    Import-Module "$PSScriptRoot/Service.psm1" -Force
    $ErrorActionPreference = 'Continue'
    $null = Connect-TestService -ProcessingSeconds 0

    # A folder of its own with these files.
    function Add-Folder([string[]] $Name) {
        $folder = (New-Item -ItemType Directory -Path (Join-Path (Get-PSDrive TestDrive).Root ([guid]::NewGuid()))).FullName
        foreach ($file in $Name) { $null = Add-TestFile $file -Folder $folder }
        $folder
    }
}

AfterAll { Disconnect-TestService }

Describe 'The pipelines of the specification' {
    It 'Get-ChildItem | Test-MMFile' {
        $folder = Add-Folder 'a.txt', 'b.exe', 'with [brackets].txt'
        $checks = Get-ChildItem $folder | Test-MMFile
        $checks.Name | Should -Be 'a.txt', 'b.exe', 'with [brackets].txt'
        $checks.IsValid | Should -Be $true, $false, $true
        Get-ChildItem $folder | Test-MMFile -Quiet | Should -Be $true, $false, $true
    }

    It 'Get-ChildItem | Send-MMFile | New-MMSubmission | Wait-MMSubmission | Get-MMFailedAsset -Retryable | Invoke-MMAssetRetry -Wait' {
        $media = Add-Folder 'one.txt', 'two-fail-retryable.txt', 'three-fail-permanent.txt'
        $Error.Clear()
        $retried = Get-ChildItem $media | Send-MMFile | New-MMSubmission | Wait-MMSubmission -WarningAction Ignore |
            Get-MMFailedAsset -Retryable | Invoke-MMAssetRetry -Wait -WarningAction Ignore
        $retried.GetType().FullName | Should -Be 'MediaMagic.Submission'
        $retried.Assets.Count | Should -Be 3
        $retried.Assets.Status | Sort-Object | Should -Be 'complete', 'complete', 'failed'
        $Error.Count | Should -Be 0
    }

    It 'Get-MMSubmission $id | Get-MMIssue -MinimumSeverity MAJOR | Export-Csv' {
        $folder = Add-Folder (1..8 | ForEach-Object { "issue-$_.txt" })
        $id = (Get-ChildItem $folder | Send-MMFile | New-MMSubmission | Wait-MMSubmission).SubmissionId
        Get-MMSubmission $id | Get-MMIssue -MinimumSeverity MAJOR | Export-Csv TestDrive:/issues.csv
        $rows = @(Import-Csv TestDrive:/issues.csv)
        $all = @(Get-MMIssue $id)
        $rows.Count | Should -BeGreaterThan 0
        $rows.Count | Should -BeLessThan $all.Count
        $rows.Severity | Sort-Object -Unique | Should -BeIn 'CRITICAL', 'MAJOR'
        $rows.SubmissionId | Sort-Object -Unique | Should -Be $id
        $rows.AssetId | Should -Not -Contain ''
        $rows.Count | Should -Be @($all | Where-Object Severity -In CRITICAL, MAJOR).Count
        @(Get-MMIssue $id -Severity MINOR, INFO).Count + $rows.Count | Should -Be $all.Count
    }

    It 'Send-MMFile | New-MMSubmission -Wait, and what comes after' {
        $submission = Get-Item (Add-TestFile 'pipeline.txt') | Send-MMFile | New-MMSubmission -Wait
        $submission.Status | Should -Be complete
        ($submission | Get-MMSubmissionVersion).VersionNumber | Should -Be 1
        ($submission | Get-MMTopic).GetType().FullName | Should -Be 'MediaMagic.TopicReport'
        ($submission | Invoke-MMSandboxEvent).Dispatched | Should -Be 0
        $next = Send-MMFile (Add-TestFile 'pipeline2.txt') | New-MMSubmission -PreviousSubmissionId $submission.SubmissionId -Wait
        $next.Assets[0].VersionNumber | Should -Be 2
        $next.Assets[0].VersionGroupId | Should -Be $submission.Assets[0].VersionGroupId
    }
}

Describe 'Binding' {
    BeforeAll { $submission = Submit-TestFile -Wait }

    It 'a submission binds to <_>' -ForEach 'Get-MMSubmission', 'Wait-MMSubmission', 'Get-MMSubmissionVersion', 'Get-MMAsset', 'Get-MMTopic' {
        ($submission | & $_).SubmissionId ?? $submission.SubmissionId | Should -Be $submission.SubmissionId
    }

    It 'a submission of a test, a row of a table and a bare id bind alike' {
        $id = $submission.SubmissionId
        ([MediaMagic.Submission] @{ SubmissionId = $id } | Get-MMSubmission).SubmissionId | Should -Be $id
        ([pscustomobject] @{ SubmissionId = $id; Other = 1 } | Get-MMSubmission).SubmissionId | Should -Be $id
        ([pscustomobject] @{ Id = $id } | Get-MMSubmission).SubmissionId | Should -Be $id
        ($id | Get-MMSubmission).SubmissionId | Should -Be $id
        (Get-MMSubmission -Id $id).SubmissionId | Should -Be $id
        (Get-MMSubmission $id, $id).Count | Should -Be 2
    }

    It 'a list of submissions and a guid bind to -SubmissionId' {
        (Get-MMSubmission -SubmissionId @($submission, $submission.SubmissionId)).Count | Should -Be 2
        (Get-MMSubmission -SubmissionId ([guid] $submission.SubmissionId)).SubmissionId | Should -Be $submission.SubmissionId
    }

    It 'an object with several ids binds as each of them' {
        $ids = $submission.SubmissionId, $submission.SubmissionId
        ([pscustomobject] @{ SubmissionId = $ids } | Get-MMSubmission).Count | Should -Be 2
        ([pscustomobject] @{ SubmissionId = [string[]] $ids } | Get-MMSubmission).Count | Should -Be 2
        (Get-MMSubmission @([pscustomobject] @{ SubmissionId = $ids }, $ids[0], @(, $ids))).Count | Should -Be 5
        (Get-ErrorOf { [pscustomobject] @{ SubmissionId = $ids[0], '' } | Get-MMSubmission }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
    }

    It 'what has no id is one error of <Command> that names it, and nothing is sent: <Item>' -ForEach $(
        $items = @(
            [pscustomobject] @{ Foo = 'bar' }, [pscustomobject] @{ SubmissionId = '' }, [pscustomobject] @{ SubmissionId = $null }
            [pscustomobject] @{ Id = ' ' }, @{ SubmissionId = 'x' }, [pscustomobject] @{ SubmissionId = @{ a = 1 } }, (Get-Item $PSCommandPath)
        )
        foreach ($command in 'Get-MMSubmission', 'Wait-MMSubmission', 'Get-MMSubmissionVersion', 'Get-MMFailedAsset', 'Get-MMAsset', 'Get-MMIssue', 'Get-MMTopic', 'Invoke-MMSandboxEvent') {
            foreach ($item in $items) { @{ Command = $command; Item = $item } }
        }
    ) {
        $before = (Get-MMSimulator).Requests
        $Error.Clear()
        $Item | & $Command -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $Error.Count | Should -Be 1
        $Error[0].FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,MediaMagic.Commands.*'
        $Error[0].Exception.Message | Should -BeLike "*$($Item.GetType().Name)*Id*"
        $Error[0].TargetObject | Should -Be $Item
        (Get-MMSimulator).Requests | Should -Be $before
    }

    It 'a list that holds itself is refused' {
        $list = [System.Collections.ArrayList] @()
        $null = $list.Add($list)
        (Get-ErrorOf { Get-MMSubmission $list }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
    }

    It 'what is no upload is not submitted: <_>' -ForEach (Get-Item $PSCommandPath), @{ BlobPath = 'w/a.txt' }, ([pscustomobject] @{ BlobPath = '' }) {
        $before = (Get-MMSimulator).Requests
        (Get-ErrorOf { $_ | New-MMSubmission }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
        (Get-ErrorOf { New-MMSubmission $_ }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
        (Get-MMSimulator).Requests | Should -Be $before
    }

    It 'a result without an id does not stop the others' {
        $Error.Clear()
        $found = [MediaMagic.SubmitResult] @{ Path = 'x'; State = 'Invalid' }, $submission | Get-MMSubmission -ErrorAction SilentlyContinue
        $found.SubmissionId | Should -Be $submission.SubmissionId
        $Error.Count | Should -Be 1
        $Error[0].Exception.Message | Should -BeLike "*SubmitResult 'x*SubmissionId is empty*"
    }

    It 'a report of what has no id is none' {
        (Get-ErrorOf { [pscustomobject] @{ Foo = 1 } | Export-MMReport "$TestDrive/none.html" }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
        "$TestDrive/none.html" | Should -Not -Exist
    }

    It 'a subscription without an id is refused, too' {
        $before = (Get-MMSimulator).Requests
        (Get-ErrorOf { [pscustomobject] @{ Foo = 1 } | Get-MMWebhookSubscription }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
        (Get-ErrorOf { Get-MMWebhookDelivery ([pscustomobject] @{ SubscriptionId = '' }) }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
        (Get-MMSimulator).Requests | Should -Be $before
    }

    It 'a row without an asset id means all assets of the submission' {
        ([pscustomobject] @{ SubmissionId = $submission.SubmissionId; AssetId = $null } | Get-MMAsset).AssetId | Should -Be $submission.Assets[0].AssetId
        ([pscustomobject] @{ SubmissionId = $submission.SubmissionId; AssetId = '' } | Get-MMAsset).AssetId | Should -Be $submission.Assets[0].AssetId
    }

    It 'an asset binds to <_>' -ForEach 'Get-MMAsset', 'Get-MMTopic' {
        $submission.Assets | Should -Not -BeNullOrEmpty
        ($submission.Assets | & $_).AssetId | Should -Be $submission.Assets[0].AssetId
        (Get-MMAsset $submission.SubmissionId | & $_).AssetId | Should -Be $submission.Assets[0].AssetId
    }

    It 'issues know where they belong, and lead back there' {
        foreach ($issue in $submission.Assets | Get-MMIssue) {
            $issue.SubmissionId | Should -Be $submission.SubmissionId
            $issue.AssetId | Should -Be $submission.Assets[0].AssetId
        }
        $issue = [MediaMagic.Issue] @{ SubmissionId = $submission.SubmissionId; AssetId = $submission.Assets[0].AssetId }
        ($issue | Get-MMAsset).AssetId | Should -Be $issue.AssetId
    }

    It 'an upload binds to New-MMSubmission, and a blob path does' {
        $paths = (Add-TestFile), (Add-TestFile) | Send-MMFile | ForEach-Object BlobPath
        ($paths | New-MMSubmission).Assets.Count | Should -Be 2
    }

    It 'a subscription binds to <_>' -ForEach 'Get-MMWebhookSubscription', 'Get-MMWebhookDelivery', 'Enable-MMWebhookSubscription', 'Disable-MMWebhookSubscription', 'Remove-MMWebhookSubscription' {
        $subscription = New-MMWebhookSubscription 'https://example.test/hook'
        $Error.Clear()
        $quiet = $_ -like 'Get*' ? @{} : @{ Confirm = $false }
        $null = $subscription | & $_ @quiet
        $Error.Count | Should -Be 0
        Get-MMWebhookSubscription | Remove-MMWebhookSubscription -Confirm:$false
        Get-MMWebhookSubscription | Should -BeNullOrEmpty
    }

    It '-LiteralPath takes names as they are, and -Path wildcards' {
        $folder = Add-Folder '[1].txt', '1.txt', '2.txt'
        (Test-MMFile -LiteralPath "$folder/[1].txt").Name | Should -Be '[1].txt'
        (Test-MMFile "$folder/[1].txt").Name | Should -Be '1.txt'
        (Test-MMFile "$folder/*.txt").Count | Should -Be 3
        Push-Location $folder
        try { (Test-MMFile 1.txt).IsValid | Should -BeTrue } finally { Pop-Location }
        (Test-MMFile TestDrive:/nowhere.txt).Problems.Code | Should -Be NotFound
    }
}

Describe 'One bad item' {
    It 'is one error of <_>, and the rest go on' -ForEach 'Get-MMSubmission', 'Wait-MMSubmission', 'Get-MMAsset', 'Get-MMFailedAsset', 'Get-MMSubmissionVersion' {
        $failed = @(1..2 | ForEach-Object { Submit-TestFile "$([guid]::NewGuid())-fail-permanent.txt" -Wait })
        $ids = $failed[0].SubmissionId, 'unknown', $failed[1].SubmissionId
        $Error.Clear()
        $output = @($ids | & $_ -ErrorAction SilentlyContinue -WarningAction Ignore)
        $Error.Count | Should -Be 1
        $Error[0].TargetObject | Should -Be 'unknown'
        @($output.SubmissionId) | Sort-Object | Should -Be (@($failed.SubmissionId) | Sort-Object)
    }

    It 'is one error of Send-MMFile, and the rest go on' {
        $folder = Add-Folder 'a.txt', 'b.exe', 'c.txt'
        $Error.Clear()
        $sent = Get-ChildItem $folder | Send-MMFile -ErrorAction SilentlyContinue
        $sent.Path | Split-Path -Leaf | Sort-Object | Should -Be 'a.txt', 'c.txt'
        $Error.Count | Should -Be 1
        $Error[0].TargetObject | Should -BeLike '*b.exe'
    }

    It 'is one error of Invoke-MMAssetRetry, and the rest go on' {
        $failed = Submit-TestFile "$([guid]::NewGuid())-fail-retryable.txt" -Wait
        $items = [pscustomobject] @{ SubmissionId = $failed.SubmissionId; AssetId = 'unknown' }, $failed.Assets[0]
        $Error.Clear()
        ($items | Invoke-MMAssetRetry -ErrorAction SilentlyContinue).SubmissionId | Should -Be $failed.SubmissionId
        $Error.Count | Should -Be 1
        $Error[0].TargetObject | Should -Be 'unknown'
    }
}

Describe 'Streaming' {
    It '<Command> writes the first result before the last input is read' -ForEach @(
        @{ Command = 'Get-MMSubmission'; Arguments = @{} }
        @{ Command = 'Get-MMAsset'; Arguments = @{} }
        @{ Command = 'Get-MMSubmission'; Arguments = @{ ThrottleLimit = 2 } }
    ) {
        $id = (Submit-TestFile).SubmissionId
        $log = [System.Collections.Generic.List[string]]::new()
        1..6 | ForEach-Object { $log.Add('in'); $id } | & $Command @Arguments | ForEach-Object { $log.Add('out') }
        $log.FindAll({ $args[0] -eq 'out' }).Count | Should -Be 6
        $log.IndexOf('out') | Should -BeLessThan $log.LastIndexOf('in')
    }

    It 'Send-MMFile writes what is done while files still come' {
        $files = 1..6 | ForEach-Object { Add-TestFile }
        $log = [System.Collections.Generic.List[string]]::new()
        $files | ForEach-Object { $log.Add('in'); $_ } | Send-MMFile -ThrottleLimit 1 | ForEach-Object { $log.Add('out') }
        $log.IndexOf('out') | Should -BeLessThan $log.LastIndexOf('in')
    }

    It 'ends upstream when Select-Object -First has enough' {
        $id = (Submit-TestFile).SubmissionId
        $before = (Get-MMSimulator).Requests
        (1..50 | ForEach-Object { $id } | Get-MMSubmission | Select-Object -First 1).SubmissionId | Should -Be $id
        (Get-MMSimulator).Requests - $before | Should -BeLessThan 5
        (Get-MMSubmission $id).SubmissionId | Should -Be $id
    }

    It 'Wait-MMSubmission returns the quick before the slow' {
        $slow = Submit-TestFile
        $quick = Submit-TestFile
        Suspend-TestSubmission $slow.SubmissionId
        $ended = $slow, $quick | Wait-MMSubmission -PollIntervalSec 0.02 | ForEach-Object { Clear-MMSimulatorFault; $_ }
        $ended.SubmissionId | Should -Be $quick.SubmissionId, $slow.SubmissionId
    }
}

Describe 'New-MMSubmission' {
    It 'gathers what is piped into one submission' {
        $before = (Get-MMSimulator).Submissions
        $submission = 1..3 | ForEach-Object { Add-TestFile } | Send-MMFile | New-MMSubmission
        $submission.Assets.Count | Should -Be 3
        (Get-MMSimulator).Submissions | Should -Be ($before + 1)
    }

    It 'sends -SimulationDelaySeconds' {
        $path = (Send-MMFile (Add-TestFile)).BlobPath
        $null = New-MMSubmission $path -SimulationDelaySeconds 30
        @((Get-TestServer).Requests.Path) -like '*/submissions?simulationDelaySeconds=30' | Should -HaveCount 1
    }

    It 'sends a path once that is named twice' {
        $path = (Send-MMFile (Add-TestFile)).BlobPath
        (New-MMSubmission $path, $path).Assets.Count | Should -Be 1
    }

    It 'refuses a path of this session, sends nothing, and lets -Force and -PreviousSubmissionId pass' {
        $path = (Send-MMFile (Add-TestFile)).BlobPath
        $first = New-MMSubmission $path
        $before = (Get-MMSimulator).Requests
        $record = Get-ErrorOf { New-MMSubmission $path }
        $record.FullyQualifiedErrorId | Should -BeLike 'MediaMagic.AssetAlreadySubmitted,*'
        $record.CategoryInfo.Category | Should -Be ResourceExists
        $record.TargetObject | Should -Be $path
        (Get-MMSimulator).Requests | Should -Be $before
        $null = Get-ErrorOf { New-MMSubmission $path -Force }
        (Get-MMSimulator).Requests | Should -Be ($before + 1)
        $null = Get-ErrorOf { New-MMSubmission $path -PreviousSubmissionId $first.SubmissionId }
        (Get-MMSimulator).Requests | Should -Be ($before + 2)
    }

    It 'refuses it in another runspace that shares the session, too' {
        $path = (Send-MMFile (Add-TestFile)).BlobPath
        $null = New-MMSubmission $path
        $shell = [powershell]::Create()
        $shell.Runspace = Open-TestRunspace
        try {
            $null = $shell.AddScript('param($s, $p) New-MMSubmission $p -Session $s').AddArgument((Get-MMSession Default)).AddArgument($path).Invoke()
            $shell.Streams.Error[0].FullyQualifiedErrorId | Should -BeLike 'MediaMagic.AssetAlreadySubmitted,*'
        }
        finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
    }

    It 'takes metadata of any form and sidekicks' {
        $metadata = [ordered] @{ campaign = 'autumn'; tags = @('a', 'b'); nested = [pscustomobject] @{ deep = 1; when = [datetime]::UtcNow }; none = $null; yes = $true }
        $submission = Send-MMFile (Add-TestFile) | New-MMSubmission -Metadata $metadata -SidekickId ([guid]::NewGuid())
        $submission.SubmissionId | Should -Not -BeNullOrEmpty
        $Error.Clear()
        (Send-MMFile (Add-TestFile) | New-MMSubmission -SidekickId @()).SubmissionId | Should -Not -BeNullOrEmpty
    }
}

Describe 'Send-MMFile' {
    It 'refuses to overwrite another file''s blob path, unless it is named otherwise' {
        $one = Add-TestFile 'same.txt' -Folder (Add-Folder)
        $two = Add-TestFile 'same.txt' -Folder (Add-Folder)
        $first = Send-MMFile $one
        $record = Get-ErrorOf { Send-MMFile $two }
        $record.FullyQualifiedErrorId | Should -BeLike 'MediaMagic.BlobPathCollision,*'
        $record.CategoryInfo.Category | Should -Be InvalidOperation
        $record.TargetObject | Should -Be $two
        $record.ErrorDetails.RecommendedAction | Should -BeLike '*-FileName*'
        (Send-MMFile $two -FileName 'other.txt').BlobPath | Should -Not -Be $first.BlobPath
        (Send-MMFile $one).BlobPath | Should -Be $first.BlobPath
    }

    It 'takes the same content again that was written anew' {
        $folder = Add-Folder
        Set-Content "$folder/again.txt" 'The same.'
        $first = Send-MMFile "$folder/again.txt"
        Set-Content "$folder/again.txt" 'The same.'
        (Get-Item "$folder/again.txt").LastWriteTimeUtc = [datetime]::UtcNow.AddMinutes(1)
        (Send-MMFile "$folder/again.txt").BlobPath | Should -Be $first.BlobPath
        Set-Content "$folder/again.txt" 'Not same.'
        (Get-ErrorOf { Send-MMFile "$folder/again.txt" }).FullyQualifiedErrorId | Should -BeLike 'MediaMagic.BlobPathCollision,*'
    }

    It 'tells what it did, by either way' {
        $path = Add-TestFile
        foreach ($method in 'Direct', 'Presigned') {
            $upload = Send-MMFile $path -Method $method
            $upload.GetType().FullName | Should -Be 'MediaMagic.Upload'
            $upload.Path | Should -Be $path
            $upload.Method | Should -Be $method
            $upload.Length | Should -Be (Get-Item $path).Length
            $upload.ContentType | Should -Be 'text/plain'
            $upload.Duration | Should -BeGreaterThan ([timespan]::Zero)
            (Get-TestServer).FindBlob($upload.BlobPath).Length | Should -Be $upload.Length
        }
    }

    It 'leaves the decision to the service with -SkipValidation' {
        $path = Add-TestFile 'really.exe'
        $before = (Get-MMSimulator).Requests
        (Get-ErrorOf { Send-MMFile $path }).FullyQualifiedErrorId | Should -BeLike 'MediaMagic.FileInvalid,*'
        (Get-MMSimulator).Requests | Should -Be $before
        (Get-ErrorOf { Send-MMFile $path -SkipValidation }).FullyQualifiedErrorId | Should -BeLike 'MediaMagic.UnsupportedContentType,*'
    }

    AfterEach { Clear-MMSimulatorFault }

    It 'sends as many at once as -ThrottleLimit says and no more' {
        $server = Get-TestServer
        $session = Connect-TestSession -Option @{ TimeoutSec = 86400 } -PassThru
        foreach ($limit in 1, 3) {
            $release = [System.Threading.Tasks.TaskCompletionSource]::new()
            Add-TestFault 'POST /uploads/direct' -Until $release.Task
            $command = Start-TestCommand '$f | Send-MMFile -Session $s -ThrottleLimit $n' @{ s = $session; f = (1..4 | ForEach-Object { Add-TestFile }); n = $limit }
            Wait-TestServer { $server.OpenRequests -ge $limit }
            Test-Quiet -Open $limit | Should -BeTrue
            $release.SetResult()
            Wait-TestCommand $command
            $command.Output.Count | Should -Be 4
            Close-TestCommand $command
            Clear-MMSimulatorFault
        }
    }
}
