#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Measures a report of many issues: how long it takes to write, and to filter and sort in headless Chromium.
.EXAMPLE
    ./bench/Report/Measure-Report.ps1
    After ./build.ps1. Needs node, and Chromium on the path; without them the file is measured alone.
#>
[CmdletBinding()]
param(
    # How many issues, in twenty assets.
    [ValidateRange(20, 1000000)]
    [int] $Issues = 10000
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$repository = (Resolve-Path "$PSScriptRoot/../..").Path
$manifest = Get-ChildItem "$repository/output/MediaMagic/*/MediaMagic.psd1" | Select-Object -Last 1
if (-not $manifest) { throw 'The module is not staged. Run ./build.ps1 first.' }
Import-Module $manifest.FullName

function New-Body([string] $AssetId, [int] $First, [int] $Count) {
    $found = foreach ($n in $First..($First + $Count - 1)) {
        @{
            id = "i$n"; referenceNumber = $n; ruleCode = "CAP_$($n % 37)"; summary = "Finding $n, of some length, as summaries have it"
            severity = ('CRITICAL', 'MAJOR', 'MINOR', 'INFO')[$n % 4]; status = ('OPEN', 'RESOLVED')[$n % 2]; createdAt = '2026-06-03T12:00:00Z'
            severityReasoningHeadline = 'A medical effect is promised'; severityReasoning = 'The voice-over promises relief and no study is named.'
            precedents = @(@{ url = "https://example.com/rulings/$n"; title = "Ruling $n"; decision = 'Upheld'; date = '2024-01-01' })
        }
    }
    @{ assetId = $AssetId; filename = "asset-$First.mp4"; mimeType = 'video/mp4'; status = 'complete'; issueCount = $Count; issues = $found } | ConvertTo-Json -Depth 6 -Compress
}

function Measure-Page([string] $Browser, [string] $Path) {
    $run = @'
(async () => {
  const form = document.getElementById('filter');
  const times = { filter: [], sort: [] };
  const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const time = async (kind, act) => { const began = performance.now(); act(); await frame(); times[kind].push(performance.now() - began); };
  for (let i = 0; i < 8; i++) {
    for (const words of ['finding 77', 'promises', '']) {
      await time('filter', () => { form.words.value = words; form.words.dispatchEvent(new Event('input', { bubbles: true })); });
    }
    await time('sort', () => { form.order.value = ['rule', 'severity'][i % 2]; form.order.dispatchEvent(new Event('change', { bubbles: true })); });
  }
  const median = list => Math.round(list.sort((a, b) => a - b)[list.length >> 1]);
  return `a filter ${median(times.filter)} ms, a sort ${median(times.sort)} ms (medians, until it is painted)`;
})()
'@
    $steps = @(@{ width = 1280; height = 900; run = $run }, @{ run = $run.Replace('const form', "document.getElementById('issues').scrollIntoView(); const form") })
    ((ConvertTo-Json $steps -Depth 4 | & node "$repository/tests/browser/page.mjs" $Browser $Path) | ConvertFrom-Json).results
}

$folder = [System.IO.Directory]::CreateTempSubdirectory('mediamagic-bench-').FullName
try {
    Start-MMSimulator -Connect -ProcessingSeconds 0.05
    $files = 1..20 | ForEach-Object { $path = "$folder/asset-$_.txt"; Set-Content $path "Asset $_"; $path }
    $submission = $files | Send-MMFile | New-MMSubmission -Wait
    $each = [int] ($Issues / 20)
    $first = 1
    foreach ($asset in $submission.Assets) {
        Add-MMSimulatorFault "GET /submissions/$($submission.SubmissionId)/assets/$($asset.AssetId)" -Status 200 -Body (New-Body $asset.AssetId $first $each) -Count 0
        $first += $each
    }

    $null = $submission | Export-MMReport "$folder/report.html"
    $took = Measure-Command { $null = $submission | Export-MMReport "$folder/report.html" }
    Write-Output ('{0:N0} issues: read and written in {1:N2} s, {2:N1} MB' -f ($each * 20), $took.TotalSeconds, ((Get-Item "$folder/report.html").Length / 1MB))
    $browser = Get-Command chromium, chromium-browser, google-chrome -CommandType Application -ErrorAction Ignore | Select-Object -First 1
    if ($browser -and (Get-Command node -ErrorAction Ignore)) {
        $top, $inside = Measure-Page $browser.Source "$folder/report.html"
        Write-Output "at the top of the page: $top"
        Write-Output "among the issues: $inside"
    }
    else {
        Write-Output 'Chromium or node was not found: the page was not measured.'
    }
}
finally {
    Stop-MMSimulator -Confirm:$false
    Remove-Item -LiteralPath $folder -Recurse -Force
}
