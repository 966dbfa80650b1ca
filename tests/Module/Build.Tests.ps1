BeforeAll {
    $repository = (Resolve-Path "$PSScriptRoot/../..").Path
    Import-Module "$repository/tools/ChildPowerShell.psm1"
}

Describe 'Start-ChildPowerShell' {
    It 'starts this PowerShell with the arguments, the environment and the folder it is given' {
        $text = '$PSVersionTable.PSVersion.ToString(); $PSHOME; $env:MEDIAMAGIC_CHILD; "HOME=$env:HOME"; $PWD.Path; [Console]::Error.Write("an error"); exit 3'
        $child = Invoke-ChildPowerShell '-Command', $text -Environment @{ MEDIAMAGIC_CHILD = 'a "value" with $signs'; HOME = $null } -WorkingDirectory $repository
        $child.ExitCode | Should -Be 3
        $child.Errors | Should -Be 'an error'
        $child.Output.TrimEnd() -split '\r?\n' | Should -Be @("$($PSVersionTable.PSVersion)", $PSHOME, 'a "value" with $signs', 'HOME=', $repository)
    }

    It 'is the one way to start a PowerShell' {
        $others = & git -C $repository grep -lE 'Get-Process -Id \$PID|Environment\]::ProcessPath|dotnet.*pwsh\.dll' -- '*.ps1' '*.psm1' ':!tools/ChildPowerShell.psm1' ':!tests/Module/Build.Tests.ps1'
        # 1 says that nothing was found; without git it would be another code.
        $LASTEXITCODE | Should -Be 1
        $others | Should -BeNullOrEmpty
    }
}

Describe 'The build' {
    It 'finds the packages in <Root>' -ForEach @(@{ Root = '/packages' }, @{ Root = '/packages/' }) {
        & dotnet msbuild "$repository/tools/Staging/Staging.csproj" -nologo -p:TargetFramework=net10.0 "-p:NuGetPackageRoot=$Root" -getProperty:CompilerPath |
            Should -BeLike '/packages/microsoft.netcore.app.crossgen2.*'
    }

    It 'runs no test a second time' {
        $runners = @(& git -C $repository ls-files 'build*' '.ci' 'tools' 'tests/Module')
        $runners.Count | Should -BeGreaterThan 40
        ($runners | Where-Object { $_ -notlike '*/Build.Tests.ps1' } | ForEach-Object { Get-Content -LiteralPath "$repository/$_" -Raw }) | Should -Not -Match '(?i)run again|run once more|mostAgain|foreach \(\$try'
    }
}

Describe 'The smoke test' {
    It 'passes on this build' {
        $child = Invoke-ChildPowerShell '-File', "$repository/tests/Smoke/Test-Module.ps1"
        $child.Output + $child.Errors | Should -Not -Match 'expected'
        $child.ExitCode | Should -Be 0
        @($child.Output -split '\r?\n' -match '^ok ').Count | Should -Be 7
    }
}
