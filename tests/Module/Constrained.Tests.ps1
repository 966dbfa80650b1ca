BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1" -Force

    # Imports the module, calls it, and shows objects as text. Runs in both language modes.
    $script:use = @'
        "$($ExecutionContext.SessionState.LanguageMode)"
        Start-MMSimulator -ProcessingSeconds 0 -Connect -ApiKey "sk_test_$('a1' * 32)" -Port $env:PORT
        (Test-MMConnection).Success
        @(Get-Command -Module MediaMagic).Count
        $id = (New-MMSubmission (Send-MMFile $env:FILE).BlobPath -Confirm:$false).SubmissionId
        $null = Wait-MMSubmission $id
        $objects = @(Get-MMErrorCatalog -StatusCode 404, 429 -System MediaMagic), @(Get-MMSession), @(Get-MMSubmission $id), @(Get-MMIssue $id),
            @(Get-MMSimulator), @(Test-MMFile $env:FILE), @(New-MMUploadUrl a.mp4), @(New-MMWebhookSubscription 'https://example.test/x' -Confirm:$false),
            @(ConvertFrom-MMErrorResponse 404 '{"detail":"x"}')
        foreach ($some in $objects) {
            $some | Format-Table | Out-String -Width 300
            $some | Format-List | Out-String -Width 300
            $some | Format-List * | Out-String -Width 300
            $some | ConvertTo-Csv
        }
        $path = "$env:FOLDER/mode.csv"
        Get-MMErrorCatalog -StatusCode 404 | Export-Csv $path
        @(Import-Csv $path).Count -gt 0
        & { Test-MMConnection; Get-MMSimulator; $objects[6]; $objects[7] } | Out-String -Width 300
        "errors: $Error"
'@

    function Get-Port {
        $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $listener.Start()
        try { $listener.LocalEndpoint.Port } finally { $listener.Stop() }
    }

    function Use-Module([string] $First) {
        (Invoke-Fresh "$First`n$use" -Environment @{ FILE = $file; FOLDER = "$TestDrive"; PORT = "$(Get-Port)" }) -join "`n"
    }

    # What differs from one run to the next, with the spaces that align it.
    function Hide-Change([string] $Text) {
        $Text -replace 'sk_live_[^\s"]+', '<key>' -replace '[0-9a-f]{8}-[0-9a-f-]{27}', '<id>' -replace '\d+(\.\d+)? m?s\b|\d+ min \d+ s', '<span>' -replace ':\d{4,5}\b', ':<port>' -replace '\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?', '<time>' -replace
            '\d+/\d+/\d{4} \d+:\d\d:\d\d [AP]M( [+-]\d\d:\d\d)?', '<time>' -replace '\d\d:\d\d:\d\d(\.\d+)?', '<clock>' -replace 'sig=[^&"\s]+|se=[^&"\s]+|whsec_[^\s"]+', '<secret>' -replace '(?m)[\s-]+', ' '
    }

    $script:file = "$TestDrive/clip.mp4"
    [System.IO.File]::WriteAllBytes($file, [byte[]] (0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70, 0x69, 0x73, 0x6f, 0x6d, 0, 0, 2, 0, 0x69, 0x73, 0x6f, 0x6d, 0x6d, 0x70, 0x34, 0x32))
}

Describe 'Constrained language' {
    BeforeAll {
        $script:full = Use-Module 'Import-Module $Manifest'
        $constrain = '$ExecutionContext.SessionState.LanguageMode = "ConstrainedLanguage"'
        $script:before = Use-Module "$constrain; Import-Module `$Manifest"
        $script:after = Use-Module "Import-Module `$Manifest; $constrain"
    }

    It 'is what the tests run in' {
        $full | Should -BeLike 'FullLanguage*'
        $before, $after | Should -BeLike 'ConstrainedLanguage*'
    }

    It 'imports the module and runs it: <_>' -ForEach 'before', 'after' {
        $shown = if ($_ -eq 'before') { $before } else { $after }
        ($shown -split '\n')[1..2] | Should -Be 'True', "$((Import-PowerShellDataFile -LiteralPath (Get-StagedManifest)).CmdletsToExport.Count)"
        $shown | Should -Match 'errors:\s*$'
    }

    It 'shows tables, lists and CSV as full language does: <_>' -ForEach 'before', 'after' {
        $shown = if ($_ -eq 'before') { $before } else { $after }
        $shown | Should -Match 'NotFound'
        Hide-Change ($shown -replace '^ConstrainedLanguage') | Should -BeExactly (Hide-Change ($full -replace '^FullLanguage'))
    }

    It 'does not show the secrets of objects after those of another type' {
        $before.Substring($before.LastIndexOf('Success Status')) | Should -Not -Match 'whsec_|sig=|a1a1'
    }

    It 'works in a runspace that was created constrained' {
        $output = Invoke-Fresh @'
            $state = [initialsessionstate]::CreateDefault2()
            $state.LanguageMode = 'ConstrainedLanguage'
            $shell = [powershell]::Create($state)
            $shell.AddScript('param($Manifest) Set-StrictMode -Version Latest; Import-Module $Manifest; Import-Module $Manifest -Force; (Get-MMErrorCatalog -StatusCode 429 -System MediaMagic | Format-Table | Out-String) -match "RateLimited"').AddArgument($Manifest).Invoke()
            $shell.Streams.Error
'@
        $output | Should -Be 'True'
    }
}
