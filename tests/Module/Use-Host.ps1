<#
.SYNOPSIS
    Connects without a key under hosts of several kinds, and writes what came of each. Run it without -NonInteractive, with redirected input.
#>
[CmdletBinding()]
param(
    # Specifies the staged module.
    [Parameter(Mandatory)] [string] $Manifest,

    # Specifies the key that is typed.
    [Parameter(Mandatory)] [string] $Key
)

$ErrorActionPreference = 'Stop'
Add-Type -TypeDefinition @'
using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

public sealed class WindowHost : PSHost
{
    private readonly PSHostUserInterface _ui;
    private readonly Guid _id = Guid.NewGuid();
    private readonly string _name;
    public WindowHost(string name, PSHostUserInterface ui) { _name = name; _ui = ui; }
    public override CultureInfo CurrentCulture { get { return CultureInfo.InvariantCulture; } }
    public override CultureInfo CurrentUICulture { get { return CultureInfo.InvariantCulture; } }
    public override Guid InstanceId { get { return _id; } }
    public override string Name { get { return _name; } }
    public override Version Version { get { return new Version(1, 0); } }
    public override PSHostUserInterface UI { get { return _ui; } }
    public override void EnterNestedPrompt() { }
    public override void ExitNestedPrompt() { }
    public override void NotifyBeginApplication() { }
    public override void NotifyEndApplication() { }
    public override void SetShouldExit(int exitCode) { }
}

public sealed class Window : PSHostUserInterface
{
    public string Written = "";
    public SecureString Answer;
    public Exception Refusal;
    public int Questions;
    public override PSHostRawUserInterface RawUI { get { return null; } }
    public override SecureString ReadLineAsSecureString()
    {
        Questions++;
        if (Refusal != null) { throw Refusal; }
        return Answer;
    }
    public override string ReadLine() { throw new NotImplementedException(); }
    public override void Write(string value) { Written += value; }
    public override void Write(ConsoleColor foreground, ConsoleColor background, string value) { Written += value; }
    public override void WriteLine(string value) { }
    public override void WriteErrorLine(string value) { }
    public override void WriteDebugLine(string message) { }
    public override void WriteProgress(long sourceId, ProgressRecord record) { }
    public override void WriteVerboseLine(string message) { }
    public override void WriteWarningLine(string message) { }
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> fields) { throw new NotImplementedException(); }
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) { throw new NotImplementedException(); }
    public override PSCredential PromptForCredential(string caption, string message, string user, string target) { throw new NotImplementedException(); }
    public override PSCredential PromptForCredential(string caption, string message, string user, string target, PSCredentialTypes types, PSCredentialUIOptions options) { throw new NotImplementedException(); }
}
'@

$connect = 'try { (Connect-MMService -PassThru).KeyHint } catch { $_.FullyQualifiedErrorId }'

function Connect-InHost([string] $Case, $Window) {
    $state = [initialsessionstate]::CreateDefault2()
    $state.ImportPSModule([string[]] @($Manifest))
    $runspace = [runspacefactory]::CreateRunspace([WindowHost]::new('Windows PowerShell ISE Host', $Window), $state)
    $runspace.Open()
    $shell = [powershell]::Create($runspace)
    try { "${Case}: $($shell.AddScript($connect).Invoke())" }
    finally {
        $shell.Dispose()
        $runspace.Dispose()
    }
}

$window = [Window]::new()
$window.Answer = [System.Net.NetworkCredential]::new('', $Key).SecurePassword
Connect-InHost 'window' $window
"question: $($window.Written)"
Connect-InHost 'no window' $null
foreach ($type in 'System.Management.Automation.Host.HostException', 'System.NotImplementedException', 'System.Management.Automation.PSInvalidOperationException') {
    $window.Refusal = New-Object $type
    Connect-InHost $type $window
}
"questions: $($window.Questions)"
$window.Refusal = [System.Management.Automation.PipelineStoppedException]::new()
Connect-InHost 'stopped' $window

Import-Module $Manifest
"console: $(& ([scriptblock]::Create($connect)))"
$job = Start-Job -ScriptBlock ([scriptblock]::Create("Import-Module '$Manifest'; $connect"))
"job: $(Receive-Job $job -Wait -AutoRemoveJob)"
