import plistlib
import shutil
import subprocess

import pytest

from mia_desktop.core.errors import RefusedError
from mia_desktop.gui.autostart import Autostart, command, desktop_entry, launch_agent, run_value

ODD = ["/opt/My Programs/mia 100%", "--name", 'a"b`c$d\\e']


@pytest.mark.parametrize("system", ["linux", "darwin"])
def test_it_is_switched_on_and_off(tmp_path, system):
    autostart = Autostart(system, tmp_path / "entries")
    assert not autostart.is_on()
    autostart.switch(True)
    autostart.switch(True)
    assert autostart.is_on()
    assert len(list((tmp_path / "entries").iterdir())) == 1
    autostart.switch(False)
    autostart.switch(False)
    assert not autostart.is_on()


def test_the_entry_of_linux_runs_the_same_words(tmp_path):
    text = desktop_entry(ODD)
    line = next(line for line in text.splitlines() if line.startswith("Exec=")).removeprefix("Exec=")
    unescaped = line.replace("\\\\", "\\").replace("%%", "%")  # the rest is quoted as a shell reads it
    read = subprocess.run(["sh", "-c", f"printf '%s\\n' {unescaped}"], capture_output=True, text=True, check=True)
    assert read.stdout.splitlines() == ODD
    if shutil.which("desktop-file-validate"):
        file = tmp_path / "mia.desktop"
        file.write_text(text)
        done = subprocess.run(["desktop-file-validate", str(file)], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (0, "")


def test_the_agent_of_macos_runs_the_same_words():
    agent = plistlib.loads(launch_agent(ODD).encode())
    assert agent["ProgramArguments"] == ODD
    assert agent["RunAtLoad"] is True


def test_the_line_of_windows_quotes_what_has_blanks():
    assert run_value([r"C:\Program Files\MIA\mia.exe", "--in-tray"]) == r'"C:\Program Files\MIA\mia.exe" --in-tray'


def test_it_starts_in_the_tray():
    assert command()[-1] == "--in-tray"


def test_a_system_that_refuses_is_told_in_one_sentence(tmp_path):
    (tmp_path / "entries").write_text("a file where the folder should be")
    with pytest.raises(RefusedError, match="own settings"):
        Autostart("linux", tmp_path / "entries").switch(True)
