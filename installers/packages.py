"""What of the environment belongs into a package: the dependencies in pyproject.toml without the extras."""

import importlib.machinery
import importlib.util
import tomllib
from importlib import metadata
from pathlib import Path
from types import ModuleType

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
# In the list of dependencies, but only for what developers do.
LEFT_OUT = frozenset({"matplotlib"})
# Not in the list, but needed: pip fetches the models that packages carry.
ADDED = frozenset({"pip"})


def _licences() -> ModuleType:
    """Return ``scripts/licences``, which knows how to walk from a requirement to all that it brings along."""
    place = str(ROOT / "scripts" / "licences")
    loader = importlib.machinery.SourceFileLoader("licences", place)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("licences", loader))  # type: ignore[arg-type]
    loader.exec_module(module)
    return module


def shipped_packages() -> dict[str, metadata.Distribution]:
    """Return the installed packages that go into the bundle, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    roots = [Requirement(text) for text in project["dependencies"]]
    wanted = [root for root in roots if canonicalize_name(root.name) not in LEFT_OUT]
    found: dict[str, metadata.Distribution] = _licences().closure([*wanted, *map(Requirement, sorted(ADDED))])
    return found


def foreign_modules() -> list[str]:
    """Return the names of installed modules that must stay out, whoever imports them."""
    ours = {canonicalize_name(package.name) for package in shipped_packages().values()} | {"mia-desktop"}
    return sorted(
        module
        for module, owners in metadata.packages_distributions().items()
        if not any(canonicalize_name(owner) in ours for owner in owners)
    )


def licence_of(package: metadata.Distribution) -> str:
    """Return the licence of a package as an SPDX expression."""
    return str(_licences().licence(package))
