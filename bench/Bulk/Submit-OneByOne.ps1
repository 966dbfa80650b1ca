<#
.SYNOPSIS
    Submits a folder without the module, one file after the other, and prints the seconds.
#>
[CmdletBinding()]
param([string] $Address, [string] $Key, [string] $Folder, [Parameter(ValueFromRemainingArguments)] $Unused)

$null = $Unused

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$headers = @{ 'X-API-Key' = $Key }
$clock = [System.Diagnostics.Stopwatch]::StartNew()
foreach ($file in Get-ChildItem $Folder) {
    $content = [System.Net.Http.MultipartFormDataContent]::new()
    $part = [System.Net.Http.ByteArrayContent]::new([System.IO.File]::ReadAllBytes($file.FullName))
    $part.Headers.ContentType = 'text/plain'
    $content.Add($part, 'file', $file.Name)
    $upload = Invoke-RestMethod "${Address}api/integrations/uploads/direct" -Method Post -Headers $headers -Body $content
    $body = @{ assets = @(@{ blobPath = $upload.blobPath }) } | ConvertTo-Json -Depth 3
    $null = Invoke-RestMethod "${Address}api/integrations/submissions" -Method Post -Headers $headers -Body $body -ContentType 'application/json'
}
$clock.Elapsed.TotalSeconds.ToString([cultureinfo]::InvariantCulture)
