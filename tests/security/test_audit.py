"""The audit: nothing is changed, removed, moved or cut off unseen; nothing of the content is in it."""

from collections.abc import Callable

import pytest

from mia_desktop.core.errors import AuditBrokenError, RowConflictError
from mia_desktop.security.vault import Vault
from tests.security.parts import CANARY


@pytest.fixture
def audited(vault: Vault) -> Vault:
    for number in range(2, 8):
        vault.audit.record(who="user", action="remembered", object_class="episode", count=number)
    return vault


def test_what_was_done_is_shown_in_order(audited: Vault) -> None:
    assert audited.audit.verify() == 7
    assert [one.count for one in audited.audit.entries()] == [1, 2, 3, 4, 5, 6, 7]
    assert [one.number for one in audited.audit.entries(2)] == [6, 7]
    assert audited.audit.entries()[0].who == "user"


def test_it_begins_with_the_making_of_the_vault(vault: Vault) -> None:
    assert vault.audit.verify() == 1
    assert [(one.who, one.action, one.object_class) for one in vault.audit.entries()] == [
        ("user", "vault made", "vault")
    ]


def test_an_entry_stands_or_falls_with_what_it_is_about(audited: Vault) -> None:
    with pytest.raises(ZeroDivisionError), audited.database.write() as cursor:
        audited.audit.add(cursor, who="mia", action="x", object_class=str(1 / 0))
    with audited.database.write() as cursor:
        audited.audit.add(cursor, who="mia", action="forgot", object_class="episode", count=2)
        audited.audit.add(cursor, who="mia", action="forgot", object_class="image", count=1)
    assert audited.audit.verify() == 9


@pytest.mark.parametrize("words", [(CANARY, "a", "b"), ("a", "My dog is Rex", "b"), ("a", "b", ""), ("a", "b\nc", "d")])
def test_only_fixed_words_fit_in(audited: Vault, words: tuple[str, str, str]) -> None:
    who, action, object_class = words
    with pytest.raises(ValueError, match="no content"):
        audited.audit.record(who=who, action=action, object_class=object_class)


@pytest.mark.parametrize("sql", ["UPDATE vault_audit SET who = 'x' WHERE number = 3", "DELETE FROM vault_audit"])
def test_it_only_grows(audited: Vault, sql: str) -> None:
    with pytest.raises(RowConflictError), audited.database.write() as cursor:
        cursor.execute(sql)
    assert audited.audit.verify() == 7


CHANGES = {
    "who": "UPDATE vault_audit SET who = 'mia' WHERE number = 3",
    "when": "UPDATE vault_audit SET at_s = at_s + 1 WHERE number = 1",
    "how many": "UPDATE vault_audit SET count = 99 WHERE number = 7",
    "link": "UPDATE vault_audit SET link = zeroblob(32) WHERE number = 5",
    "first gone": "DELETE FROM vault_audit WHERE number = 1",
    "one gone": "DELETE FROM vault_audit WHERE number = 4",
    "cut": "DELETE FROM vault_audit WHERE number > 5",
    "all gone": "DELETE FROM vault_audit",
    "head gone": "DELETE FROM vault_meta WHERE key = 'audit'",
    "one more": "INSERT INTO vault_audit SELECT 8, at_s, who, action, class, count, link FROM vault_audit LIMIT 1",
    "swapped": "UPDATE vault_audit SET number = CASE number WHEN 2 THEN -3 WHEN 3 THEN -2 ELSE number END",
    "closed": "DELETE FROM vault_audit WHERE number = 3; UPDATE vault_audit SET number = number - 1 WHERE number > 3",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_is_found(audited: Vault, change: str) -> None:
    with audited.database.alone() as writer:
        writer.execute("DROP TRIGGER vault_audit_keep")
        writer.execute("DROP TRIGGER vault_audit_hold")
        for sql in change.split(";"):
            writer.execute(sql)
        writer.execute("UPDATE vault_audit SET number = -number WHERE number < 0")
    with pytest.raises(AuditBrokenError):
        audited.audit.verify()


def test_entries_go_on_over_locking(audited: Vault) -> None:
    audited.lock()
    audited.unlock()
    audited.audit.record(who="mia", action="woke", object_class="vault")
    assert audited.audit.verify() == 8


def test_every_action_on_the_vault_is_in_it(audited: Vault) -> None:
    acts: list[tuple[Callable[[], object], str]] = [
        (audited.new_recovery, "recovery kit made"),
        (lambda: audited.set_passphrase("nine purple owls"), "passphrase set"),
        (lambda: audited.set_passphrase(None), "passphrase removed"),
    ]
    for act, name in acts:
        act()
        assert audited.audit.entries(1)[0].action == name
        assert audited.audit.entries(1)[0].object_class == "vault"
