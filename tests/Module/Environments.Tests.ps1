BeforeDiscovery {
    $noHome = @{}
    foreach ($name in 'HOME', 'USERPROFILE', 'XDG_STATE_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME') { $noHome[$name] = $null }
    $environments = @(
        @{ Name = 'no home folder'; Environment = $noHome }
        @{ Name = 'no culture data'; Environment = @{ DOTNET_SYSTEM_GLOBALIZATION_INVARIANT = '1' } }
        @{ Name = 'a terminal without capabilities'; Environment = @{ TERM = 'dumb' } }
        @{ Name = 'a proxy that refuses connections'; Environment = @{ http_proxy = 'http://127.0.0.1:1'; https_proxy = 'http://127.0.0.1:1'; all_proxy = 'http://127.0.0.1:1'; no_proxy = $null } }
        @{ Name = 'a Turkish culture'; Culture = 'tr-TR' }
        @{ Name = 'a German culture'; Culture = 'de-DE' }
        @{ Name = 'a Persian culture'; Culture = 'fa-IR' }
        @{ Name = 'a Saudi culture'; Culture = 'ar-SA' }
    )
}

BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1" -Force
    $ErrorActionPreference = 'Continue'

    # The main job against the simulator. It names states and severities in lower case, and the file in upper case, for cultures with an i of their own.
    $job = @'
Import-Module $Manifest
$folder = (New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid()))).FullName
try {
    Start-MMSimulator -Connect -ProcessingSeconds 0
    Set-Content "$folder/FILM.TXT" 'The best sun cream in the world. Guaranteed!'
    $done = Submit-MMFile "$folder/FILM.TXT" -Ledger "$folder/run.db" -Wait -Confirm:$false
    $issues = @(Get-MMIssue $done.SubmissionId -MinimumSeverity minor)
    $null = Export-MMReport $done.SubmissionId -Path "$folder/report.html" -Confirm:$false
    "state $($done.State)"
    "ledger $((Get-MMLedger "$folder/run.db" -State complete).State)"
    "issues $($issues.Count -gt 0)"
    "report $([System.IO.File]::ReadAllText("$folder/report.html").Contains('FILM.TXT'))"
    "date $(([datetimeoffset] (Get-MMSubmission $done.SubmissionId).CreatedAt).ToString('yyyy', [cultureinfo]::InvariantCulture) -eq [datetime]::UtcNow.ToString('yyyy', [cultureinfo]::InvariantCulture))"
    try { Get-MMSubmission no-such-submission -ErrorAction Stop } catch { "error $($_.FullyQualifiedErrorId.Split(',')[0]) $(($_ | Get-MMError).StatusCode)" }
    "errors $($Error.Count)"
}
finally {
    Stop-MMSimulator
    Remove-Item -LiteralPath $folder -Recurse -Force
}
'@
    $expected = 'state Complete', 'ledger Complete', 'issues True', 'report True', 'date True', 'error MediaMagic.NotFound 404', 'errors 1'
}

Describe 'The main job' {
    It 'works with <Name>' -ForEach $environments {
        $set = if ($Culture) { "`$culture = [cultureinfo]::new('$Culture')`n[cultureinfo]::CurrentCulture = [cultureinfo]::CurrentUICulture = [cultureinfo]::DefaultThreadCurrentCulture = `$culture`n" }
        $variables = if ($Environment) { $Environment } else { @{} }
        Invoke-Fresh "$set$job" -Environment $variables | Should -Be $expected
    }

    It 'works in a background job' {
        $script = "Start-Job { param(`$Manifest)`n$job`n} -ArgumentList `$Manifest | Receive-Job -Wait"
        Invoke-Fresh $script | Should -Be $expected
    }

    It 'works in a runspace that shows only the commands it needs, without a language' {
        Invoke-Fresh @'
$state = [initialsessionstate]::CreateDefault2()
$state.ImportPSModule($Manifest)
foreach ($command in $state.Commands) { $command.Visibility = 'Private' }
$space = [runspacefactory]::CreateRunspace($state)
$space.Open()
$space.SessionStateProxy.LanguageMode = 'NoLanguage'
$results = foreach ($name in 'Start-MMSimulator', 'Test-MMConnection', 'Stop-MMSimulator', 'Get-ChildItem') {
    $shell = [powershell]::Create($space)
    $null = $shell.AddCommand($name)
    if ($name -eq 'Start-MMSimulator') { $null = $shell.AddParameter('Connect') }
    try { "$name $($shell.Invoke().Success) $($shell.Streams.Error.Count)" } catch { "$name $($_.Exception.InnerException.GetType().Name)" }
}
$results
'@ | Should -Be 'Start-MMSimulator  0', 'Test-MMConnection True 0', 'Stop-MMSimulator  0', 'Get-ChildItem CommandNotFoundException'
    }
}
