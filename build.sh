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

# Runs an xunit project, or what a filter leaves of it, into a result file.
run_tests() {
    dotnet test "$1" -c "$configuration" --no-build -v:q --results-directory artifacts/test-results --logger "trx;LogFileName=$2.trx" "${@:3}"
}

# How many tests of a result file failed.
failures() {
    echo $(($(counter failed "$1") + $(counter error "$1") + $(counter timeout "$1")))
}

# The names of the tests of a result file that failed, each with its arguments.
failed_tests() {
    grep -o '<UnitTestResult [^>]*outcome="Failed"' "$1" | grep -o 'testName="[^"]*"' | sed 's/^testName="//; s/"$//' || true
}

test_with_dotnet() {
    local results=artifacts/test-results passed=0 failed=0 total=0 project name file methods bad status
    dotnet build "$solution" -c "$configuration" -v:q -warnaserror
    rm -rf "$results"
    for project in tests/*.Tests*/*.csproj; do
        name=$(basename "$project" .csproj)
        file="$results/$name.trx"
        status=0
        run_tests "$project" "$name" || status=1
        if [ ! -f "$file" ]; then
            echo "$name ended without a result."
            failed=$((failed + 1))
            continue
        fi
        bad=$(failures "$file")
        [ "$status" -eq 0 ] || [ "$bad" -gt 0 ] || failed=$((failed + 1))
        passed=$((passed + $(counter passed "$file")))
        total=$((total + $(counter total "$file")))
        # The few that fail are run once more, alone: many compare times, and machines that are made for one run stand still at times.
        methods=$(failed_tests "$file" | sed 's/(.*//' | sort -u)
        if [ "$bad" -gt 0 ] && [ "$(wc -l <<< "$methods")" -le 12 ]; then
            failed_tests "$file" | sed 's/^/RUN AGAIN /'
            file="$results/$name-again.trx"
            run_tests "$project" "$name-again" --filter "$(sed 's/^/FullyQualifiedName=/' <<< "$methods" | paste -sd '|')" || true
            if [ -f "$file" ]; then
                passed=$((passed + bad - $(failures "$file")))
                bad=$(failures "$file")
            fi
        fi
        failed=$((failed + bad))
        failed_tests "$file" | sed 's/^/FAILED /'
    done
    without 'the Pester suites did not run.'
    local skipped=$((total - passed - failed))
    echo "$passed passed, $failed failed, $((skipped > 0 ? skipped : 0)) skipped"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
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
