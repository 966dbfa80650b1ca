<#
.SYNOPSIS
    Submits a folder without the module, eight files at a time, and prints the seconds.
#>
[CmdletBinding()]
param([string] $Address, [string] $Key, [string] $Folder, [Parameter(ValueFromRemainingArguments)] $Unused)

$null = $Unused

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$headers = @{ 'X-API-Key' = $Key }
$clock = [System.Diagnostics.Stopwatch]::StartNew()
Get-ChildItem $Folder | ForEach-Object -ThrottleLimit 8 -Parallel {
    $content = [System.Net.Http.MultipartFormDataContent]::new()
    $part = [System.Net.Http.ByteArrayContent]::new([System.IO.File]::ReadAllBytes($_.FullName))
    $part.Headers.ContentType = 'text/plain'
    $content.Add($part, 'file', $_.Name)
    $upload = Invoke-RestMethod "$($using:Address)api/integrations/uploads/direct" -Method Post -Headers $using:headers -Body $content
    $body = @{ assets = @(@{ blobPath = $upload.blobPath }) } | ConvertTo-Json -Depth 3
    $null = Invoke-RestMethod "$($using:Address)api/integrations/submissions" -Method Post -Headers $using:headers -Body $body -ContentType 'application/json'
}
$clock.Elapsed.TotalSeconds.ToString([cultureinfo]::InvariantCulture)
