BeforeAll {
    Import-Module "$PSScriptRoot/Service.psm1" -Force
    $ErrorActionPreference = 'Continue'
    $browser = (Get-Command chromium, chromium-browser, google-chrome -CommandType Application -ErrorAction Ignore | Select-Object -First 1).Source
    $node = (Get-Command node -CommandType Application -ErrorAction Ignore | Select-Object -First 1).Source
    $report = Join-Path $TestDrive 'report.html'
    $folder = (New-Item -ItemType Directory "$TestDrive/alone").FullName
    $null = Connect-TestService
    $good = Submit-TestFile 'good.txt' -Wait
    $bad = Submit-TestFile 'fail-permanent.txt' -Wait

    # Opens the report in a browser, runs the steps and returns what was seen.
    function Invoke-Page([string] $Path, [object[]] $Step) {
        $text = ConvertTo-Json $Step -Depth 4 | & node "$PSScriptRoot/../browser/page.mjs" $browser $Path
        if ($LASTEXITCODE -ne 0) { throw "The browser failed: $text" }
        $text | ConvertFrom-Json
    }

    # The answers of the service for the good submission's asset: so many issues, made by the script.
    function Set-Issue([int] $Count, [scriptblock] $Make, [hashtable] $Asset = @{}) {
        Clear-MMSimulatorFault
        $issues = @(1..$Count | ForEach-Object { & $Make $_ })
        $path = "GET /submissions/$($good.SubmissionId)/assets/$($good.Assets[0].AssetId)"
        $body = @{ assetId = $good.Assets[0].AssetId; filename = 'good.txt'; mimeType = 'text/plain'; status = 'complete'; issueCount = $Count; issues = $issues } + $Asset
        Add-MMSimulatorFault $path -Status 200 -Body ($body | ConvertTo-Json -Depth 6) -Count 0
        $half = [Math]::Ceiling($Count / 2)
        $topics = @{ assetId = $good.Assets[0].AssetId; topics = @(@{ id = 't1'; title = 'First topic'; summary = 'Belong together'; issues = @($issues[0..($half - 1)]) }); orphanIssues = @($issues | Select-Object -Skip $half) }
        Add-MMSimulatorFault "$path/topics" -Status 200 -Body ($topics | ConvertTo-Json -Depth 6) -Count 0
    }

    function New-TestIssue([int] $Number) {
        @{
            id = "i$Number"; referenceNumber = $Number; ruleCode = "CAP_$($Number % 7)"; summary = "Finding number $Number"
            severity = ('CRITICAL', 'MAJOR', 'MINOR', 'INFO')[$Number % 4]; status = ('OPEN', 'RESOLVED')[$Number % 2]; createdAt = '2026-06-03T12:00:00Z'
            severityReasoning = 'Because of this'; precedents = @(@{ url = "https://example.com/$Number"; title = 'A ruling'; decision = 'Upheld' })
        }
    }
}

AfterAll { Disconnect-TestService }

Describe 'Export-MMReport' {
    AfterEach { Clear-MMSimulatorFault }

    It 'writes what the pipeline brings as one file and returns it' {
        $file = $good, $bad | Export-MMReport "$folder/report.html" -Title 'Spring & summer'
        $file.GetType().FullName | Should -Be 'System.IO.FileInfo'
        $file.FullName | Should -Be (Join-Path $folder 'report.html')
        $html = Get-Content $file -Raw
        $html | Should -Match '<title>Spring &amp; summer</title>'
        $html | Should -Match $good.SubmissionId
        $html | Should -Match $bad.Assets[0].AssetId
        foreach ($issue in $good | Get-MMIssue) { $html | Should -Match ([regex]::Escape($issue.Summary)) }
        ($good | Get-MMTopic).Topics | ForEach-Object { $html | Should -Match ([regex]::Escape($_.Title)) }
        $html | Should -Match 'The analysis failed'
        @(Get-ChildItem $folder -Force).Name | Should -Be 'report.html'
    }

    It 'takes ids, repeats once, and a path of the current location' {
        Push-Location $folder
        try { (Export-MMReport ./by-id.html -SubmissionId $good.SubmissionId, $good.SubmissionId).Name | Should -Be 'by-id.html' } finally { Pop-Location }
        $html = Get-Content "$folder/by-id.html" -Raw
        [regex]::Matches($html, '<section class="asset"').Count | Should -Be 1
        Remove-Item "$folder/by-id.html"
    }

    It 'reads and writes nothing under -WhatIf' {
        $server = Get-TestServer
        $before = $server.RequestCount
        $good.SubmissionId | Export-MMReport "$folder/whatif.html" -WhatIf | Should -BeNullOrEmpty
        $server.RequestCount | Should -Be $before
        "$folder/whatif.html" | Should -Not -Exist
    }

    It 'shows what has not finished' {
        $slow = Submit-TestFile 'slow.txt' -Unfinished
        $Error.Clear()
        $null = $slow | Export-MMReport $report
        $Error | Should -BeNullOrEmpty
        Get-Content $report -Raw | Should -Match 'had not finished when this report was written'
    }

    It 'says what could not be read, with one error for it' {
        Add-MMSimulatorFault 'GET */topics' -Status 502 -Body '{"detail":"Failed to load results from storage"}' -Count 0
        $Error.Clear()
        $file = $good | Export-MMReport $report 2>$null
        $file | Should -Not -BeNullOrEmpty
        $Error.Count | Should -Be 1
        $Error[0].FullyQualifiedErrorId | Should -BeLike 'MediaMagic.ResultLoadFailed,*'
        $html = Get-Content $report -Raw
        $html | Should -Match 'This report is incomplete'
        $html | Should -Match "Topics of asset $($good.Assets[0].AssetId) could not be read. 502 ResultLoadFailed"
        $html | Should -Match ([regex]::Escape(($good | Get-MMAsset).Issues[0].Summary))
    }

    It 'goes on where a submission is unknown' {
        $Error.Clear()
        $null = 'unknown', $good.SubmissionId | Export-MMReport $report 2>$null
        $Error.Count | Should -Be 1
        $Error[0].FullyQualifiedErrorId | Should -BeLike 'MediaMagic.NotFound,*'
        Get-Content $report -Raw | Should -Match 'Submission unknown could not be read'
    }

    It 'leaves the older report and nothing else when no submission can be read' {
        'old' | Set-Content "$folder/report.html"
        Add-MMSimulatorFault 'GET /submissions/{submissionId}' -Status 401 -Count 0
        $Error.Clear()
        $good.SubmissionId, $bad.SubmissionId | Export-MMReport "$folder/report.html" -WarningVariable warned -WarningAction Ignore 2>$null | Should -BeNullOrEmpty
        $Error.Count | Should -Be 2
        $Error.TargetObject | Should -Be $bad.SubmissionId, $good.SubmissionId
        "$warned" | Should -BeLike '*no file was written*'
        @(Get-ChildItem $folder -Force).Name | Should -Be 'report.html'
        Get-Content "$folder/report.html" | Should -Be 'old'
        Remove-Item "$folder/report.html"
    }

    It 'warns and writes nothing when nothing came' {
        @() | Export-MMReport "$folder/none.html" -WarningVariable warned -WarningAction Ignore | Should -BeNullOrEmpty
        $warned | Should -HaveCount 1
        "$folder/none.html" | Should -Not -Exist
    }

    It 'refuses <Name>, before it asks the service' -ForEach @(
        @{ Name = 'a folder that is not there'; Path = { "$folder/missing/report.html" } }
        @{ Name = 'a folder'; Path = { $folder } }
        @{ Name = 'another provider'; Path = { 'Env:report' } }
    ) {
        $server = Get-TestServer
        $before = $server.RequestCount
        $record = Get-ErrorOf { Export-MMReport (& $Path) $good.SubmissionId }
        $record.FullyQualifiedErrorId | Should -BeLike 'MediaMagic.ReportNotWritten,*'
        $record.CategoryInfo.Category | Should -Be WriteError
        $record.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $server.RequestCount | Should -Be $before
    }

    It 'names the folder that is not there' {
        "$(Get-ErrorOf { Export-MMReport "$folder/missing/report.html" $good.SubmissionId })" | Should -BeLike "*there is no folder '$folder*missing'*"
    }

    It 'leaves <Name> as it is' -ForEach @(
        @{ Name = 'a read-only file'; Make = { 'old' | Set-Content $args[0]; & chmod 444 $args[0] }; Why = 'it is read-only'; Seen = '-r--r--r--' }
        @{ Name = 'a pipe'; Make = { & mkfifo $args[0] }; Why = 'it is a named pipe'; Seen = 'p*' }
    ) {
        if (-not $IsLinux) { Set-ItResult -Skipped -Because 'it needs chmod, mkfifo and stat of Linux' }
        $place = (New-Item -ItemType Directory "$TestDrive/$([guid]::NewGuid())").FullName
        & $Make "$place/report.html"
        $record = Get-ErrorOf { Export-MMReport "$place/report.html" $good.SubmissionId }
        $record.FullyQualifiedErrorId | Should -BeLike 'MediaMagic.ReportNotWritten,*'
        "$record" | Should -BeLike "*report.html*$Why*"
        & stat -c %A "$place/report.html" | Should -BeLike $Seen
        @(Get-ChildItem $place -Force).Name | Should -Be 'report.html'
    }

    It 'follows a link and keeps the mode of the file that was there' {
        if (-not $IsLinux) { Set-ItResult -Skipped -Because 'it needs chmod and stat of Linux' }
        $place = (New-Item -ItemType Directory "$TestDrive/$([guid]::NewGuid())/real" -Force).FullName
        'old' | Set-Content "$place/report.html"
        & chmod 600 "$place/report.html"
        $null = New-Item -ItemType SymbolicLink "$place/../link.html" -Value "$place/report.html"
        (Export-MMReport "$place/../link.html" $good.SubmissionId).LinkType | Should -Be 'SymbolicLink'
        Get-Content "$place/report.html" -Raw | Should -Match $good.SubmissionId
        & stat -c %a "$place/report.html" | Should -Be '600'
        @(Get-ChildItem $place -Force).Name | Should -Be 'report.html'
    }

    It 'leaves the older report and nothing else when it is stopped' {
        'old' | Set-Content "$folder/report.html"
        Add-MMSimulatorFault 'GET */topics' -DelayMs 86400000 -Count 0
        $session = Connect-TestSession -Option @{ TimeoutSec = 86400 } -PassThru
        $before = (Get-TestServer).RequestCount
        $command = Start-TestCommand 'Export-MMReport $path $id -Session $session' @{ path = "$folder/report.html"; id = $good.SubmissionId; session = $session }
        Wait-TestServer { (Get-TestServer).RequestCount -eq $before + 3 -and (Get-TestServer).OpenRequests -eq 1 }
        Close-TestCommand $command
        Wait-TestServer { (Get-TestServer).OpenRequests -eq 0 }
        @(Get-ChildItem $folder -Force).Name | Should -Be 'report.html'
        Get-Content "$folder/report.html" | Should -Be 'old'
    }

    It 'opens the report when asked to' {
        if (-not $IsLinux) { Set-ItResult -Skipped -Because 'it puts a xdg-open of its own in place' }
        $tools = (New-Item -ItemType Directory "$TestDrive/tools").FullName
        & mkfifo "$tools/opened"
        "#!/bin/sh`necho `"`$1`" > '$tools/opened'" | Set-Content "$tools/xdg-open"
        & chmod +x "$tools/xdg-open"
        $path = $env:PATH
        $env:PATH = "${tools}:$path"
        try { $null = $good | Export-MMReport $report -Open } finally { $env:PATH = $path }
        & timeout 120 cat "$tools/opened" | Should -Be $report
    }
}

Describe 'The report in a browser' {
    BeforeEach {
        # On a machine made for the tests a missing browser is a failure.
        if (-not ($browser -and $node) -and $env:MEDIAMAGIC_REQUIRE_PARTS -ne 'true') { Set-ItResult -Skipped -Because 'Chromium or Node.js is not installed' }
    }

    AfterEach { Clear-MMSimulatorFault }

    It 'runs nothing of hostile text, and asks for nothing' {
        $hostile = @(
            '<script>window.hit=1</script>', '</script><script>window.hit=1</script>', '"><img src=x onerror=window.hit=1>', "' onmouseover='window.hit=1"
            '</style></title></textarea><svg onload=window.hit=1>', 'javascript:window.hit=1', "java`tscript:window.hit=1", 'data:text/html,<script>parent.hit=1</script>'
            '<link rel=stylesheet href=https://example.com/x.css>', '<iframe srcdoc="<script>parent.hit=1</script>">', '<base href=https://example.com/>', '{{constructor.constructor("window.hit=1")()}}'
        )
        $all = $hostile -join ' '
        Set-Issue 24 {
            param($n)
            $text = $hostile[$n % $hostile.Count]
            @{ id = "$n $text"; referenceNumber = $n; ruleCode = $text; summary = $text; severity = $text; status = $text; severityReasoning = $all; severityReasoningHeadline = $text
                precedents = @($hostile | ForEach-Object { @{ url = $_; title = $_; decision = $_; date = $_ } }) }
        } @{ versionGroupId = $all }
        $null = $good | Export-MMReport $report -Title $all
        $act = 'document.querySelectorAll("a, li, button, input, select").forEach(node => { node.dispatchEvent(new MouseEvent("mouseover", { bubbles: true })); node.focus?.(); }); document.querySelectorAll("a:not([href^=\"http\"]), button").forEach(node => node.click()); window.hit ?? null'
        $seen = Invoke-Page $report @{ run = $act }, @{ run = 'document.querySelectorAll("li.issue").length' }, @{ run = 'document.querySelectorAll("li.issue a").length' }, @{ run = 'document.title' }
        $seen.results[0] | Should -BeNullOrEmpty
        $seen.results[1] | Should -Be 24
        $seen.results[2] | Should -Be 0
        $seen.results[3] | Should -Match ([regex]::Escape('<script>window.hit=1</script>'))
        $seen.dialogs | Should -BeNullOrEmpty
        $seen.messages | Should -BeNullOrEmpty
        @($seen.requests) | Should -HaveCount 1
        $seen.requests | Should -BeLike 'file:///*report.html'
    }

    It 'would run nothing that got into it, since its policy forbids it' {
        $null = $good | Export-MMReport $report
        $html = (Get-Content $report -Raw).Replace('<main>', '<main><script>window.hit=1</script><img src="https://example.com/x" onerror="window.hit=1"><p style="color:red" onclick="window.hit=1" id="in">x</p>')
        Set-Content "$TestDrive/injected.html" $html
        $seen = Invoke-Page "$TestDrive/injected.html" @{ run = 'document.getElementById("in").click(); window.hit ?? null' }, @{ run = 'document.getElementById("in").style.color' }
        $seen.results[0] | Should -BeNullOrEmpty
        $seen.messages.Count | Should -BeGreaterThan 2
        $seen.messages | Should -Match 'Content Security Policy'
    }

    It 'filters by words, severity and status, and shows all again' {
        Set-Issue 40 { param($n) New-TestIssue $n }
        $null = $good, $bad | Export-MMReport $report
        $frame = 'new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done([document.querySelectorAll("li.issue:not([hidden])").length, document.getElementById("shown").textContent, document.querySelectorAll("section.asset:not([hidden])").length, document.querySelectorAll("#assets tbody tr:not([hidden])").length].join("|")))))'
        $changed = 'form.dispatchEvent(new Event("input", { bubbles: true })); ' + $frame
        $seen = Invoke-Page $report @(
            @{ run = $frame }
            @{ run = "const form = document.getElementById('filter'); form.words.value = 'FINDING 7'; $changed" }
            @{ run = "form.words.value = ''; form.querySelectorAll('[name=severity]').forEach(box => { box.checked = box.value === 'CRITICAL' }); $changed" }
            @{ run = "form.status.value = 'OPEN'; $changed" }
            @{ run = "form.status.value = 'RESOLVED'; $changed" }
            @{ run = "form.querySelector('button').click(); $frame" }
        )
        $seen.results[0] | Should -Be '40|All 40 issues are shown.|2|2'
        $seen.results[1] | Should -BeLike '4|4 of 40 issues are shown*|1|1'
        $seen.results[2] | Should -BeLike '10|10 of 40 issues*|1|1'
        $seen.results[3] | Should -BeLike '10|10 of 40*'
        $seen.results[4] | Should -BeLike '0|0 of 40*|0|0'
        $seen.results[5] | Should -Be '40|All 40 issues are shown.|2|2'
        $seen.messages | Should -BeNullOrEmpty
    }

    It 'sorts issues and tables' {
        Set-Issue 50 { param($n) New-TestIssue $n }
        $null = $good, $bad | Export-MMReport $report
        $order = 'const order = name => [...document.querySelectorAll("section.group")[0].querySelectorAll("li.issue")].map(item => item.dataset[name]).join(",")'
        $choose = { param($value, $name) "document.getElementById('order').value = '$value'; document.getElementById('order').dispatchEvent(new Event('change', { bubbles: true })); order('$name')" }
        $column = { param($name) "[...document.querySelectorAll('#assets thead button')].find(button => button.textContent === '$name').click(); document.querySelector('#assets [aria-sort]').getAttribute('aria-sort') + ':' + [...document.querySelectorAll('#assets tbody tr')].map(row => row.cells[2].textContent).join()" }
        $seen = Invoke-Page $report @(
            @{ run = "$order; order('severity')" }
            @{ run = & $choose number number }
            @{ run = & $choose rule rule }
            @{ run = & $choose severity order }
            @{ run = & $column Issues }
            @{ run = & $column Issues }
        )
        ($seen.results[0] -split ',' | Get-Unique) -join ' ' | Should -Be 'CRITICAL MAJOR MINOR INFO'
        $seen.results[1] | Should -Be ((1..25) -join ',')
        ($seen.results[2] -split ',') | Should -Be ($seen.results[2] -split ',' | Sort-Object)
        ($seen.results[3] -split ',' | Get-Unique) -join ' ' | Should -Be '0 1 2 3'
        $seen.results[4] | Should -Be 'ascending:0,50'
        $seen.results[5] | Should -Be 'descending:50,0'
    }

    It 'is whole without JavaScript' {
        Set-Issue 30 { param($n) New-TestIssue $n }
        $null = $good | Export-MMReport $report
        $visible = '[...document.querySelectorAll("li.issue")].filter(item => item.checkVisibility()).length + "|" + document.getElementById("filter").checkVisibility() + "|" + document.querySelectorAll("th button").length'
        (Invoke-Page $report @{ noScript = $true; run = $visible }).results | Should -Be '30|false|0'
    }

    It 'can be read in <Colours>: every text has a contrast of 4.5 to 1' -ForEach @(@{ Colours = 'light' }, @{ Colours = 'dark' }) {
        Set-Issue 12 { param($n) New-TestIssue $n }
        Add-MMSimulatorFault "GET */assets/$($bad.Assets[0].AssetId)" -Status 500 -Count 0
        $null = $good, $bad | Export-MMReport $report 2>$null
        $contrast = @'
(() => {
  const parse = text => text.match(/[\d.]+/g).map(Number);
  const light = rgb => { const [r, g, b] = rgb.map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
  const ground = node => { for (; node; node = node.parentElement) { const c = parse(getComputedStyle(node).backgroundColor); if (c.length < 4 || c[3] > .99) return c.slice(0, 3); } return [255, 255, 255]; };
  const poor = []; let count = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.checkVisibility() || node.closest('option, title, desc, .skip, script')) continue;
    const style = getComputedStyle(node);
    const [a, b] = [light(parse(node.closest('svg') ? style.fill : style.color).slice(0, 3)), light(ground(node))].sort((x, y) => y - x);
    count++;
    if ((a + .05) / (b + .05) < 4.5) poor.push(`${node.className} ${walker.currentNode.data.trim().slice(0, 30)} ${((a + .05) / (b + .05)).toFixed(2)}`);
  }
  return count + ': ' + [...new Set(poor)].join('; ');
})()
'@
        $seen = Invoke-Page $report @{ colours = $Colours; run = $contrast }, @{ run = 'getComputedStyle(document.body).backgroundColor' }
        $seen.results[0] | Should -Match '^\d{2,}: $'
        $seen.results[1] | Should -Be (@{ light = 'rgb(246, 247, 249)'; dark = 'rgb(15, 19, 24)' }[$Colours])
    }

    It 'prints every issue, and no filter' {
        Set-Issue 60 { param($n) New-TestIssue $n }
        $null = $good | Export-MMReport $report
        $seen = Invoke-Page $report @{ media = 'print'; run = 'getComputedStyle(document.getElementById("filter")).display + "|" + [...document.querySelectorAll("li.issue")].filter(item => item.checkVisibility()).length' }, @{ print = "$TestDrive/report.pdf" }
        $seen.results | Should -Be 'none|60'
        (Get-Item "$TestDrive/report.pdf").Length | Should -BeGreaterThan 10000
    }

    It 'shows ten thousand issues' {
        Set-Issue 10000 { param($n) New-TestIssue $n }
        $file = $good | Export-MMReport $report
        $file.Length | Should -BeLessThan 20MB
        $seen = Invoke-Page $report @{ run = 'document.documentElement.dataset.ready + "|" + document.querySelectorAll("li.issue").length + "|" + document.querySelector("desc").textContent' }
        $seen.results | Should -Be 'true|10000|Critical: 2,500, Major: 2,500, Minor: 2,500, Info: 2,500'
    }
}
