@echo off
rem Builds, tests and shows the module: build.cmd [build|test|demo|bench|pack|reproduce|clean|soak]
setlocal
cd /d "%~dp0"
set DOTNET_NOLOGO=1
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set TASK=%1
if "%TASK%"=="" set TASK=build

where pwsh >nul 2>&1
if not errorlevel 1 (
    pwsh -NoProfile -NonInteractive -File build.ps1 -Task %TASK%
    goto :end
)

dotnet tool restore >nul 2>&1
if not errorlevel 1 (
    dotnet tool run pwsh -- -NoProfile -NonInteractive -File build.ps1 -Task %TASK%
    goto :end
)

rem Every Windows has this one; it can build and stage as well.
powershell -NoProfile -NonInteractive -ExecutionPolicy Bypass -File build.ps1 -Task %TASK%

:end
exit /b %ERRORLEVEL%
