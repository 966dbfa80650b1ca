#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Measures what a call costs: Get-MMSubmission beside Invoke-RestMethod and a raw client, and many reads at once beside one by one.
.DESCRIPTION
    The simulator runs in a process of its own. All kinds of a comparison take turns in one process; the medians of the rounds are printed.
    Reads at once are measured with an answer time that a service on a network would have, since loopback has none to hide.
.EXAMPLE
    ./bench/Cmdlets/Measure-Calls.ps1 -Rounds 9
#>
[CmdletBinding()]
param(
    # The manifest of the module to measure; by default the one that build.ps1 staged.
    [string] $Module = (Get-ChildItem "$PSScriptRoot/../../output/MediaMagic/*/MediaMagic.psd1" | Select-Object -Last 1).FullName,

    # The rounds of each kind.
    [ValidateRange(1, 1000)]
    [int] $Rounds = 9,

    # The calls of a round.
    [ValidateRange(1, 100000)]
    [int] $Calls = 300,

    # The rounds before, which are not counted: PowerShell and .NET compile what runs often once more, and better.
    [ValidateRange(1, 1000)]
    [int] $WarmUp = 10,

    # How long the service takes to answer where reads at once are measured, in milliseconds.
    [ValidateRange(1, 1000)]
    [int] $AnswerMs = 20
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
if (-not $Module) { throw 'There is no staged module. Run ./build.ps1 first.' }
Import-Module $Module

Add-Type -ReferencedAssemblies System.Net.Http, System.Text.Json, System.Collections, System.Net.Primitives, System.Runtime -TypeDefinition @'
using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json;

public sealed class RawAsset
{
    public string AssetId { get; set; }
    public string Status { get; set; }
    public int? IssueCount { get; set; }
}

public sealed class RawSubmission
{
    public string SubmissionId { get; set; }
    public string Status { get; set; }
    public DateTimeOffset? CreatedAt { get; set; }
    public List<RawAsset> Assets { get; set; }
}

public sealed class RawClient
{
    private static readonly JsonSerializerOptions s_camelCase = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
    private readonly HttpClient _http = new HttpClient();
    private readonly string _address;

    public RawClient(string address, string key)
    {
        _address = address;
        _http.DefaultRequestHeaders.Add("x-api-key", key);
    }

    public RawSubmission Get(string id)
    {
        byte[] body = _http.GetByteArrayAsync(_address + "api/integrations/submissions/" + id).GetAwaiter().GetResult();
        return JsonSerializer.Deserialize<RawSubmission>(body, s_camelCase);
    }
}
'@

function Get-Median([double[]] $Value) {
    $sorted = @($Value | Sort-Object)
    ($sorted[[int][Math]::Floor(($sorted.Count - 1) / 2)] + $sorted[[int][Math]::Ceiling(($sorted.Count - 1) / 2)]) / 2
}

# The milliseconds that each kind took for its work, by the median of rounds in which they took turns, after those that only warm up.
function Measure-Turn([System.Collections.Specialized.OrderedDictionary] $Kind, [int] $Round, [int] $WarmUp = 1) {
    $taken = @{}
    foreach ($name in $Kind.Keys) { $taken[$name] = [System.Collections.Generic.List[double]]::new() }
    foreach ($turn in 1..($WarmUp + $Round)) {
        foreach ($name in $Kind.Keys) {
            [GC]::Collect()
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            & $Kind[$name]
            if ($turn -gt $WarmUp) { $taken[$name].Add($watch.Elapsed.TotalMilliseconds) }
        }
    }
    foreach ($name in $Kind.Keys) { [pscustomobject]@{ Name = $name; Milliseconds = Get-Median $taken[$name] } }
}

$simulator = Join-Path $PSScriptRoot ../../artifacts/bin/MediaMagic.Simulator/release_net10.0/MediaMagic.Simulator.dll
if (-not (Test-Path -LiteralPath $simulator)) { $simulator = Join-Path $PSScriptRoot ../../artifacts/bin/MediaMagic.Simulator/release/MediaMagic.Simulator.dll }
$key = 'sk_test_' + [guid]::NewGuid().ToString('N')
$start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
foreach ($argument in $simulator, '--api-key', $key, '--processing-seconds', '0.01', '--rate-limit', '100000000') { $start.ArgumentList.Add($argument) }
$start.RedirectStandardOutput = $true
$service = [System.Diagnostics.Process]::Start($start)
$folder = New-Item -ItemType Directory -Path ([System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), "calls-$PID"))
try {
    do { $line = $service.StandardOutput.ReadLine() } until ($line -match 'http://[^\s]+')
    $address = $Matches[0].TrimEnd('/') + '/'
    $session = Connect-MMService $key -BaseUri $address -PassThru
    Set-Content "$folder/a.txt" 'Read by people.'
    $id = (Send-MMFile "$folder/a.txt" | New-MMSubmission | Wait-MMSubmission -PollIntervalSec 0.05).SubmissionId
    $raw = [RawClient]::new($address, $key)
    $headers = @{ 'x-api-key' = $key }
    $uri = "${address}api/integrations/submissions/$id"
    $read = [ordered]@{ 'Get-MMSubmission' = Get-MMSubmission $id -Session $session; 'raw client' = $raw.Get($id); 'Invoke-RestMethod' = Invoke-RestMethod $uri -Headers $headers }
    foreach ($name in $read.Keys) {
        $submission = $read[$name]
        if ($submission.SubmissionId -ne $id -or $submission.Status -ne 'complete' -or -not $submission.CreatedAt -or -not @($submission.Assets)[0].AssetId) {
            throw "$name did not read the submission: $($submission | ConvertTo-Json -Depth 3 -Compress)"
        }
    }

    $found = @(Measure-Turn -Round $Rounds -WarmUp $WarmUp -Kind ([ordered]@{
                'Get-MMSubmission'  = { for ($i = 0; $i -lt $Calls; $i++) { $null = Get-MMSubmission $id -Session $session } }
                'raw client'        = { for ($i = 0; $i -lt $Calls; $i++) { $null = $raw.Get($id) } }
                'Invoke-RestMethod' = { for ($i = 0; $i -lt $Calls; $i++) { $null = Invoke-RestMethod $uri -Headers $headers } }
                'pipeline'          = { $null = 1..$Calls | ForEach-Object { $id } | Get-MMSubmission -Session $session -ThrottleLimit 1 }
            }))
    $own = $found[0].Milliseconds
    'One read of a submission on a warm session, PowerShell {0}, medians of {1} rounds of {2}' -f $PSVersionTable.PSVersion, $Rounds, $Calls
    foreach ($kind in $found) { '{0,-24}{1,9:0} us{2,10:0.00}x' -f $kind.Name, ($kind.Milliseconds * 1000 / $Calls), ($kind.Milliseconds / $own) }
    '{0,-24}{1,9:0.00} (target: at most 1.25)' -f 'beside the raw client', ($own / $found[1].Milliseconds)
    '{0,-24}{1,9:0.00} (target: at most 0.33)' -f 'beside Invoke-RestMethod', ($own / $found[2].Milliseconds)

    $fault = @{ endpoint = 'GET /submissions/{submissionId}'; delayMs = $AnswerMs; count = 0 } | ConvertTo-Json
    $null = Invoke-RestMethod "${address}simulator/faults" -Method Post -Body $fault -ContentType application/json
    $many = 1000
    $found = @(Measure-Turn -Round ([Math]::Min(3, $Rounds)) -Kind ([ordered]@{
                '16 at a time' = { $null = 1..$many | ForEach-Object { $id } | Get-MMSubmission -Session $session -ThrottleLimit 16 }
                'one by one'   = { $null = 1..$many | ForEach-Object { $id } | Get-MMSubmission -Session $session -ThrottleLimit 1 }
            }))
    ''
    "$many reads that the service takes $AnswerMs ms to answer, medians"
    foreach ($kind in $found) { '{0,-24}{1,9:0} ms' -f $kind.Name, $kind.Milliseconds }
    '{0,-24}{1,9:0.0}x (target: at least 6)' -f 'faster', ($found[1].Milliseconds / $found[0].Milliseconds)
}
finally {
    $service.Kill()
    $service.Dispose()
    Remove-Item -LiteralPath $folder -Recurse -Force
}
