#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Uploads a folder of media, submits it, waits, retries what failed for a passing reason, and reports. Made to run unattended.
.DESCRIPTION
    The API key comes from the environment variable MEDIAMAGIC_API_KEY, the address of the service, where it is another one, from
    MEDIAMAGIC_BASE_URI.

    Each file becomes a submission of its own, so that one bad file holds up no other. Files that would not be taken are left out. Every
    file gets a line in the report: what became of it, and why. Assets that failed and can be retried are retried, -RetryRounds times.

    Before it sends anything, the script checks that the module imports, that it can read the folder, and that it can write the report. While it
    runs, it adds lines to the report, before and after it sends a submission, so that even a run that is killed leaves the ids. The last line of
    a file counts. At the end each file has one line. If the report can no longer be written, the script writes it to the temporary folder instead,
    and says so. If that fails as well, it prints the report.

    The states in the report: Complete; Submitted (sent, and not known to have ended); Failed (the analysis did); Rejected (the file was not
    accepted); Later (not sent); Unknown (sent, and the answer was lost: the submission may exist, or it exists and its id is not known).

    The script asks nothing and ends with one of these exit codes, the first that applies:

    130  The run was interrupted with Ctrl+C or SIGINT. The report says what was sent.
    1    This computer lacks something (the module, the folder, the report), a parameter is wrong, or an error was unexpected. The error says
         what. If there is no report, nothing was sent.
    2    The key is missing, was refused, or has no permission. Nothing more was sent. Check the key.
    3    The outcome or the id of a submission is unknown: check whether it exists before you send the file again.
    4    The service was down, slow, or asked for a longer wait than the script allows. Send the files of state Later again, and wait for
         those of state Submitted with Wait-MMSubmission.
    6    The report could not be written to -ReportPath after files had been sent. The output says where it is.
    5    Files were rejected, or their analysis failed for good.
    0    All files were analysed.

    A process that is ended by SIGKILL or SIGTERM has the exit code that the system gives it, which is none of these.
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

# Where the report goes, and null when only the output is left.
$report = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($ReportPath)
$wasMoved = $false

# Only an end that the script does not see leaves this code.
$code = 130

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

# Throws unless the report can be written. An older report keeps its content until files are sent.
function Assert-Report {
    $folder = Split-Path $report
    if (-not (Test-Path -LiteralPath $folder -PathType Container)) { throw "The report '$report' cannot be written: there is no folder '$folder'." }
    if (Test-Path -LiteralPath $report -PathType Container) { throw "The report '$report' cannot be written: it is a folder." }
    $isNew = -not (Test-Path -LiteralPath $report)
    if (-not $isNew -and (Get-Item -LiteralPath $report -Force).IsReadOnly) { throw "The report '$report' cannot be written: the file is read-only." }
    try { [System.IO.File]::Open($report, 'OpenOrCreate', 'Write', 'ReadWrite').Dispose() }
    catch { throw "The report '$report' cannot be written: $($_.Exception.GetBaseException().Message)" }
    if ($isNew) { Remove-Item -LiteralPath $report }
}

# Writes the whole report in one step, so that a reader never finds half of it.
function Export-Report {
    $new = "$report.$PID.tmp"
    try {
        $rows.Values | Where-Object State | Export-Csv -LiteralPath $new -NoTypeInformation -Encoding UTF8
        if (Test-Path -LiteralPath $report -PathType Container) { throw 'A folder has its name.' }
        Move-Item -LiteralPath $new -Destination $report -Force
    }
    finally { if (Test-Path -LiteralPath $new) { Remove-Item -LiteralPath $new -ErrorAction SilentlyContinue } }
}

# Writes the report, or adds one line to it. If it cannot be written, it goes to the temporary folder, and in the end to the output.
function Save-Report([object] $Row) {
    while ($script:report) {
        try {
            if ($Row -and -not $script:wasMoved) { $Row | Export-Csv -LiteralPath $report -NoTypeInformation -Encoding UTF8 -Append } else { Export-Report }
            return
        }
        catch {
            [Console]::Error.WriteLine("The report '$report' cannot be written: $($_.Exception.GetBaseException().Message)")
            $script:report = if (-not $script:wasMoved) { Join-Path ([System.IO.Path]::GetTempPath()) "mediamagic-report-$PID.csv" }
            $script:wasMoved = $true
        }
    }
}

# What a failure means for the run. Stop: no file will do better. Later: try again later. Local: this computer or the script, not the service.
function Get-Verdict([System.Management.Automation.ErrorRecord] $Problem) {
    # Categories alone do not say where an error comes from: PowerShell's own errors use the same.
    if ($Problem.FullyQualifiedErrorId -notlike 'MediaMagic.*') { return 'Local' }
    if ($Problem.FullyQualifiedErrorId -like 'MediaMagic.NotConnected,*') { return 'Stop' }
    if ($Problem.FullyQualifiedErrorId -like 'MediaMagic.SubmissionOutcomeUnknown,*') { return 'Unknown' }

    # Whatever the error, an earlier attempt of the same submission may have worked, or is known to have worked.
    if ($Problem.FullyQualifiedErrorId -like '*.NewSubmissionCommand') {
        $known = $Problem | Get-MMError
        if ($known -and $known.Delivery -in 'Unknown', 'Accepted') { return 'Unknown' }
    }
    if ($Problem.FullyQualifiedErrorId -like 'MediaMagic.InvalidBlobPath,*' -or $Problem.FullyQualifiedErrorId -like 'MediaMagic.File*') { return 'Rejected' }
    switch ($Problem.CategoryInfo.Category) {
        { $_ -in 'AuthenticationError', 'NotEnabled', 'PermissionDenied', 'SecurityError' } { return 'Stop' }
        { $_ -in 'QuotaExceeded', 'ResourceUnavailable', 'ConnectionError', 'OperationTimeout', 'ResourceBusy' } { return 'Later' }
        default { return 'Rejected' }
    }
}

function Get-Message([System.Management.Automation.ErrorRecord] $Problem) {
    if ($Problem.ErrorDetails) { $Problem.ErrorDetails.Message } else { "$Problem" }
}

# Notes a failure of one file, and ends the run if no other file will do better.
function Add-Problem([string] $File, [System.Management.Automation.ErrorRecord] $Problem, [string] $State) {
    $verdict = Get-Verdict $Problem
    $to = if ($State) { $State } elseif ($verdict -in 'Stop', 'Local') { 'Later' } else { $verdict }
    Set-Row $File $to (Get-Message $Problem)
    if ($verdict -in 'Stop', 'Local') { throw $Problem }
}

# Uploads and submits the file and notes how it went.
function Submit-File($Check) {
    try {
        $upload = $Check | Send-MMFile

        # A run that is interrupted from here on cannot say whether the service received the submission.
        Set-Row $Check.Path Unknown 'The run ended while the submission was sent.'
        Save-Report $rows[$Check.Path]
        $submission = $upload | New-MMSubmission -Metadata @{ file = $Check.Name }
        Set-Row $Check.Path Submitted '' $submission.SubmissionId
    }
    catch {
        Add-Problem $Check.Path $_
    }
    finally {
        Save-Report $rows[$Check.Path]
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

function Write-Summary {
    $rows.Values | Group-Object State -NoElement | Sort-Object Name | ForEach-Object { Write-Host ('{0,6} {1}' -f $_.Count, $_.Name) }
    if ($report) { Write-Host "Report: $report" } else { $rows.Values | ConvertTo-Csv -NoTypeInformation | ForEach-Object { Write-Host $_ } }
}

function Get-ExitCode {
    $states = @($rows.Values | ForEach-Object State)
    if ($states -contains 'Unknown') { 3 }
    elseif ($states -contains 'Later' -or $states -contains 'Submitted') { 4 }
    elseif ($wasMoved) { 6 }
    elseif ($states -contains 'Rejected' -or $states -contains 'Failed') { 5 }
    else { 0 }
}

try {
    Import-Module $Module
    if (-not (Test-Path -LiteralPath $Path -PathType Container)) { throw "There is no folder '$Path'." }
    $files = @(Get-ChildItem -LiteralPath $Path -File | Sort-Object Name)
    Assert-Report
    Connect-MMService @connection
    $checks = @($files | Test-MMFile)
    foreach ($check in $checks) {
        if ($check.IsValid) { Set-Row $check.Path Later 'Not sent yet.' } else { Set-Row $check.Path Rejected ($check.Problems.Message -join ' ') }
    }
    if ($checks) { Save-Report }
    foreach ($check in $checks) { if ($check.IsValid) { Submit-File $check } }

    $pending = @($rows.Values | Where-Object State -EQ Submitted | ForEach-Object SubmissionId)
    for ($round = 0; $pending; $round++) {
        Wait-All $pending
        Save-Report
        $pending = if ($round -lt $RetryRounds) { @(Invoke-Retry | Sort-Object -Unique) }
    }
    if ($rows.Count -gt 0) { Save-Report }
    $code = Get-ExitCode
    if ($code -eq 4) { [Console]::Error.WriteLine('Not all could be done now: come back later. The report says which files.') }
}
catch {
    $code = switch (Get-Verdict $_) { 'Stop' { 2 } 'Later' { 4 } default { 1 } }
    $advice = if ($_.ErrorDetails) { $_.ErrorDetails.RecommendedAction }
    [Console]::Error.WriteLine("$(Get-Message $_) $advice".Trim())
}
finally {
    if ($rows.Count -gt 0) {
        if ($code -ne 0) { Save-Report }
        Write-Summary
    }
    if (Get-Module MediaMagic) { Get-MMSession | Disconnect-MMService }

    # PowerShell ends an interrupted script with 0.
    if ($code -eq 130) { $Host.SetShouldExit(130) }
}

exit $code
