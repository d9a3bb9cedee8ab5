; The installer for Windows, made by installers\windows.ps1. Not run yet: no Windows was at hand.
; It installs for one user, without an administrator, and leaves MIA's data alone when it removes her.

[Setup]
AppId={{6E3B2E0C-51D1-4C57-9B6E-8A5B5C1D4D49}
AppName=MIA
AppVersion={#Version}
AppPublisher=The MIA project
DefaultDirName={localappdata}\Programs\MIA
DefaultGroupName=MIA
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\LICENSE
OutputBaseFilename=mia-{#Version}-windows-x64
SetupIconFile=..\resources\icons\mia.ico
UninstallDisplayIcon={app}\mia-window.exe
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
CloseApplications=yes
#ifdef Sign
SignTool=mia
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[Files]
Source: "{#Source}\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\MIA"; Filename: "{app}\mia-window.exe"; AppUserModelID: "mia_desktop.mia"
Name: "{userdesktop}\MIA"; Filename: "{app}\mia-window.exe"; Tasks: desktopicon

[Run]
Filename: "{app}\mia-window.exe"; Description: "{cm:LaunchProgram,MIA}"; Flags: nowait postinstall skipifsilent

[Registry]
; Written by MIA herself when somebody switches "Start at login" on; taken away with her.
Root: HKCU; Subkey: "Software\Microsoft\Windows\CurrentVersion\Run"; ValueName: "MIA"; Flags: dontcreatekey uninsdeletevalue
