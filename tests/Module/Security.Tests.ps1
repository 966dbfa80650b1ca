BeforeAll {
    Import-Module "$PSScriptRoot/Service.psm1" -Force
    $ErrorActionPreference = 'Continue'
    $escape = [char] 27
}

AfterAll { Disconnect-TestService }

Describe 'What Tab offers' {
    BeforeAll { $null = Connect-TestService }

    AfterEach { Clear-MMSimulatorFault }

    It 'is one argument, whatever the service calls it: <_>' -ForEach @(
        "a$([char] 0x2019); 'owned'; $([char] 0x2019)", "a$([char] 0x2018)b", "a$([char] 0x201b)b", "a'b", 'a"b', "a$([char] 0x201d)b", 'a$(1)', 'a b', '-Force', '@a', 'a`b', '#a', '~', '*', 'a|b', "a$([char] 0x2013)b", '$null', '1,2', '{a}'
    ) {
        Add-MMSimulatorFault 'GET *' -Status 200 -Body (@{ submissionId = $_; status = 'complete' } | ConvertTo-Json)
        $null = Get-MMSubmission any
        $line = "Get-MMSubmission $(((TabExpansion2 'Get-MMSubmission ' 17).CompletionMatches | Select-Object -First 1).CompletionText)"
        $problems = $null
        $tree = [System.Management.Automation.Language.Parser]::ParseInput($line, [ref] $null, [ref] $problems)
        $problems | Should -BeNullOrEmpty
        $command = $tree.EndBlock.Statements[0].PipelineElements[0]
        $tree.EndBlock.Statements | Should -HaveCount 1
        $command.CommandElements | Should -HaveCount 2
        $command.CommandElements[1] | Should -BeOfType System.Management.Automation.Language.StringConstantExpressionAst
        $command.CommandElements[1].Value | Should -BeExactly $_
    }

    It 'is nothing that goes on in another line, and nothing that steers a terminal' -ForEach "first`nWrite-Output owned", "first`rsecond", "$([char] 27)[2Jfirst", "$([char] 0x9b)2Jfirst", "first$([char] 0x202e)" {
        Add-MMSimulatorFault 'GET *' -Status 200 -Body (@{ submissionId = $_; status = 'complete' } | ConvertTo-Json)
        $null = Get-MMSubmission any
        (TabExpansion2 'Get-MMSubmission ' 17).CompletionMatches.ListItemText | Should -Not -Contain $_
    }
}

Describe 'What is told on the way' {
    BeforeAll { $null = Connect-TestService }

    AfterEach { Clear-MMSimulatorFault }

    It 'has no sequence in a progress bar' {
        $submission = Submit-TestFile
        $body = @{ submissionId = $submission.SubmissionId; status = "$escape[31mprocessing" } | ConvertTo-Json
        Add-MMSimulatorFault 'GET *' -Status 200 -Body $body -Count 2
        $shell = [powershell]::Create()
        $shell.Runspace = Open-TestRunspace
        $null = $shell.AddScript('param($s, $id) Wait-MMSubmission $id -Session $s -PollIntervalSec 0.02').AddArgument((Get-MMSession Default)).AddArgument($submission.SubmissionId).Invoke()
        $told = $shell.Streams.Progress | ForEach-Object { "$($_.Activity) $($_.StatusDescription) $($_.CurrentOperation)" }
        $shell.Runspace.Dispose()
        $shell.Dispose()
        "$told" | Should -Match 'processing'
        "$told".Contains($escape) | Should -BeFalse
    }

    It 'has no sequence in a warning, nor in an error, about a file' {
        if ($IsWindows) { Set-ItResult -Skipped -Because 'Windows takes no such names' }
        $folder = (New-Item -ItemType Directory -Path (Join-Path (Get-PSDrive TestDrive).Root "a$($escape)c")).FullName
        $file = Add-TestFile "$([guid]::NewGuid())-fail-permanent.txt" -Folder $folder
        $null = Submit-MMFile -LiteralPath $file -Wait -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike '*-fail-permanent.txt: *'
        "$warned".Contains($escape) | Should -BeFalse
        $record = Get-ErrorOf { Send-MMFile -LiteralPath (Add-TestFile 'empty.bin' -Folder $folder) }
        "$record $($record.ErrorDetails.Message)".Contains($escape) | Should -BeFalse
    }
}

Describe 'Secrets in lists' {
    It 'are taken from <Name>, or refused without being shown' -ForEach @(
        @{ Name = 'an array'; Make = { , @($args[0], $args[0]) } }
        @{ Name = 'a list'; Make = { , [System.Collections.Generic.List[string]] @($args[0]) } }
        @{ Name = 'an ArrayList'; Make = { , [System.Collections.ArrayList] @($args[0]) } }
        @{ Name = 'a queue'; Make = { , [System.Collections.Queue] @($args[0]) } }
        @{ Name = 'a hashtable'; Make = { @{ a = $args[0] } } }
        @{ Name = 'an object'; Make = { [pscustomobject] @{ a = $args[0] } } }
        @{ Name = 'a list of lists'; Make = { , @(, @($args[0])) } }
    ) {
        $secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
        $given = & $Make $secret
        $header = @{ 'webhook-id' = 'a'; 'webhook-timestamp' = '1'; 'webhook-signature' = 'v1,AAAA' }
        $Error.Clear()
        $said = try { Test-MMWebhookSignature '{}' $header -Secret $given 2>&1 } catch { $_ }
        "$said $(($Error | Format-List * -Force | Out-String -Width 500))" -replace '-Secret \$given', '' | Should -Not -Match 'MfKQ9r8GKYqr'
    }
}

Describe 'Loading' {
    It 'takes its build from nowhere else, whatever <_> says' -ForEach '../elsewhere', '/elsewhere', 'net10.0/../../elsewhere' {
        $elsewhere = New-Item -ItemType Directory -Path (Join-Path (Get-PSDrive TestDrive).Root "$([guid]::NewGuid())/elsewhere")
        Set-Content (Join-Path $elsewhere 'MediaMagic.PowerShell.dll') 'no assembly'
        $told = $_ -replace '^/elsewhere', $elsewhere.FullName
        $stage = Split-Path (Get-StagedManifest)
        Invoke-Fresh 'Set-Location (Split-Path $env:PLACE); Import-Module $Manifest; [MediaMagic.Submission].Assembly.Location' -Environment @{ MEDIAMAGIC_FRAMEWORK = $told; PLACE = $elsewhere.FullName } |
            Should -BeLike "$stage*"
    }

    It 'takes nothing from the current folder' {
        $place = (New-Item -ItemType Directory -Path (Join-Path (Get-PSDrive TestDrive).Root ([guid]::NewGuid()))).FullName
        foreach ($name in 'MediaMagic.PowerShell', 'MediaMagic.PowerShell.LoadContext', 'Polly.Core', 'System.IO.Hashing', 'Microsoft.Data.Sqlite', 'libe_sqlite3', 'e_sqlite3') {
            Set-Content (Join-Path $place "$name.dll") 'no assembly'
            Set-Content (Join-Path $place "$name.so") 'no library'
        }

        $output = Invoke-Fresh @'
            Set-Location $env:PLACE
            [Environment]::CurrentDirectory = $env:PLACE
            Import-Module $Manifest
            Start-MMSimulator -Connect -ProcessingSeconds 0
            Set-Content note.txt 'Read by people.'
            (Submit-MMFile note.txt -Ledger ./ledger.db).State
            Stop-MMSimulator -Confirm:$false
'@ -Environment @{ PLACE = $place }
        $output | Should -Be 'Submitted'
    }
}
