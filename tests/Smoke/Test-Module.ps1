#!/usr/bin/env pwsh
#Requires -Version 5.1

<#
.SYNOPSIS
    Runs the main job against the simulator and throws where a step goes wrong.
.DESCRIPTION
    Uses no Pester and no syntax newer than Windows PowerShell 5.1, so that it runs on every host that can load the module.
.EXAMPLE
    ./tests/Smoke/Test-Module.ps1

    Tests the module that is staged under output/MediaMagic.
#>
[CmdletBinding()]
param(
    # Specifies the manifest of the module. By default, that of the staged module.
    [string] $Module
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Assert-Equal($Actual, $Expected, [string] $Step) {
    if ("$Actual" -cne "$Expected") { throw "${Step}: expected '$Expected', found '$Actual'." }
    Write-Output "ok  $Step"
}

if (-not $Module) { $Module = (Get-Item "$PSScriptRoot/../../output/MediaMagic/*/MediaMagic.psd1" | Select-Object -Last 1).FullName }
Import-Module $Module
Write-Output "MediaMagic $((Get-Module MediaMagic).Version) in PowerShell $($PSVersionTable.PSVersion)"
$folder = Join-Path ([System.IO.Path]::GetTempPath()) "mediamagic-smoke-$PID"
$null = New-Item -ItemType Directory -Path $folder
try {
    Start-MMSimulator -ProcessingSeconds 0 -Connect
    Set-Content -LiteralPath "$folder/advert.txt" -Value 'The best sun cream in the world. Guaranteed!'
    Set-Content -LiteralPath "$folder/fail-retryable.txt" -Value 'Fails once.'
    Set-Content -LiteralPath "$folder/photo.png" -Value 'This is not a picture.'

    Assert-Equal (Test-MMFile "$folder/photo.png").Problems[0].Code 'TypeMismatch' 'A file whose content does not match its type is invalid'
    $submission = Send-MMFile "$folder/advert.txt", "$folder/fail-retryable.txt" | New-MMSubmission
    $ended = $submission | Wait-MMSubmission -PollIntervalSec 0.1 -WarningAction Ignore
    Assert-Equal $ended.Status 'failed' 'A submission with a failed asset fails'
    $retried = $ended | Get-MMFailedAsset -Retryable | Invoke-MMAssetRetry -Wait
    Assert-Equal $retried.Status 'complete' 'A retried asset completes its submission'
    $presigned = Send-MMFile "$folder/advert.txt" -FileName presigned.txt -Method Presigned
    Assert-Equal $presigned.Method 'Presigned' 'A presigned upload succeeds'

    $code = try { Get-MMSubmission ([guid]::NewGuid()) } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
    Assert-Equal $code 'MediaMagic.NotFound' 'An unknown submission is not found'
    $text = Get-MMSession | Format-List * | Out-String
    Assert-Equal $text.Contains((Get-MMSimulator).ApiKey) 'False' 'No view shows the key'
    Disconnect-MMService
    $code = try { Get-MMSubmission $submission.SubmissionId } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
    Assert-Equal $code 'MediaMagic.NotConnected' 'A closed session is not connected'
}
finally {
    Stop-MMSimulator
    Remove-Item -LiteralPath $folder -Recurse -Force
}
