#!/usr/bin/env bash
# Builds, tests and shows the module: ./build.sh [build|test|demo|bench|pack|reproduce|clean|soak]
# PowerShell does it where there is one (build.ps1); where there is none, the .NET SDK does what it can.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 POWERSHELL_TELEMETRY_OPTOUT=1
[ -t 1 ] || export NO_COLOR=1 TERM=dumb

solution=MediaMagic.PowerShell.sln
configuration=Release

find_pwsh() {
    if command -v pwsh > /dev/null; then
        pwsh=(pwsh)
    elif timeout 120 dotnet tool restore > /dev/null 2>&1 && dotnet tool run pwsh -- --version > /dev/null 2>&1; then
        pwsh=(dotnet tool run pwsh --)
    else
        return 1
    fi
}

without() {
    echo "PowerShell was not found: $1"
}

# The number of a counter, such as passed, in a result file.
counter() {
    grep -o '<Counters [^>]*' "$2" | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*'
}

test_with_dotnet() {
    local results=artifacts/test-results passed=0 failed=0 total=0 status=0 project name
    dotnet build "$solution" -c "$configuration" -v:q
    rm -rf "$results"
    for project in tests/*.Tests*/*.csproj; do
        name=$(basename "$project" .csproj)
        dotnet test "$project" -c "$configuration" --no-build -v:q --results-directory "$results" --logger "trx;LogFileName=$name.trx" || status=1
        if [ ! -f "$results/$name.trx" ]; then
            echo "$name ended without a result."
            failed=$((failed + 1))
            continue
        fi
        passed=$((passed + $(counter passed "$results/$name.trx")))
        failed=$((failed + $(counter failed "$results/$name.trx") + $(counter error "$results/$name.trx") + $(counter timeout "$results/$name.trx")))
        total=$((total + $(counter total "$results/$name.trx")))
    done
    # Last, where a long log is read first.
    grep -ho '<UnitTestResult [^>]*outcome="Failed"' "$results"/*.trx | grep -o 'testName="[^"]*"' | sed 's/^/FAILED /' || true
    without 'the Pester suites did not run.'
    local skipped=$((total - passed - failed))
    echo "$passed passed, $failed failed, $((skipped > 0 ? skipped : 0)) skipped"
    [ "$status" -eq 0 ] && [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

task=${1:-build}
case "$task" in
    build | test | demo | bench | pack | reproduce | clean | soak) ;;
    *)
        echo "usage: ./build.sh [build|test|demo|bench|pack|reproduce|clean|soak]" >&2
        exit 2
        ;;
esac

if find_pwsh; then
    exec "${pwsh[@]}" -NoProfile -NonInteractive -File build.ps1 -Task "$task"
fi

case "$task" in
    build)
        dotnet build "$solution" -c "$configuration"
        without 'the module was built, and not staged.'
        ;;
    test) test_with_dotnet ;;
    demo)
        without 'this is the same flow from C#.'
        dotnet run --project samples/QuickStart -c "$configuration"
        ;;
    clean) rm -rf artifacts output ;;
    *)
        without "'$task' needs it. Install PowerShell 7.4 or later: https://aka.ms/powershell" >&2
        exit 1
        ;;
esac
