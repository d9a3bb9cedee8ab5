import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from mia_desktop.core.errors import KeyringError
from mia_desktop.core.paths import Paths
from mia_desktop.gui.household import Household
from mia_desktop.gui.vault_making import VaultMaking
from mia_desktop.security import recovery
from mia_desktop.security.vault import Vault
from tests.security.parts import PASSPHRASE, MemoryKeyring


@pytest.fixture
def household(home):
    household = Household(Paths(home=home, models=home / "models"))
    yield household
    household.close()


@pytest.fixture
def keyring():
    return MemoryKeyring()


def shown(qtbot, household, find):
    widget = VaultMaking(household, find=find)
    qtbot.addWidget(widget)
    widget.show()
    return widget


def code_of(kit):
    return recovery.from_page(kit)


def test_the_keyring_is_the_first_choice_and_makes_a_vault_without_typing(qtbot, household, keyring):
    widget = shown(qtbot, household, lambda: keyring)
    qtbot.waitUntil(widget.by_itself.isChecked)
    assert not widget.passphrase.isVisible()
    with qtbot.waitSignal(widget.made):
        widget.make.click()
    assert household.vault.unlocked
    assert household.vault.status().keyring
    assert not household.vault.status().passphrase
    assert "MIA recovery kit" in widget.kit


def test_a_passphrase_must_be_long_enough_and_typed_twice(qtbot, household, keyring):
    widget = shown(qtbot, household, lambda: keyring)
    qtbot.waitUntil(widget.by_itself.isEnabled)
    widget.by_passphrase.setChecked(True)
    assert not widget.make.isEnabled()
    widget.passphrase.setText("short")
    widget.again.setText("short")
    assert not widget.make.isEnabled()
    assert "8" in widget.hint.text()
    widget.passphrase.setText(PASSPHRASE)
    assert not widget.make.isEnabled()
    widget.again.setText(PASSPHRASE)
    assert widget.make.isEnabled()
    assert widget.passphrase.echoMode() == QLineEdit.EchoMode.Password
    widget.shown.click()
    assert widget.passphrase.echoMode() == QLineEdit.EchoMode.Normal


def test_without_a_keyring_a_passphrase_alone_opens_it(qtbot, household):
    widget = shown(qtbot, household, lambda: None)
    qtbot.waitUntil(lambda: "no keyring" in widget._keyring_words.text())
    assert not widget.by_itself.isEnabled()
    widget.passphrase.setText(PASSPHRASE)
    widget.again.setText(PASSPHRASE)
    with qtbot.waitSignal(widget.made):
        widget.make.click()
    assert widget.passphrase.text() == ""
    household.vault.lock()
    again = Vault(household.paths.vault, None)
    again.unlock(PASSPHRASE)
    again.lock()


def test_the_kit_opens_the_vault_and_is_gone_when_it_was_put_away(qtbot, household, keyring, tmp_path):
    widget = shown(qtbot, household, lambda: keyring)
    qtbot.waitUntil(widget.by_itself.isChecked)
    with qtbot.waitSignal(widget.made):
        widget.make.click()
    widget.copy.click()
    kit = widget.kit
    assert QGuiApplication.clipboard().text() == kit
    text, page = tmp_path / "kit.txt", tmp_path / "kit.pdf"
    widget.save_to(text)
    widget.print_to(page)
    assert text.read_text() == kit
    assert page.read_bytes().startswith(b"%PDF")
    assert {text.stat().st_mode & 0o777, page.stat().st_mode & 0o777} == {0o600}
    assert not widget.done.isEnabled()
    widget.kept.click()
    with qtbot.waitSignal(widget.finished):
        widget.done.click()
    assert widget.kit == ""
    assert widget._code.text() == ""
    household.vault.lock()
    other = Vault(household.paths.vault, MemoryKeyring())
    other.recover(code_of(kit))
    other.lock()


def test_a_kit_that_cannot_be_written_is_told(qtbot, household, keyring, tmp_path):
    widget = shown(qtbot, household, lambda: keyring)
    qtbot.waitUntil(widget.by_itself.isChecked)
    with qtbot.waitSignal(widget.made):
        widget.make.click()
    widget.save_to(tmp_path / "nowhere" / "kit.txt")
    assert "another folder" in widget.trouble.text()
    assert widget.trouble.isVisible()


def test_a_keyring_that_does_not_answer_is_told_and_a_passphrase_goes(qtbot, household):
    def find():
        raise KeyringError("The system's keyring did not answer.")

    widget = shown(qtbot, household, find)
    qtbot.waitUntil(lambda: "did not answer" in widget._keyring_words.text())
    assert widget.by_passphrase.isChecked()


def test_a_vault_that_is_there_is_never_overwritten(qtbot, household, keyring):
    household.paths.vault.mkdir(parents=True)
    (household.paths.vault / "something").write_text("mine")
    widget = shown(qtbot, household, lambda: keyring)
    qtbot.waitUntil(widget.by_itself.isChecked)
    widget.make.click()
    qtbot.waitUntil(widget.trouble.isVisible)
    assert "already" in widget.trouble.text()
    assert widget.make.isEnabled()
    assert (household.paths.vault / "something").read_text() == "mine"
