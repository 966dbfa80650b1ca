# Runs the examples of the help in a folder with sample media, connected to a simulator. Only the ports of webhooks differ from the text.

Import-Module "$PSScriptRoot/Support.psm1"
Import-Module "$PSScriptRoot/Service.psm1"

$script:media = @{
    'advert.mp4'  = [byte[]] @(0, 0, 0, 24) + [System.Text.Encoding]::ASCII.GetBytes('ftypisom') + [byte[]] @(0, 0, 2, 0) + [System.Text.Encoding]::ASCII.GetBytes('isomiso2')
    'poster.png'  = [Convert]::FromBase64String('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==')
    'leaflet.txt' = [System.Text.Encoding]::UTF8.GetBytes("Read by people.`n")
}

# A runspace for examples: the module as installed, no patience where a wait would only cost time.
function Open-ExampleRunspace {
    [CmdletBinding()]
    [OutputType([runspace])]
    param()

    $runspace = Open-TestRunspace
    $shell = [powershell]::Create($runspace)
    $null = $shell.AddScript({
            param($ModulePath, $Port)
            $env:PSModulePath = $ModulePath + [System.IO.Path]::PathSeparator + $env:PSModulePath
            $PSDefaultParameterValues = @{
                'Start-MMSimulator:ProcessingSeconds' = 0
                'Connect-MMService:RetryBaseDelaySec' = 0.01
                'Wait-MMSubmission:PollIntervalSec'   = 0.05
                'Receive-MMWebhookEvent:Prefix'       = "http://127.0.0.1:$Port/"
            }
            # Stands in for a vault of SecretManagement.
            function Get-Secret([string] $Name) { if ($Name) { (Get-MMSimulator).ApiKey } }
        }).AddArgument((Get-Item "$(Get-StagedManifest)/../../..").FullName).AddArgument((Edit-ExamplePort 8787)).Invoke()
    $shell.Dispose()
    $runspace
}

# Replaces the webhook ports of an example. Both builds run the examples at the same time and need different ports.
function Edit-ExamplePort {
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Code)

    $Code -replace '\b878([78])\b', ((Get-BuildUnderTest) -eq 'net10.0' ? '1871$1' : '1872$1')
}

# Runs one example and returns what it wrote: Output as text, Problem for what it should not have.
function Invoke-Example {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [runspace] $Runspace,
        [Parameter(Mandatory)] [string] $Code,
        [Parameter(Mandatory)] [string] $Folder
    )

    if (Test-Path -LiteralPath $Folder) { Remove-Item -LiteralPath $Folder -Recurse -Force }
    $null = New-Item -ItemType Directory -Path "$Folder/media"
    foreach ($name in $script:media.Keys) { [System.IO.File]::WriteAllBytes("$Folder/media/$name", $script:media[$name]) }

    $shell = [powershell]::Create($Runspace)
    try {
        $null = $shell.AddScript({
                param($Folder, $StartsItself, $NeedsId)
                Set-Location -LiteralPath $Folder
                $Error.Clear()
                Get-MMSession | Disconnect-MMService
                Stop-MMSimulator -Confirm:$false
                $env:MEDIAMAGIC_API_KEY = $env:MEDIAMAGIC_BASE_URI = $null
                if (-not $StartsItself) {
                    $simulator = Start-MMSimulator -PassThru
                    $env:MEDIAMAGIC_API_KEY = $simulator.ApiKey
                    $env:MEDIAMAGIC_BASE_URI = $simulator.BaseUri
                    Connect-MMService
                }
                if ($NeedsId) {
                    $null = New-Item ./earlier -ItemType Directory
                    1..3 | ForEach-Object { Set-Content "./earlier/text-$_.txt" "Text $_" }
                    $id = (Get-ChildItem ./earlier | Send-MMFile | New-MMSubmission | Wait-MMSubmission).SubmissionId
                    Remove-Item ./earlier -Recurse
                }
            }).AddArgument($Folder).AddArgument($Code -match '(?m)^(?!Stop).*Start-MMSimulator').AddArgument($Code -match '\$id\b' -and $Code -notmatch '(?m)^\$id = ').Invoke()
        if ($shell.HadErrors) { throw "The example's surroundings could not be made: $($shell.Streams.Error)" }
        $shell.Commands.Clear()

        $problem = $null
        $output = $null
        try { $output = $shell.AddScript((Edit-ExamplePort $Code), $true).Invoke() } catch { $problem = $_.Exception.Message }
        $problem = @($problem) + @($shell.Streams.Error | ForEach-Object { "$($_.FullyQualifiedErrorId): $_" }) | Where-Object { $_ }
        $shell.Commands.Clear()
        $shell.Streams.ClearStreams()
        $text = $shell.AddCommand('Out-String').AddParameter('InputObject', $output).Invoke() -join ''
        [pscustomobject] @{ Output = $text; Problem = @($problem) -join "`n" }
    }
    finally {
        $shell.Dispose()
    }
}

# The fenced PowerShell of a page.
function Get-FencedCode {
    [CmdletBinding()]
    [OutputType([string[]])]
    param([Parameter(Mandatory)] [string] $Path)

    [regex]::Matches((Get-Content -LiteralPath $Path -Raw), '(?ms)^```powershell\r?\n(.*?)^```') | ForEach-Object { $_.Groups[1].Value }
}

Export-ModuleMember -Function *
