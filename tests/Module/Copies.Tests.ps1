BeforeAll {
    Import-Module "$PSScriptRoot/Service.psm1" -Force
    $ErrorActionPreference = 'Continue'
    $simulator = Connect-TestService
    Connect-TestSession -Option @{ MaxAttempts = 1 }

    # The next two answers have something for every property of an error.
    function Add-Answer {
        $body = @{
            detail = 'Two fields are wrong'; docs_url = 'https://docs.mediamagic.app/x'
            fields = @(@{ field = 'metadata'; message = 'Too large'; code = 'size' }, @{ field = 'title'; message = 'Missing' })
            more   = @{ list = @(1, 2.5, $true, $null, @{ deep = @{ er = 'text' } }) }
        }
        Add-MMSimulatorFault 'GET /submissions/{id}' -Status 422 -Body (ConvertTo-Json $body -Depth 9) -Count 1
        Add-MMSimulatorFault 'GET /submissions/{id}' -Status 429 -Body '{"error": "Too many reads"}' -RetryAfterSec 900 -Count 1
    }

    function Show-All($Item) { $Item | ForEach-Object { ConvertTo-Json $_ -Depth 9 } }

    # Writes it to a file and reads it again.
    function Copy-Through($Item, [int] $Depth = 2) {
        Export-Clixml "$TestDrive/copy.xml" -InputObject $Item -Depth $Depth
        Import-Clixml "$TestDrive/copy.xml"
    }

    # Reads a file with the copy of an error that has these properties.
    function Read-Error([string] $Properties) {
        Set-Content "$TestDrive/written.xml" @"
<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><Obj RefId="0"><TN RefId="0"><T>System.Management.Automation.ErrorRecord</T></TN><Props>
<Obj N="Exception" RefId="1"><TN RefId="1"><T>MediaMagic.MediaMagicException</T></TN><Props><Obj N="Error" RefId="2"><TN RefId="2"><T>MediaMagic.ApiError</T></TN>
<Props>$Properties</Props></Obj></Props></Obj></Props></Obj></Objs>
"@
        Import-Clixml "$TestDrive/written.xml" | Get-MMError
    }

    # Runs a script in a job that is connected to the simulator.
    function Receive-TestJob {
        [CmdletBinding()]
        param([string] $Script)

        $text = "param(`$Manifest, `$Key, `$BaseUri)`nImport-Module `$Manifest`nConnect-MMService -ApiKey `$Key -BaseUri `$BaseUri -MaxAttempts 1`n$Script"
        $job = Start-Job ([scriptblock]::Create($text)) -ArgumentList (Get-StagedManifest), $simulator.ApiKey, $simulator.BaseUri
        Receive-Job $job -Wait -AutoRemoveJob
    }
}

AfterAll { Disconnect-TestService }

Describe 'The copy of an error' {
    BeforeAll {
        Add-Answer
        $original = @()
        Get-MMSubmission same, same -ErrorAction SilentlyContinue -ErrorVariable original
        $expected = Show-All ($original | Get-MMError)
    }

    It 'has an original with something in every property' {
        $first, $second = $original | Get-MMError
        $empty = $first.PSObject.Properties.Name | Where-Object { -not $first.$_ -and -not $second.$_ -and $_ -notin 'OutcomeUnknown', 'RequestId' }
        $empty | Should -BeNullOrEmpty
        $expected[0] | Should -Match '"er": ?"text"'
    }

    It 'is complete <Name>' -ForEach @(
        @{ Name = 'from the pipeline'; Read = { $original | ForEach-Object { Copy-Through $_ } | Get-MMError } }
        @{ Name = 'as an argument'; Read = { $original | ForEach-Object { Get-MMError -ErrorRecord (Copy-Through $_) } } }
        @{ Name = 'in a list'; Read = { Get-MMError -ErrorRecord (Copy-Through $original) } }
        @{ Name = 'at the least depth'; Read = { $original | ForEach-Object { Copy-Through $_ -Depth 1 } | Get-MMError } }
        @{ Name = 'as the copy of a copy'; Read = { $original | ForEach-Object { Copy-Through (Copy-Through $_) } | Get-MMError } }
        @{ Name = 'in what a script wrapped around it'; Read = { $original | ForEach-Object {
                    $outer = [System.InvalidOperationException]::new('outer', [System.ArgumentException]::new('middle', $_.Exception))
                    Copy-Through ([System.Management.Automation.ErrorRecord]::new($outer, 'id', 'NotSpecified', $null))
                } | Get-MMError } }
    ) {
        $found = & $Read
        $found | ForEach-Object { $_.GetType().FullName | Should -BeExactly 'MediaMagic.ApiError' }
        Show-All $found | Should -BeExactly $expected
    }

    It 'is complete from a job, in its output and in $Error' {
        Add-Answer
        Show-All (Receive-TestJob 'Get-MMSubmission same, same' 2>&1 | Get-MMError) | Should -BeExactly $expected
        Add-Answer
        $Error.Clear()
        Receive-TestJob 'Get-MMSubmission same, same' 2>$null
        Show-All (Get-MMError -Newest 2) | Should -BeExactly $expected[1, 0]
    }

    It 'is complete from a job that it ends, and in the file of one that came from a job' {
        Add-Answer
        $caught = try { Receive-TestJob 'Get-MMSubmission same -ErrorAction Stop' -ErrorAction Stop } catch { $_ }
        Show-All ($caught | Get-MMError) | Should -BeExactly $expected[0]
        Show-All (Copy-Through $caught | Get-MMError) | Should -BeExactly $expected[0]
        Clear-MMSimulatorFault
    }

    It 'of another command is passed over' {
        Get-Item "$TestDrive/nothing" -ErrorAction SilentlyContinue -ErrorVariable other
        Copy-Through $other[0] | Get-MMError -ErrorVariable problem | Should -BeNullOrEmpty
        $problem | Should -BeNullOrEmpty
    }

    It 'that lost its details says so' {
        Copy-Through $original[0] | Out-Null
        $text = Get-Content -Raw "$TestDrive/copy.xml"
        Set-Content "$TestDrive/lost.xml" ($text -replace 'MediaMagic\.ApiError', 'MediaMagic.Nothing')
        $copy = Import-Clixml "$TestDrive/lost.xml"
        { $copy | Get-MMError -ErrorAction Stop } | Should -Throw '*422 ValidationFailed: Two fields are wrong*copy*lost its details*imported*'
    }

    It 'does not contain keys or terminal sequences from a file' {
        Copy-Through $original[0] | Out-Null
        $key = 'sk_live_' + 'x' * 40
        $text = (Get-Content -Raw "$TestDrive/copy.xml").Replace('Two fields are wrong', "$key _x001B_[31mred").Replace('https://docs.mediamagic.app/x', 'file:///etc/passwd').Replace('>text<', ">$key<")
        Set-Content "$TestDrive/hostile.xml" $text
        $found = Import-Clixml "$TestDrive/hostile.xml" | Get-MMError
        $found.DocsUrl | Should -BeNullOrEmpty
        $found.Detail | Should -BeExactly 'sk_live_*** red'
        Show-All $found | Should -Not -Match $key
        $found.AdditionalProperties.more.list[4].deep.er | Should -BeExactly 'sk_live_***'
        $found.RawBody | Should -Match 'red'
        Show-All $found | Should -Not -Match '\\u001b|\x1b'
    }

    It 'has only values of the right type' {
        $found = Read-Error '<S N="StatusCode">1</S><S N="Retryable">false</S><S N="Attempts">7</S><S N="Delivery">99</S><S N="Fields">ab</S><S N="AdditionalProperties">c</S>
            <Obj N="Detail" RefId="9"><LST><S>a</S></LST></Obj>'
        $found.StatusCode, $found.Detail | Should -Be $null, $null
        $found.Attempts, $found.Fields.Count, $found.AdditionalProperties.Count | Should -Be 0, 0, 0
        $found.Retryable | Should -BeFalse
        $found.Delivery | Should -BeExactly 'Unknown'
        (Read-Error '').OutcomeUnknown | Should -BeTrue
    }

    It 'accepts keys that differ only in type or case' {
        $entries = '<S N="Key">1</S><S N="Value">a</S>', '<I32 N="Key">1</I32><S N="Value">a</S>', '<S N="Key">b</S><S N="Value">b</S>', '<S N="Key">B</S><Nil N="Value" />'
        $found = Read-Error "<Obj N='AdditionalProperties' RefId='9'><DCT><En>$($entries -join '</En><En>')</En></DCT></Obj>"
        $found.AdditionalProperties.Keys | Sort-Object -CaseSensitive | Should -BeExactly '1', 'b', 'B'
    }

    It 'has an end if the values of a file refer to each other: <Name>' -ForEach @(
        @{ Name = 'additional properties'; Properties = '<Obj N="AdditionalProperties" RefId="9"><DCT><En><S N="Key">a</S><Ref N="Value" RefId="9" /></En><En><S N="Key">b</S><Ref N="Value" RefId="9" /></En></DCT></Obj>' }
        @{ Name = 'a list'; Properties = "<Obj N='AdditionalProperties' RefId='8'><DCT><En><S N='Key'>a</S><Obj N='Value' RefId='9'><LST>$('<Ref RefId="9" />' * 1000)</LST></Obj></En></DCT></Obj>" }
        @{ Name = 'fields'; Properties = "<Obj N='Fields' RefId='8'><LST><Obj RefId='9'><MS><S N='Message'>$('x' * 60kb)</S></MS></Obj>$('<Ref RefId="9" />' * 100kb)</LST></Obj>" }
    ) {
        $found = Read-Error $Properties
        $found.Code | Should -BeExactly 'Unknown'
        ($found.Fields.Message | Measure-Object Length -Sum).Sum | Should -BeLessThan 2mb
    }
}

Describe 'An error that ended a command by -ErrorAction Stop' {
    It 'is shown once <Name>' -ForEach @(
        @{ Name = 'from -ErrorVariable'; Run = { try { Get-MMSubmission unknown -ErrorAction Stop -ErrorVariable kept } catch { $kept } } }
        @{ Name = 'from -ErrorVariable of a function'; Run = {
                function Get-Unknown { [CmdletBinding()] param() Get-MMSubmission unknown }
                try { Get-Unknown -ErrorAction Stop -ErrorVariable kept } catch { $kept }
            }
        }
        @{ Name = 'from an exception around it'; Run = { try { { Get-MMSubmission unknown -ErrorAction Stop }.Invoke() } catch { $_ } } }
    ) {
        # The session of the other tests still waits after a 429.
        Connect-TestSession -Option @{ MaxAttempts = 1 }
        $Error.Clear()
        $left = & $Run
        (Get-MMError -Newest 9).Code | Should -BeExactly 'NotFound'
        ($left | Get-MMError).Code | Should -BeExactly 'NotFound'
        (Get-MMError -ErrorRecord $left).Code | Should -BeExactly 'NotFound'
    }
}

Describe 'The copy of a session' {
    It 'is refused with the reason by <Name>' -ForEach @(
        @{ Name = 'Get-MMSubmission'; Run = { Get-MMSubmission x -Session $args[0] } }
        @{ Name = 'Send-MMFile'; Run = { Send-MMFile (Add-TestFile) -Session $args[0] } }
        @{ Name = 'Submit-MMFile'; Run = { Submit-MMFile (Add-TestFile) -Session $args[0] } }
    ) {
        $copy = Copy-Through (Get-MMSession)
        $before = (Get-TestServer).RequestCount
        { & $Run $copy } | Should -Throw "*session 'Default' is a copy from another process or a file*has no connection*Connect-MMService*"
        (Get-TestServer).RequestCount | Should -Be $before
    }

    It 'is refused with the reason in a job that was given a session' {
        $text = 'param($Manifest, $Session) Import-Module $Manifest; Get-MMSubmission x -Session $Session'
        $job = Start-Job ([scriptblock]::Create($text)) -ArgumentList (Get-StagedManifest), (Get-MMSession)
        { Receive-Job $job -Wait -AutoRemoveJob -ErrorAction Stop } | Should -Throw "*session 'Default' is a copy*"
    }
}
