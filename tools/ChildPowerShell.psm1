Set-StrictMode -Version 3.0

# Gets the program that runs this PowerShell and its first arguments. Installed as a .NET tool, PowerShell is a library that dotnet runs.
function Get-PowerShellCommand {
    [CmdletBinding()]
    [OutputType([string[]])]
    param()

    [Environment]::ProcessPath
    if ([System.IO.Path]::GetFileNameWithoutExtension([Environment]::ProcessPath) -eq 'dotnet') { "$PSHOME/pwsh.dll" }
}

# Starts another process of this PowerShell and returns it.
function Start-ChildPowerShell {
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([System.Diagnostics.Process])]
    param(
        # The arguments, such as -File and a path.
        [Parameter(Mandatory, Position = 0)]
        [string[]] $Argument,

        # The environment variables to set; a value of $null removes the variable.
        [System.Collections.IDictionary] $Environment = @{},

        # The folder to start in.
        [string] $WorkingDirectory = $PWD.ProviderPath,

        # Indicates that the caller reads standard output and standard error.
        [switch] $Redirect
    )

    $program, $first = Get-PowerShellCommand
    $start = [System.Diagnostics.ProcessStartInfo]::new($program)
    foreach ($text in @($first | Where-Object { $_ }) + @('-NoProfile', '-NonInteractive') + $Argument) { $start.ArgumentList.Add($text) }
    foreach ($name in $Environment.Keys) {
        if ($null -eq $Environment[$name]) { $null = $start.Environment.Remove($name) } else { $start.Environment[$name] = $Environment[$name] }
    }
    $start.WorkingDirectory = $WorkingDirectory
    $start.UseShellExecute = $false
    $start.RedirectStandardOutput = $Redirect
    $start.RedirectStandardError = $Redirect
    if ($PSCmdlet.ShouldProcess($program, 'Start PowerShell')) { [System.Diagnostics.Process]::Start($start) }
}

# Runs a script or command in another process of this PowerShell, waits for it, and returns its exit code and output.
function Invoke-ChildPowerShell {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        # The arguments, such as -File and a path.
        [Parameter(Mandatory, Position = 0)]
        [string[]] $Argument,

        # The environment variables to set; a value of $null removes the variable.
        [System.Collections.IDictionary] $Environment = @{},

        # The folder to start in.
        [string] $WorkingDirectory = $PWD.ProviderPath,

        # How long the process may take. It is ended then.
        [timespan] $Limit = [System.Threading.Timeout]::InfiniteTimeSpan
    )

    Wait-ChildProcess (Start-ChildPowerShell $Argument -Environment $Environment -WorkingDirectory $WorkingDirectory -Redirect -Confirm:$false) $Limit
}

# Waits for a process whose output is redirected and returns its exit code and output. A process that takes too long is ended.
function Wait-ChildProcess {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Mandatory, Position = 0)]
        [System.Diagnostics.Process] $Process,

        [Parameter(Position = 1)]
        [timespan] $Limit = [System.Threading.Timeout]::InfiniteTimeSpan
    )

    try {
        $output = $Process.StandardOutput.ReadToEndAsync()
        $errors = $Process.StandardError.ReadToEndAsync()
        $ended = $Process.WaitForExit($Limit)
        if (-not $ended) {
            $Process.Kill($true)
            $Process.WaitForExit()
        }
        [pscustomobject] @{ ExitCode = $Process.ExitCode; Output = $output.GetAwaiter().GetResult(); Errors = $errors.GetAwaiter().GetResult() }
    }
    finally { $Process.Dispose() }
}

Export-ModuleMember -Function Get-PowerShellCommand, Start-ChildPowerShell, Invoke-ChildPowerShell, Wait-ChildProcess
