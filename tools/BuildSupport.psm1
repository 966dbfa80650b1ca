Set-StrictMode -Version 3.0
Import-Module "$PSScriptRoot/ChildPowerShell.psm1"

$repository = Split-Path $PSScriptRoot
$interval = [TimeSpan]::FromSeconds(8)

# Waits for a process and writes a line at intervals, because a build is silent for minutes.
function Wait-BuildProcess {
    [CmdletBinding()]
    [OutputType([int])]
    param([System.Diagnostics.Process] $Process, [string] $Activity)

    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    try {
        while (-not $Process.WaitForExit($interval)) { Write-Host "   $Activity, $([int] $clock.Elapsed.TotalSeconds) s" }
        $Process.ExitCode
    }
    finally {
        if (-not $Process.HasExited) { $Process.Kill($true) }
        $Process.Dispose()
    }
}

# Runs dotnet, whose output goes to the console, and throws when it fails.
function Invoke-DotNet {
    [CmdletBinding()]
    param(
        # The arguments of dotnet.
        [Parameter(Mandatory)]
        [string[]] $Argument,

        # What the progress lines say.
        [Parameter(Mandatory)]
        [string] $Activity,

        # The environment variables to set.
        [System.Collections.IDictionary] $Environment = @{}
    )

    Write-Host "== $Activity"
    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet', $Argument)
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
    $start.WorkingDirectory = $repository
    if ((Wait-BuildProcess ([System.Diagnostics.Process]::Start($start)) $Activity) -ne 0) { throw "dotnet $($Argument[0]) failed." }
}

# Runs a script in a PowerShell of its own, which loads nothing into this one, and throws when it fails.
function Invoke-Script {
    [CmdletBinding()]
    param(
        # The script.
        [Parameter(Mandatory, Position = 0)]
        [string] $Path
    )

    $name = Split-Path $Path -Leaf
    Write-Host "== $name"
    $process = Start-ChildPowerShell '-File', $Path -Confirm:$false
    $process.WaitForExit()
    if ($process.ExitCode -ne 0) { throw "$name failed." }
}

# The folder that holds the staged module.
function Get-StagePath {
    [CmdletBinding()]
    [OutputType([string])]
    param()

    "$repository/output/MediaMagic/$((Import-PowerShellDataFile -LiteralPath "$repository/MediaMagic.psd1").ModuleVersion)"
}

Export-ModuleMember -Function Invoke-DotNet, Invoke-Script, Get-StagePath
