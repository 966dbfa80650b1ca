#!/usr/bin/env bash
# Builds, tests and shows the module: ./build.sh [build|test|demo|bench|pack|reproduce|clean|soak|latency|lint|mutate|windows] [parameters of build.ps1]
# Finds PowerShell 7.4 or later, on PATH or restored by the .NET SDK, and hands over to build.ps1.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 POWERSHELL_TELEMETRY_OPTOUT=1
[ -t 1 ] || export NO_COLOR=1 TERM=dumb

task=${1:-build}
arguments=(-NoProfile -NonInteractive -File build.ps1 -Task "$task" "${@:2}")

oldest=${MEDIAMAGIC_POWERSHELL:-7.4}
if command -v pwsh > /dev/null && pwsh -NoProfile -NonInteractive -Command "exit [int] (\$PSVersionTable.PSVersion -lt '$oldest')" < /dev/null; then
    exec pwsh "${arguments[@]}"
fi

echo '== Restoring PowerShell, as pinned in .config/dotnet-tools.json'
if dotnet tool restore; then
    exec dotnet tool run pwsh -- "${arguments[@]}"
fi

echo 'PowerShell could not be restored, so only the C# parts run. Install PowerShell 7.4 or later: https://aka.ms/powershell' >&2
case "$task" in
    build) dotnet build MediaMagic.PowerShell.sln -c Release ;;
    demo) dotnet run --project samples/QuickStart -c Release ;;
    test)
        dotnet test MediaMagic.PowerShell.sln -c Release
        echo 'The Pester suites did not run.' >&2
        [ -z "${CI:-}" ]
        ;;
    *) exit 1 ;;
esac
