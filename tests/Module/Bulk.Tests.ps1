BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1" -Force
    Import-Module "$PSScriptRoot/Service.psm1" -Force
    $ErrorActionPreference = 'Continue'
    $null = Connect-TestService
    $server = Get-TestServer
}

AfterAll { Disconnect-TestService }

Describe 'Submit-MMFile' {
    AfterEach { Clear-MMSimulatorFault }

    It 'submits each file once and says as what' {
        $batch = New-TestBatch 20
        $results = $batch.Files | Submit-MMFile
        $results | Should -HaveCount 20
        $results[0] | Should -BeOfType MediaMagic.SubmitResult
        $results.State | Sort-Object -Unique | Should -Be 'Submitted'
        $results.Path | Sort-Object | Should -Be ($batch.Files.FullName | Sort-Object)
        Get-AcceptedCount $results.BlobPath | Sort-Object -Unique | Should -Be 1
        $results | ForEach-Object { $server.SubmissionIdsFor($_.BlobPath)[0] | Should -Be $_.SubmissionId; $_.AssetId | Should -Not -BeNullOrEmpty }
    }

    It 'takes wildcards, literal paths and what Get-ChildItem writes' {
        $batch = New-TestBatch 3
        (Submit-MMFile "$($batch.Folder)/*.txt").State | Should -Be @('Submitted', 'Submitted', 'Submitted')
        $odd = Add-TestFile "odd[1]-$([guid]::NewGuid()).txt" -Folder $batch.Folder
        (Submit-MMFile -LiteralPath $odd).State | Should -Be 'Submitted'
        (Get-Item (Add-TestFile) | Submit-MMFile).State | Should -Be 'Submitted'
    }

    It 'waits when asked to, and warns of what fails' {
        $files = (Add-TestFile), (Add-TestFile "$([guid]::NewGuid())-fail-permanent.txt")
        $results = Submit-MMFile $files -Wait -WarningVariable warnings -WarningAction SilentlyContinue -ErrorVariable errors
        $results.State | Sort-Object | Should -Be @('Complete', 'Failed')
        $results.Status | Sort-Object | Should -Be @('complete', 'failed')
        ($results | Where-Object State -EQ 'Failed').Error | Should -Match '^SubmissionFailed: '
        $warnings | Should -HaveCount 1
        $errors | Should -HaveCount 0
    }

    It 'puts several files into one submission' {
        $batch = New-TestBatch 7
        $results = $batch.Files | Submit-MMFile -AssetsPerSubmission 3 -Metadata @{ Campaign = 'spring' }
        $results | Group-Object SubmissionId | ForEach-Object Count | Sort-Object | Should -Be @(1, 3, 3)
        $results.AssetId | Sort-Object -Unique | Should -HaveCount 7
    }

    It 'reports a bad file as invalid with one error, and goes on' {
        $batch = New-TestBatch 3
        $strange = Add-TestFile 'strange.xyz' -Folder $batch.Folder
        $missing = Join-Path $batch.Folder 'missing.txt'
        $results = @($missing, $strange) + $batch.Files.FullName | Submit-MMFile -ErrorVariable errors -ErrorAction SilentlyContinue
        ($results | Group-Object State -NoElement | ForEach-Object { "$($_.Name) $($_.Count)" } | Sort-Object) | Should -Be @('Invalid 2', 'Submitted 3')
        $errors.FullyQualifiedErrorId | Sort-Object | Should -Be @('MediaMagic.FileInvalid,MediaMagic.Commands.Bulk.SubmitFileCommand', 'MediaMagic.FileNotFound,MediaMagic.Commands.Bulk.SubmitFileCommand')
        $errors.TargetObject | Sort-Object | Should -Be (@($missing, $strange) | Sort-Object)
        $errors[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'says why a file failed' {
        Add-MMSimulatorFault 'POST /submissions' -Status 415
        $result = Submit-MMFile (Add-TestFile) -ErrorVariable errors -ErrorAction SilentlyContinue
        $result.State | Should -Be 'Failed'
        $result.Error | Should -Match '^415 UnsupportedContentType: '
        $errors.FullyQualifiedErrorId | Should -Be 'MediaMagic.UnsupportedContentType,MediaMagic.Commands.Bulk.SubmitFileCommand'
        $errors[0].CategoryInfo.Category | Should -Be InvalidType
    }

    It 'stops at the first error when told to' {
        $batch = New-TestBatch 3
        { @(Join-Path $batch.Folder 'missing.txt') + $batch.Files.FullName | Submit-MMFile -ErrorAction Stop } | Should -Throw -ErrorId 'MediaMagic.FileNotFound,*'
    }

    It 'never gives files of equal name one blob path' {
        $a = New-TestBatch 1
        $b = New-TestBatch 1
        $c = New-TestBatch 1
        $files = foreach ($folder in $a.Folder, $b.Folder, $c.Folder) { Add-TestFile 'same.txt' -Folder $folder }
        $results = Submit-MMFile $files
        $results.State | Should -Be @('Submitted', 'Submitted', 'Submitted')
        $results.BlobPath | Sort-Object -Unique | Should -HaveCount 3
        foreach ($result in $results) { $server.FindBlob($result.BlobPath).Length | Should -Be (Get-Item $result.Path).Length }
    }

    It 'does nothing under -WhatIf, and makes no ledger' {
        $batch = New-TestBatch 2
        $before = $server.RequestCount
        $batch.Files | Submit-MMFile -Ledger $batch.Ledger -WhatIf | Should -BeNullOrEmpty
        $server.RequestCount | Should -Be $before
        Test-Path $batch.Ledger | Should -BeFalse
    }

    It 'ends early when the pipeline has enough' {
        $batch = New-TestBatch 30
        Add-MMSimulatorFault 'POST *' -DelayMs 30 -Count 0
        $first = $batch.Files | Submit-MMFile -Ledger $batch.Ledger | Select-Object -First 2
        $first | Should -HaveCount 2
        Clear-MMSimulatorFault
        $rest = $batch.Files | Submit-MMFile -Ledger $batch.Ledger
        $rest.State | Sort-Object -Unique | Should -BeIn @('Submitted', 'Skipped')
        Get-AcceptedCount $rest.BlobPath | Sort-Object -Unique | Should -Be 1
    }
}

Describe 'A ledger' {
    # A session whose breaker knows nothing of the failures of the test before, and that waits for answers as long as it takes.
    BeforeEach { Connect-TestSession -Option @{ TimeoutSec = 86400 } }
    AfterEach { Clear-MMSimulatorFault }

    It 'lets a rerun skip what is done' {
        $batch = New-TestBatch 8
        $first = $batch.Files | Submit-MMFile -Ledger $batch.Ledger
        $before = $server.RequestCount
        $second = $batch.Files | Submit-MMFile -Ledger $batch.Ledger
        $second.State | Sort-Object -Unique | Should -Be 'Skipped'
        $second.SubmissionId | Sort-Object | Should -Be ($first.SubmissionId | Sort-Object)
        $server.RequestCount | Should -Be $before
    }

    It 'settles by itself what a lost answer left open' {
        $batch = New-TestBatch 3
        # An open breaker would hold the last file's create back, and a create that is not sent is not unknown.
        Connect-TestSession -Option @{ NoCircuitBreaker = $true }
        Add-MMSimulatorFault 'POST /submissions' -DropConnection After -Count 0
        $lost = $batch.Files | Submit-MMFile -Ledger $batch.Ledger -ErrorVariable errors -ErrorAction SilentlyContinue
        $lost.State | Sort-Object -Unique | Should -Be 'Unknown'
        ($errors.FullyQualifiedErrorId -split ',')[0] | Should -Be 'MediaMagic.SubmissionOutcomeUnknown'
        (Get-MMLedger $batch.Ledger).State | Sort-Object -Unique | Should -Be 'Submitting'
        Clear-MMSimulatorFault
        Connect-TestSession
        $settled = $batch.Files | Submit-MMFile -Ledger $batch.Ledger
        $settled.State | Sort-Object -Unique | Should -Be 'Submitted'
        Get-AcceptedCount $settled.BlobPath | Sort-Object -Unique | Should -Be 1
        (Get-MMLedger $batch.Ledger).Error | Sort-Object -Unique | Should -Match 'answer lost'
    }

    It 'is listed by Get-MMLedger, which filters and can be exported' {
        $batch = New-TestBatch 4
        Add-MMSimulatorFault 'POST /submissions' -Status 422
        $null = $batch.Files | Submit-MMFile -Ledger $batch.Ledger -ErrorAction SilentlyContinue
        $rows = Get-MMLedger $batch.Ledger
        $rows | Should -HaveCount 4
        $rows[0] | Should -BeOfType MediaMagic.LedgerEntry
        Get-MMLedger $batch.Ledger -State Submitted | Should -HaveCount 3
        (Get-MMLedger $batch.Ledger -State failed).Error | Should -Match '^422 ValidationFailed'
        Get-MMLedger $batch.Ledger -Path $batch.Files[0].Name | Should -HaveCount 1
        Get-MMLedger $batch.Ledger -Path '*.txt' | Should -HaveCount 4
        Get-MMLedger $batch.Ledger -Path '*.pdf' | Should -BeNullOrEmpty
        Push-Location (Split-Path $batch.Folder)
        try {
            $leaf = Split-Path $batch.Folder -Leaf
            Get-MMLedger $batch.Ledger -Path "./$leaf/$($batch.Files[0].Name)" | Should -HaveCount 1
            Get-MMLedger $batch.Ledger -Path "$leaf/*.txt" | Should -HaveCount 4
            Get-MMLedger $batch.Ledger -Path "../$(Split-Path (Get-Location) -Leaf)/$leaf/*.TXT" | Should -HaveCount 4
            Get-MMLedger $batch.Ledger -Path './*.txt' | Should -HaveCount 4
            Get-MMLedger $batch.Ledger -Path './elsewhere/*.txt' | Should -BeNullOrEmpty
            Get-MMLedger $batch.Ledger -Path "*/$leaf/*.txt" | Should -HaveCount 4
            Get-MMLedger $batch.Ledger -Path "$leaf*/*.txt" | Should -HaveCount 4
        }
        finally { Pop-Location }
        $csv = "$($batch.Folder).csv"
        $rows | Export-Csv $csv
        $back = Import-Csv $csv
        $back | Should -HaveCount 4
        ($back | Where-Object State -EQ 'Submitted').SubmissionId | Should -Not -BeNullOrEmpty
        ([datetimeoffset] $back[0].UpdatedAt) | Should -BeGreaterThan ([datetimeoffset]::Now.AddMinutes(-10))
    }

    It 'is a file of the current folder when its path is relative' {
        $batch = New-TestBatch 1
        Push-Location $batch.Folder
        try {
            $null = $batch.Files | Submit-MMFile -Ledger ./here.db
            Get-MMLedger here.db | Should -HaveCount 1
        }
        finally { Pop-Location }
        Test-Path "$($batch.Folder)/here.db" | Should -BeTrue
    }

    It '<Ledger> is refused with <Code> (<Category>), and nothing is sent' -ForEach @(
        @{ Ledger = 'damaged'; Code = 'LedgerDamaged'; Category = 'InvalidData' }
        @{ Ledger = 'a folder'; Code = 'LedgerInvalid'; Category = 'InvalidArgument' }
        @{ Ledger = 'mysql://mm:hush-hush@127.0.0.1/db'; Code = 'LedgerInvalid'; Category = 'InvalidArgument' }
        @{ Ledger = 'in no folder'; Code = 'LedgerUnavailable'; Category = 'ResourceUnavailable' }
    ) {
        $root = (Get-PSDrive TestDrive).Root
        $name = switch ($Ledger) {
            'damaged' { $path = Join-Path $root "bad-$([guid]::NewGuid()).db"; [System.IO.File]::WriteAllText($path, 'This is not a database at all. ' * 200); $path }
            'a folder' { $root }
            'in no folder' { Join-Path $root 'no/such/run.db' }
            default { $Ledger }
        }
        $before = $server.RequestCount
        $failure = Get-ErrorOf { Submit-MMFile (Add-TestFile) -Ledger $name }
        $failure.FullyQualifiedErrorId | Should -Be "MediaMagic.$Code,MediaMagic.Commands.Bulk.SubmitFileCommand"
        $failure.CategoryInfo.Category | Should -Be $Category
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        "$failure $($failure.Exception)" | Should -Not -Match 'hush-hush'
        $server.RequestCount | Should -Be $before
    }

    It 'is no pipe: it is refused, and nothing is made beside it' {
        if (-not $IsLinux) { Set-ItResult -Skipped -Because 'it needs mkfifo' }
        $folder = (New-Item -ItemType Directory -Path (Join-Path (Get-PSDrive TestDrive).Root ([guid]::NewGuid()))).FullName
        & mkfifo "$folder/pipe"
        $before = $server.RequestCount
        $failure = Get-ErrorOf { Submit-MMFile (Add-TestFile) -Ledger "$folder/pipe" }
        $failure.FullyQualifiedErrorId | Should -Be 'MediaMagic.LedgerInvalid,MediaMagic.Commands.Bulk.SubmitFileCommand'
        "$failure" | Should -Match 'is a named pipe'
        @(Get-ChildItem $folder -Force).Name | Should -Be 'pipe'
        $server.RequestCount | Should -Be $before
    }

    It 'that is not there is not made by Get-MMLedger' {
        $path = Join-Path (Get-PSDrive TestDrive).Root 'none.db'
        (Get-ErrorOf { Get-MMLedger $path }).FullyQualifiedErrorId | Should -Be 'MediaMagic.LedgerNotFound,MediaMagic.Commands.Bulk.GetLedgerCommand'
        Test-Path $path | Should -BeFalse
    }

    It 'on a server that is not there is said to be so, and elsewhere than in PowerShell 7.6 that there are none; without the password' {
        $failure = Get-ErrorOf { Submit-MMFile (Add-TestFile) -Ledger 'postgres://mm:hush-hush@127.0.0.1:1/db' }
        $onServer = (Get-BuildUnderTest) -eq 'net10.0'
        $failure.FullyQualifiedErrorId | Should -Be "MediaMagic.$($onServer ? 'LedgerUnavailable' : 'LedgerNotSupported'),MediaMagic.Commands.Bulk.SubmitFileCommand"
        if ($onServer) { "$failure" | Should -Match 'postgres://mm@127.0.0.1:1/db' }
        "$failure $($failure.Exception)" | Should -Not -Match 'hush-hush'
    }

    It 'holds no key, and no row shows one' {
        $batch = New-TestBatch 3
        $key = (Get-MMSimulator).ApiKey
        Add-MMSimulatorFault 'POST /submissions' -Status 400 -Body "{`"detail`":`"No $key here`"}"
        $all = & { $VerbosePreference = 'Continue'; $batch.Files | Submit-MMFile -Ledger $batch.Ledger *>&1; Get-MMLedger $batch.Ledger | Format-List * | Out-String }
        ($all | Out-String -Width 1000) | Should -Match 'POST '
        ($all | Out-String -Width 1000).Contains($key.Substring(8)) | Should -BeFalse
        foreach ($file in Get-ChildItem "$($batch.Ledger)*") {
            [System.Text.Encoding]::Latin1.GetString([System.IO.File]::ReadAllBytes($file.FullName)).Contains($key.Substring(8)) | Should -BeFalse
        }
    }

    It 'is left in order by Ctrl+C' {
        $batch = New-TestBatch 40
        Add-MMSimulatorFault 'POST /submissions' -DelayMs 0 -Count 3
        Add-MMSimulatorFault 'POST /submissions' -DelayMs 86400000 -Count 0
        $before = $server.SubmissionCount
        $command = Start-TestCommand '$files | Submit-MMFile -Ledger $ledger -Session $s' @{ files = $batch.Files; ledger = $batch.Ledger; s = Get-MMSession Default }
        try {
            Wait-TestServer { $server.SubmissionCount -eq $before + 3 -and $server.OpenRequests -gt 0 }
            $command.Running.IsCompleted | Should -BeFalse
        }
        finally { Close-TestCommand $command }
        Wait-TestServer { $server.OpenRequests -eq 0 }
        $server.SubmissionCount | Should -Be ($before + 3)
        Clear-MMSimulatorFault
        $rest = $batch.Files | Submit-MMFile -Ledger $batch.Ledger
        $rest.State | Sort-Object -Unique | Should -BeIn @('Submitted', 'Skipped')
        (Get-MMLedger $batch.Ledger).State | Sort-Object -Unique | Should -Be 'Submitted'
        Get-AcceptedCount $rest.BlobPath | Sort-Object -Unique | Should -Be 1
    }

    It 'completes its states' {
        (TabExpansion2 'Get-MMLedger run.db -State Sub' 30).CompletionMatches.CompletionText | Should -Be @('Submitting', 'Submitted')
    }

    It 'shows its progress in one bar' {
        $batch = New-TestBatch 12
        $release = [System.Threading.Tasks.TaskCompletionSource]::new()
        Add-MMSimulatorFault 'POST /submissions' -DelayMs 0 -Count 4
        Add-TestFault 'POST /submissions' -Until $release.Task
        $command = Start-TestCommand '$files | Submit-MMFile -ThrottleLimit 2 -Session $s' @{ files = $batch.Files; s = Get-MMSession Default }
        try {
            # The service holds the other creates, and the bar keeps updating.
            Wait-TestRecord $command.Output 4
            while ($command.Streams.Progress[-1].StatusDescription -notlike '4 of 12: 4 submitted*') { Wait-TestRecord $command.Streams.Progress ($command.Streams.Progress.Count + 1) }
            Wait-TestRecord $command.Streams.Progress ($command.Streams.Progress.Count + 1)
            $release.SetResult()
            Wait-TestCommand $command
            $records = @($command.Streams.Progress | Where-Object Activity -EQ 'Submitting files')
            $records.Count | Should -BeGreaterThan 2
            $records.ActivityId | Sort-Object -Unique | Should -HaveCount 1
            $records[-1].RecordType | Should -Be Completed
            $records[-2].StatusDescription | Should -Match '^\d+ of 12: \d+ submitted'
            $records[-2].CurrentOperation | Should -Match 'MB/s$'
        }
        finally { Close-TestCommand $command }
    }
}
