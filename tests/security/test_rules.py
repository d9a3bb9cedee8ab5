"""Consents and retention classes, in a real vault."""

from datetime import UTC, datetime, timedelta

import pytest

from mia_desktop.core.errors import UsageError
from mia_desktop.security.consent import USES, Consents
from mia_desktop.security.retention import CLASSES, Retention
from mia_desktop.security.vault import Vault

AT = datetime(2026, 3, 20, 12, tzinfo=UTC)


def test_cameras_and_screens_ask_and_nothing_is_kept_of_them_until_that_is_allowed(vault: Vault) -> None:
    consents = Consents(vault.database, vault.audit, vault.wall_s)
    assert consents.answer("camera.look") == consents.answer("screen.look") == "asks"
    assert consents.answer("remote.send") == "refused"
    assert [source for source in ("voice", "typed", "image", "screen", "mia") if consents.keeps(source)] == [  # type: ignore[arg-type]
        "voice",
        "typed",
        "image",
        "mia",
    ]
    consents.set("screen.keep", "allowed")
    assert consents.keeps("screen")


def test_an_answer_outlives_the_program_and_stands_in_the_audit(vault: Vault) -> None:
    Consents(vault.database, vault.audit, vault.wall_s).set("microphone.keep", "refused")
    vault.lock()
    vault.unlock()
    again = Consents(vault.database, vault.audit, vault.wall_s)
    assert again.answer("microphone.keep") == "refused"
    assert not again.keeps("voice")
    again.used_once("camera.look")
    noted = [(one.action, one.object_class) for one in vault.audit.entries(2)]
    assert noted == [("consent refused", "microphone.keep"), ("consent once", "camera.look")]
    vault.audit.verify()
    assert {one.use for one in again.all()} == set(USES)


def test_time_runs_from_when_it_happened(vault: Vault) -> None:
    retention = Retention(vault.database, vault.audit)
    assert retention.expires_at("voice", AT) is None
    assert retention.expires_at("screen", AT) == AT + timedelta(days=30)
    assert retention.choose("voice", "a week") == timedelta(days=7)
    assert retention.expires_at("voice", AT) == AT + timedelta(days=7)
    assert set(retention.all().values()) <= set(CLASSES)


def test_what_there_is_not_is_told_in_a_sentence(vault: Vault) -> None:
    with pytest.raises(UsageError, match="There is no use"):
        Consents(vault.database, vault.audit, vault.wall_s).answer("nose.smell")
    retention = Retention(vault.database, vault.audit)
    with pytest.raises(UsageError, match="There is no source"):
        retention.choose("dream", "a week")
    with pytest.raises(UsageError, match="There is no class"):
        retention.choose("voice", "a minute")
