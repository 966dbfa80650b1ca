#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Uploads a folder of media, submits it, waits, retries what failed for a passing reason, and reports. Made to run unattended.
.DESCRIPTION
    The API key comes from the environment variable MEDIAMAGIC_API_KEY, the address of the service, where it is another one, from
    MEDIAMAGIC_BASE_URI.

    Each file becomes a submission of its own, so that one bad file holds up no other. Files that would not be taken are left out. Every
    file gets a line in the report: what became of it, and why. Assets that failed and can be retried are retried, -RetryRounds times.

    The states in the report: Complete; Submitted (sent, and not known to have ended); Failed (the analysis did); Rejected (the file was not
    taken); Later (not sent); Unknown (sent, and the answer was lost: it may be there, or it is there and its id is not known).

    The script asks nothing and ends with one of these exit codes, the first that applies:

    1  Something unexpected went wrong; the error says what.
    2  The key is missing, was refused, or may not do this. Nothing more was tried; somebody must see to it.
    3  The outcome or the id of a submission is unknown: look whether it is there before the file is sent again.
    4  The service was down, slow, or asked for more patience than the script has. Send the files of state Later again, and wait for
       those of state Submitted with Wait-MMSubmission.
    5  Files were rejected, or their analysis failed for good.
    0  All files were analysed.
.EXAMPLE
    ./samples/runbook.ps1 -Path ./media -ReportPath ./report.csv
    Does the job and leaves a report.
.EXAMPLE
    pwsh -NonInteractive -File ./samples/runbook.ps1 -Path /mnt/campaign -LogPath ./requests.jsonl
    The same from a scheduler, with a log of all requests.
#>
[CmdletBinding()]
param(
    # The folder with the media; its subfolders are left alone.
    [Parameter(Mandatory, Position = 0)]
    [string] $Path,

    # Where the report goes: a line for each file.
    [string] $ReportPath = './mediamagic-report.csv',

    # A file that gets one line of JSON for each request.
    [string] $LogPath,

    # How long to wait for the analysis, in seconds, each time.
    [double] $TimeoutSec = 3600,

    # How often to look at first, in seconds.
    [double] $PollIntervalSec = 2,

    # The pause before a request is repeated, in seconds.
    [double] $RetryBaseDelaySec = 1,

    # The longest pause; when the service asks for more, the script gives up and says when to come back.
    [double] $MaxRetryDelaySec = 60,

    # How often to retry what failed for a passing reason.
    [ValidateRange(0, 10)]
    [int] $RetryRounds = 2,

    # The module to use, where it is not on the module path.
    [string] $Module = 'MediaMagic'
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$connection = @{ Validate = $true; RetryBaseDelaySec = $RetryBaseDelaySec; MaxRetryDelaySec = $MaxRetryDelaySec }
if ($LogPath) { $connection.LogPath = $LogPath }
$patience = @{ TimeoutSec = $TimeoutSec; PollIntervalSec = $PollIntervalSec }
$rows = [ordered] @{}

# Notes what became of a file.
function Set-Row([string] $File, [string] $State, [string] $Why, [string] $SubmissionId) {
    $known = $rows[$File]
    $rows[$File] = [pscustomobject] @{
        File         = $File
        State        = $State
        SubmissionId = if ($SubmissionId) { $SubmissionId } elseif ($known) { $known.SubmissionId }
        Issues       = $null
        Why          = $Why
    }
}

# What a failure means for the run: stop, for no file will fare better; come back later; see to this file.
function Get-Verdict([System.Management.Automation.ErrorRecord] $Problem) {
    if ($Problem.FullyQualifiedErrorId -like 'MediaMagic.NotConnected,*') { return 'Stop' }
    if ($Problem.FullyQualifiedErrorId -like 'MediaMagic.SubmissionOutcomeUnknown,*') { return 'Unknown' }

    # Whatever the error, an earlier attempt of the same submission may have worked, or is known to have worked.
    if ($Problem.FullyQualifiedErrorId -like '*.NewSubmissionCommand') {
        $known = $Problem | Get-MMError
        if ($known -and $known.Delivery -in 'Unknown', 'Accepted') { return 'Unknown' }
    }
    if ($Problem.FullyQualifiedErrorId -like 'MediaMagic.InvalidBlobPath,*') { return 'Rejected' }
    switch ($Problem.CategoryInfo.Category) {
        { $_ -in 'AuthenticationError', 'NotEnabled', 'PermissionDenied', 'SecurityError' } { return 'Stop' }
        { $_ -in 'QuotaExceeded', 'ResourceUnavailable', 'ConnectionError', 'OperationTimeout', 'ResourceBusy' } { return 'Later' }
        default { return 'Rejected' }
    }
}

function Get-Message([System.Management.Automation.ErrorRecord] $Problem) {
    if ($Problem.ErrorDetails) { $Problem.ErrorDetails.Message } else { "$Problem" }
}

# Notes a failure of one file, and ends the run where no other file will fare better.
function Add-Problem([string] $File, [System.Management.Automation.ErrorRecord] $Problem, [string] $State) {
    $verdict = Get-Verdict $Problem
    Set-Row $File $(if ($State) { $State } elseif ($verdict -eq 'Stop') { 'Later' } else { $verdict }) (Get-Message $Problem)
    if ($verdict -eq 'Stop') { throw $Problem }
}

# Uploads and submits the file and notes how it went.
function Submit-File($Check) {
    try {
        $submission = $Check | Send-MMFile | New-MMSubmission -Metadata @{ file = $Check.Name }
        Set-Row $Check.Path Submitted '' $submission.SubmissionId
    }
    catch {
        Add-Problem $Check.Path $_
    }
}

# Waits for submissions and notes how they ended.
function Wait-All([string[]] $SubmissionId) {
    $files = @{}
    foreach ($row in $rows.Values | Where-Object SubmissionId) { $files[$row.SubmissionId] = $row.File }
    $ended = $SubmissionId | Wait-MMSubmission @patience -WarningAction SilentlyContinue -ErrorAction SilentlyContinue -ErrorVariable problems
    foreach ($submission in $ended) {
        $why = if ($submission.Status -eq 'failed') { ($submission.Assets | ForEach-Object ErrorMessage | Where-Object { $_ }) -join '; ' }
        Set-Row $files[$submission.SubmissionId] $(if ($submission.Status -eq 'failed') { 'Failed' } else { 'Complete' }) $why
        $rows[$files[$submission.SubmissionId]].Issues = ($submission.Assets | Measure-Object IssueCount -Sum).Sum
    }
    foreach ($problem in $problems) { Add-Problem $files["$($problem.TargetObject)"] $problem Submitted }
}

# Retries what can be retried and returns the submissions concerned.
function Invoke-Retry {
    foreach ($row in @($rows.Values | Where-Object State -EQ Failed)) {
        try {
            foreach ($asset in Get-MMFailedAsset $row.SubmissionId -Retryable) {
                Write-Host "Retry $(Split-Path $row.File -Leaf): $($asset.ErrorMessage)"
                (Invoke-MMAssetRetry $asset.SubmissionId $asset.AssetId).SubmissionId
            }
        }
        catch {
            # Somebody retries it already, or this retry was accepted and its answer lost: then waiting tells.
            $known = $_ | Get-MMError
            if ($known -and ($known.OutcomeUnknown -or $known.Code -eq 'RetryInProgress')) { $row.SubmissionId } else { Add-Problem $row.File $_ Failed }
        }
    }
}

function Write-Summary([string] $To) {
    $rows.Values | Export-Csv -LiteralPath $To -NoTypeInformation
    $rows.Values | Group-Object State -NoElement | Sort-Object Name | ForEach-Object { Write-Host ('{0,6} {1}' -f $_.Count, $_.Name) }
    Write-Host "Report: $To"
}

function Get-ExitCode {
    $states = @($rows.Values | ForEach-Object State)
    if ($states -contains 'Unknown') { 3 }
    elseif ($states -contains 'Later' -or $states -contains 'Submitted') { 4 }
    elseif ($states -contains 'Rejected' -or $states -contains 'Failed') { 5 }
    else { 0 }
}

try {
    Import-Module $Module
    if (-not (Test-Path -LiteralPath $Path -PathType Container)) { throw "There is no folder '$Path'." }
    Connect-MMService @connection
    $checks = @(Get-ChildItem -LiteralPath $Path -File | Sort-Object Name | Test-MMFile)
    foreach ($check in $checks) {
        if ($check.IsValid) { Set-Row $check.Path Later 'Not sent yet.' } else { Set-Row $check.Path Rejected ($check.Problems.Message -join ' ') }
    }
    foreach ($check in $checks) { if ($check.IsValid) { Submit-File $check } }

    $pending = @($rows.Values | Where-Object State -EQ Submitted | ForEach-Object SubmissionId)
    for ($round = 0; $pending; $round++) {
        Wait-All $pending
        $pending = if ($round -lt $RetryRounds) { @(Invoke-Retry | Sort-Object -Unique) }
    }
    $code = Get-ExitCode
    if ($code -eq 4) { [Console]::Error.WriteLine('Not all could be done now: come back later. The report says which files.') }
}
catch {
    $code = switch (Get-Verdict $_) { 'Stop' { 2 } 'Later' { 4 } default { 1 } }
    $advice = if ($_.ErrorDetails) { $_.ErrorDetails.RecommendedAction }
    [Console]::Error.WriteLine("$(Get-Message $_) $advice".Trim())
}
finally {
    if ($rows.Count -gt 0) { Write-Summary $ReportPath }
    if (Get-Module MediaMagic) { Get-MMSession | Disconnect-MMService }
}

exit $code
