#!/usr/bin/env pwsh

<#
.SYNOPSIS
    The whole job against the simulator: check, upload, submit, wait, read issues, retry what failed.
.EXAMPLE
    ./samples/quickstart.ps1
#>
[CmdletBinding()]
param(
    # The staged module.
    [string] $Module = (Get-ChildItem "$PSScriptRoot/../output/MediaMagic/*/MediaMagic.psd1" | Select-Object -Last 1).FullName
)

$ErrorActionPreference = 'Stop'
Import-Module $Module

$media = Join-Path ([System.IO.Path]::GetTempPath()) "mediamagic-demo-$PID"
$null = New-Item -ItemType Directory -Path $media
try {
    Set-Content -LiteralPath "$media/summer-advert.txt" -Value 'The best sun cream in the world. Guaranteed, or your money back!'
    Set-Content -LiteralPath "$media/fail-retryable.txt" -Value 'The simulator lets the first analysis of this file fail.'
    Set-Content -LiteralPath "$media/holiday-photo.png" -Value 'This is no picture, whatever its name says.'

    'Connect: the MediaMagic API, simulated on this machine'
    Start-MMSimulator -ProcessingSeconds 2 -Connect
    Get-MMSession | Format-List Name, BaseUri, Environment, KeyHint

    'Check files before anything is sent'
    $checks = Get-ChildItem -LiteralPath $media | Test-MMFile
    $checks | Format-Table Name, Length, ContentType, IsValid, @{ Name = 'Problem'; Expression = { $_.Problems.Message } }

    'Upload and submit'
    $submission = $checks | Where-Object IsValid | Send-MMFile | New-MMSubmission
    $submission | Format-Table SubmissionId, Status, @{ Name = 'Assets'; Expression = { $_.Assets.Count } }

    'Wait'
    $ended = $submission | Wait-MMSubmission -PollIntervalSec 0.5 -WarningAction SilentlyContinue
    $ended.Assets | Format-Table AssetId, Status, IssueCount, ErrorMessage

    'Issues found'
    $ended.Assets | Where-Object Status -EQ complete | Get-MMIssue | Format-Table Severity, RuleCode, Summary

    'Retry what failed'
    $retried = $ended | Get-MMFailedAsset -Retryable | Invoke-MMAssetRetry -Wait -TimeoutSec 60
    $retried | Format-Table SubmissionId, Status, ProgressPercent

    if ($retried.Status -ne 'complete') { throw "The submission is $($retried.Status)." }
    'Done'
    Get-MMSession | Format-List Requests, Retries, RateLimited
}
finally {
    Stop-MMSimulator
    Remove-Item -LiteralPath $media -Recurse -Force
}
