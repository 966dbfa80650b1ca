@echo off
rem Builds, tests and shows the module: build.cmd [build|test|demo|bench|pack|reproduce|clean|soak|latency|lint|mutate|windows] [parameters of build.ps1]
rem Finds PowerShell 7.4 or later, on PATH or restored by the .NET SDK, and hands over to build.ps1.
setlocal
cd /d "%~dp0"
set DOTNET_NOLOGO=1
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set POWERSHELL_TELEMETRY_OPTOUT=1
set TASK=%1
if "%TASK%"=="" set TASK=build
set "REST="
for /f "tokens=1,*" %%a in ("%*") do set REST=%%b

where pwsh >nul 2>&1 && pwsh -NoProfile -NonInteractive -Command "exit [int] ($PSVersionTable.PSVersion -lt '7.4')" && (
    pwsh -NoProfile -NonInteractive -File build.ps1 -Task %TASK% %REST%
    goto :end
)

echo == Restoring PowerShell, as pinned in .config/dotnet-tools.json
dotnet tool restore && (
    dotnet tool run pwsh -- -NoProfile -NonInteractive -File build.ps1 -Task %TASK% %REST%
    goto :end
)

echo PowerShell could not be restored, so only the C# parts run. Install PowerShell 7.4 or later: https://aka.ms/powershell 1>&2
if "%TASK%"=="build" dotnet build MediaMagic.PowerShell.sln -c Release & goto :end
if "%TASK%"=="demo" dotnet run --project samples/QuickStart -c Release & goto :end
if "%TASK%"=="test" goto :test
exit /b 1

:test
dotnet test MediaMagic.PowerShell.sln -c Release || exit /b 1
echo The Pester suites did not run. 1>&2
if defined CI exit /b 1
exit /b 0

:end
exit /b %ERRORLEVEL%
