#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Uploads a folder of media, submits it, waits, retries what failed for a passing reason, and reports. Made to run unattended.
.DESCRIPTION
    The API key comes from the environment variable MEDIAMAGIC_API_KEY, the address of the service, where it is another one, from
    MEDIAMAGIC_BASE_URI.

    Each file becomes a submission of its own, so that one bad file holds up no other. Files that would not be taken are left out. Every
    file gets a line in the report: what became of it, and why. Assets that failed and can be retried are retried, -RetryRounds times.

    The script checks the module, the folder and the report before it sends anything. It adds a line to the report for every change, so that
    the last line of a file is true even after the process was killed. At the end, the report has one line for each file. If the report can
    no longer be written, the lines go to a file in the temporary folder, or else to the output. The id of each submission is also printed.

    The states in the report: Complete; Submitted (sent, and not known to have ended); Failed (the analysis did); Rejected (the file was not
    accepted); Later (not sent); Unknown (sent, and the answer was lost: the submission may exist, or it exists and its id is not known).

    The script asks nothing and ends with one of these exit codes, the first that applies:

    130  The script was interrupted (Ctrl+C, SIGINT, SIGQUIT). The report shows what was done.
    7    Something on this computer is wrong: the module, the folder, the report, a parameter, the form of the key or of the address, or the trust
         in the service's certificate. The error says what to correct.
    1    Something unexpected went wrong; the error says what. PowerShell itself also ends with 1 if it cannot bind the parameters.
    2    The key is missing, was refused, or has no permission. Nothing more was sent. Check the key.
    3    The outcome or the id of a submission is unknown: check whether it exists before you send the file again.
    4    The service was down, slow, or asked for a longer wait than the script allows. Send the files of state Later again, and wait for
         those of state Submitted with Wait-MMSubmission.
    6    The report could not be written to -ReportPath after the first row. The error says where it is.
    5    Files were rejected, or their analysis failed for good.
    0    All files were analysed.

    SIGTERM and SIGHUP end PowerShell at once, on Linux with 143 and 129. The report then holds the lines up to that moment.
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

    # Where the report goes: a line for each file. Its folder is created if it is missing.
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
$session = 'Runbook'
$connection = @{ Name = $session; Validate = $true; RetryBaseDelaySec = $RetryBaseDelaySec; MaxRetryDelaySec = $MaxRetryDelaySec }
if ($LogPath) { $connection.LogPath = $LogPath }
$patience = @{ TimeoutSec = $TimeoutSec; PollIntervalSec = $PollIntervalSec }

# By path, with casing: two files may differ in nothing else.
$rows = [System.Collections.Specialized.OrderedDictionary]::new()
$report = @{ Path = $null; Stream = $null; IsNew = $false; IsStarted = $false; Fallback = 'Temporary', 'Output'; HasMoved = $false }

# Opens the report and keeps it open, so that one that cannot be written ends the run before anything is sent. An older report stays as it is
# until there is a row.
function Open-Report([string] $To) {
    $provider = $drive = $null
    $file = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($To, [ref] $provider, [ref] $drive)
    if ($provider.Name -ne 'FileSystem') { throw "The report '$To' is not in a file system. Name a file with -ReportPath." }
    if ([System.IO.Directory]::Exists($file)) { throw "The report '$file' is a folder. Name a file with -ReportPath." }
    $known = Get-Item -LiteralPath $file -Force -ErrorAction Ignore
    if ($known -and $known.IsReadOnly) { throw "The report '$file' is read-only. Name another with -ReportPath." }
    try {
        $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($file))
        $report.Stream = [System.IO.FileStream]::new($file, 'OpenOrCreate', 'Write', 'Read', 1)
    }
    catch { throw "The report '$file' cannot be written: $($_.Exception.GetBaseException().Message) Name another with -ReportPath." }
    $report.Path = $file
    $report.IsNew = -not $known
}

# Gives the report up where it is. All rows known so far go to a file in the temporary folder instead, or else to the output at the end.
function Move-Report([string] $Why) {
    $lost = $report.Path
    $report.HasMoved = $true
    try { $report.Stream.Dispose() } catch { $null = $_ }
    $report.Stream = $report.Path = $null
    $next, $report.Fallback = $report.Fallback
    if ($next -eq 'Temporary') {
        try {
            $file = Join-Path ([System.IO.Path]::GetTempPath()) "mediamagic-report-$([guid]::NewGuid()).csv"
            $report.Stream = [System.IO.FileStream]::new($file, 'CreateNew', 'Write', 'Read', 1)
            $report.Path = $file
        }
        catch { $null = $_ }
    }
    $place = if ($report.Path) { "'$($report.Path)'" } else { 'the output' }
    [Console]::Error.WriteLine("The report '$lost' can no longer be written: $Why Its lines go to $place.")
}

# Adds a row to the report, or writes all of them anew.
function Write-Report([object] $Row) {
    while ($report.Stream) {
        try {
            $lines = @(if ($Row) { $Row } else { $rows.Values }) | ConvertTo-Csv -NoTypeInformation | Select-Object -Skip ([int] [bool] $Row)
            $text = @($lines | ForEach-Object { $_ + [Environment]::NewLine }) -join ''
            if (-not $Row) {
                $report.Stream.Position = 0

                # Windows PowerShell reads a file as UTF-8 only if it says so.
                if ($PSVersionTable.PSVersion.Major -lt 6) { $text = [char] 0xFEFF + $text }
            }
            $bytes = [System.Text.UTF8Encoding]::new($false).GetBytes($text)
            $report.Stream.Write($bytes, 0, $bytes.Length)
            if ($report.Stream.Length -gt $report.Stream.Position) { $report.Stream.SetLength($report.Stream.Position) }
            $report.Stream.Flush($true)
            if (-not (Test-Path -LiteralPath $report.Path -PathType Leaf)) { throw 'The file was deleted.' }
            $report.IsStarted = $true
            return
        }
        catch {
            Move-Report $_.Exception.GetBaseException().Message
            $Row = $null
        }
    }
}

# Notes what became of a file.
function Set-Row([string] $File, [string] $State, [string] $Why, [string] $SubmissionId, [object] $Issues) {
    $known = $rows[$File]
    $rows[$File] = [pscustomobject] @{
        File         = $File
        State        = $State
        SubmissionId = if ($SubmissionId) { $SubmissionId } elseif ($known) { $known.SubmissionId }
        Issues       = $Issues
        Why          = $Why
    }
    if ($report.IsStarted) { Write-Report $rows[$File] }
}

# What a failure means for the run: stop, for no file will fare better; correct something here; come back later; see to this file. The
# module's own errors say where they come from. Any other error is none of the service.
function Get-Verdict([System.Management.Automation.ErrorRecord] $Problem) {
    if ($Problem.FullyQualifiedErrorId -notlike 'MediaMagic.*') { return 'Unexpected' }
    if ($Problem.FullyQualifiedErrorId -like 'MediaMagic.NotConnected,*') { return 'Stop' }
    if ($Problem.FullyQualifiedErrorId -like 'MediaMagic.SubmissionOutcomeUnknown,*') { return 'Unknown' }

    # Whatever the error, an earlier attempt of the same submission may have worked, or is known to have worked.
    $known = $Problem | Get-MMError
    if ($Problem.FullyQualifiedErrorId -like '*.NewSubmissionCommand' -and $known -and $known.Delivery -in 'Unknown', 'Accepted') { return 'Unknown' }
    if ($Problem.FullyQualifiedErrorId -like 'MediaMagic.InvalidBlobPath,*') { return 'Rejected' }
    if (-not $known -or $known.Code -in 'LogNotWritten', 'TlsFailed') { return 'Local' }
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
    $states = @{ Stop = 'Later'; Local = 'Later'; Unexpected = $rows[$File].State }
    Set-Row $File $(if ($State) { $State } elseif ($states.ContainsKey($verdict)) { $states[$verdict] } else { $verdict }) (Get-Message $Problem)
    if ($states.ContainsKey($verdict)) { throw $Problem }
}

# Uploads and submits the file and notes how it went. Before a submission is sent, its row says so: the process may end before the answer.
function Submit-File($Check) {
    try {
        $upload = $Check | Send-MMFile
        Set-Row $Check.Path Unknown 'The script ended before the answer came.'
        $submission = $upload | New-MMSubmission -Metadata @{ file = $Check.Name }
        Set-Row $Check.Path Submitted '' $submission.SubmissionId
        Write-Host "Submitted $($Check.Name): $($submission.SubmissionId)"
    }
    catch {
        Add-Problem $Check.Path $_
    }
}

# Waits for submissions and notes how each of them ended.
function Wait-All([string[]] $SubmissionId) {
    $files = @{}
    $problems = @()
    foreach ($row in $rows.Values | Where-Object SubmissionId) { $files[$row.SubmissionId] = $row.File }
    $SubmissionId | Wait-MMSubmission @patience -WarningAction SilentlyContinue -ErrorAction SilentlyContinue -ErrorVariable problems | ForEach-Object {
        $failed = $_.Status -eq 'failed'
        $why = if ($failed) { ($_.Assets | ForEach-Object ErrorMessage | Where-Object { $_ }) -join '; ' }
        Set-Row $files[$_.SubmissionId] $(if ($failed) { 'Failed' } else { 'Complete' }) $why -Issues ($_.Assets | Measure-Object IssueCount -Sum).Sum
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

# Writes the report with a line for each file, and prints the counts. Where no file holds the report, its lines are printed.
function Complete-Report {
    if ($report.IsStarted -or $report.HasMoved) { Write-Report }
    $rows.Values | Group-Object State -NoElement | Sort-Object Name | ForEach-Object { Write-Host ('{0,6} {1}' -f $_.Count, $_.Name) }
    if ($report.Stream) {
        $report.Stream.Dispose()
        if ($report.IsStarted) { Write-Host "Report: $($report.Path)" }
        elseif ($report.IsNew) { Remove-Item -LiteralPath $report.Path }
    }
    elseif ($report.HasMoved) { $rows.Values | ConvertTo-Csv -NoTypeInformation | Write-Host }
}

function Get-ExitCode {
    $states = @($rows.Values | ForEach-Object State)
    if ($states -contains 'Unknown') { 3 }
    elseif ($states -contains 'Later' -or $states -contains 'Submitted') { 4 }
    elseif ($states -contains 'Rejected' -or $states -contains 'Failed') { 5 }
    else { 0 }
}

$code = 130
$isConnected = $false
try {
    # Nothing but the service's own errors can come from the service, so whatever else goes wrong up to the connection is a local fault.
    Import-Module $Module
    $missing = 'Connect-MMService', 'Test-MMFile', 'Send-MMFile', 'New-MMSubmission', 'Wait-MMSubmission' | Where-Object { -not (Get-Command $_ -ErrorAction Ignore) }
    if ($missing) { throw "The module '$Module' has no command $($missing -join ', ')." }
    if (-not (Test-Path -LiteralPath $Path -PathType Container)) { throw "There is no folder '$Path'." }
    $found = @(Get-ChildItem -LiteralPath $Path -File | Sort-Object Name)
    Open-Report $ReportPath
    Connect-MMService @connection
    $isConnected = $true

    $checks = @($found | Where-Object FullName -NE $report.Path | Test-MMFile)
    foreach ($check in $checks) {
        if ($check.IsValid) { Set-Row $check.Path Later 'Not sent yet.' } else { Set-Row $check.Path Rejected ($check.Problems.Message -join ' ') }
    }
    Write-Report
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
    # An interruption is not caught, so it keeps the code.
    $verdict = Get-Verdict $_
    if ($verdict -eq 'Unexpected' -and -not $isConnected) { $verdict = 'Local' }
    $code = switch ($verdict) { 'Local' { 7 } 'Stop' { 2 } 'Later' { 4 } default { 1 } }
    $advice = if ($_.ErrorDetails) { $_.ErrorDetails.RecommendedAction }
    [Console]::Error.WriteLine("$(Get-Message $_) $advice".Trim())
}
finally {
    try { Complete-Report } catch { [Console]::Error.WriteLine("The summary is incomplete: $_") }
    try { if (Get-MMSession $session -ErrorAction Ignore) { Disconnect-MMService $session } } catch { $null = $_ }
    if ($code -in 0, 5 -and $report.HasMoved) { $code = 6 }

    # PowerShell itself ends an interrupted script with 0. A session in which you typed the name of the script must go on.
    $commandLine = [Environment]::GetCommandLineArgs()
    if ($code -eq 130 -and $commandLine -like "*$($MyInvocation.MyCommand.Name)*" -and $commandLine -notlike '-noe*') { $Host.SetShouldExit($code) }
}

exit $code
