"""The laws of messages: frozen, slotted, keyword-only, every field documented, no bags of anything."""

import dataclasses
import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest

import mia_desktop

MESSAGE_MODULES = ("frames", "items", "events", "commands", "snapshots")


def _dataclasses(modules: list[str]) -> Iterator[type]:
    for name in modules:
        module = importlib.import_module(name)
        for _, cls in inspect.getmembers(module, inspect.isclass):
            if dataclasses.is_dataclass(cls) and cls.__module__ == name:
                yield cls


ALL = list(
    _dataclasses(
        [m.name for m in pkgutil.walk_packages(mia_desktop.__path__, "mia_desktop.") if "__main__" not in m.name]
    )
)
MESSAGES = list(_dataclasses([f"mia_desktop.core.{name}" for name in MESSAGE_MODULES]))


@pytest.mark.parametrize("cls", MESSAGES, ids=lambda cls: cls.__name__)
def test_a_message_is_frozen_slotted_and_keyword_only(cls: type) -> None:
    assert cls.__dataclass_params__.frozen
    assert "__slots__" in vars(cls)
    assert all(field.kw_only for field in dataclasses.fields(cls))


@pytest.mark.parametrize("cls", MESSAGES, ids=lambda cls: cls.__name__)
def test_every_field_of_a_message_is_documented_with_its_unit(cls: type) -> None:
    lines = {line.split(":", 1)[0].strip(): line for line in (cls.__doc__ or "").splitlines() if ":" in line}
    for field in dataclasses.fields(cls):
        assert field.name in lines, f"{cls.__name__}.{field.name}"
        if field.name.endswith("_s") and not field.name.startswith("at"):
            assert "second" in lines[field.name] or "when" in lines[field.name], field.name


@pytest.mark.parametrize("cls", ALL, ids=lambda cls: f"{cls.__module__}.{cls.__name__}")
def test_no_dataclass_is_a_bag_of_anything(cls: type) -> None:
    for field in dataclasses.fields(cls):
        assert "dict[str, Any]" not in str(field.type), field.name


def test_there_are_messages_to_look_at() -> None:
    assert len(MESSAGES) > 20
