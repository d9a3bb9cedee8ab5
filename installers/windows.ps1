# Builds MIA for Windows into dist\: an installer for one user. Not run yet: no Windows was at hand.
#
# The environment of README.md, "Windows", comes first: it brings the tools, pinned in requirements.lock. Inno Setup 6.4 or
# newer makes the installer. MIA_SIGN is the command that signs a file, with $f for its name.
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..")

$python = ".venv\Scripts\python.exe"
$env:PYTHONPATH = (Get-Location).Path
$env:PYTHONHASHSEED = "0"
$env:SOURCE_DATE_EPOCH = (git log -1 --format=%ct)
$version = (Select-String -Path mia_desktop\__init__.py -Pattern '^__version__ = "(.*)"').Matches[0].Groups[1].Value
$work = "build\windows"

function Invoke-Step {
    & $args[0] $args[1..($args.Length - 1)]
    if ($LASTEXITCODE -ne 0) { throw "$($args[0]) ended with $LASTEXITCODE." }
}

if (Test-Path $work) { Remove-Item -Recurse -Force $work }
Invoke-Step $python -m PyInstaller --noconfirm --log-level ERROR --distpath "$work\dist" --workpath "$work\work" installers\mia.spec
Copy-Item LICENSE "$work\dist\mia\LICENSE.txt"
Invoke-Step $python installers\notices.py "$work\dist\mia\LICENCES-OF-OTHERS.txt"
Invoke-Step $python installers\contents.py "$work\dist\mia"

$compiler = "${env:ProgramFiles(x86)}\Inno Setup 6\ISCC.exe"
if (-not (Test-Path $compiler)) { throw "Install Inno Setup 6 (winget install JRSoftware.InnoSetup), then try again." }
$words = @("/DVersion=$version", "/DSource=..\$work\dist\mia", "/O..\dist", "installers\mia.iss")
if ($env:MIA_SIGN) { $words = @("/DSign", "/Smia=$($env:MIA_SIGN)") + $words }
Invoke-Step $compiler @words
Get-ChildItem "dist\mia-$version-windows-*.exe"
