"""Writes the licences of all that a package holds into one file: `python installers/notices.py FILE`."""

# ruff: noqa: T201 -- a script speaks by printing

import sys
from importlib import metadata
from pathlib import Path

from packages import ROOT, licence_of, shipped_packages

_NAMES = ("LICENSE", "LICENCE", "COPYING", "NOTICE", "AUTHORS")
_HEAD = """MIA is free software: GPL-3.0-or-later, see LICENSE beside this file. Its source is at the address from which
you have this package. The models that it fetches have licences of their own, named in models/catalog.toml.

It holds the following works of others. Qt (LGPL-3.0-only) and PySide6 are shared libraries that you may replace by your
own builds of the same version; they lie in the folder PySide6.
"""


def _texts(package: metadata.Distribution) -> list[str]:
    """Return what the package's own licence files say, each once."""
    texts: dict[str, None] = {}
    for file in package.files or ():
        if file.name.upper().startswith(_NAMES) and file.suffix.lower() in ("", ".txt", ".md", ".rst"):
            place = Path(str(package.locate_file(file)))
            if place.is_file():
                texts[place.read_text("utf-8", errors="replace").strip()] = None
    return list(texts)


def main(target: Path) -> None:
    """Write the file."""
    packages = sorted(shipped_packages().items())
    pieces = [_HEAD, *(f"  {name} {package.version}: {licence_of(package)}" for name, package in packages)]
    for name, package in packages:
        texts = _texts(package)
        if texts:
            pieces += [f"\n{'=' * 100}\n{name} {package.version}\n{'=' * 100}\n", *texts]
    python = Path(sys.base_prefix) / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "LICENSE.txt"
    if python.is_file():
        pieces += [f"\n{'=' * 100}\nPython {sys.version.split()[0]}\n{'=' * 100}\n", python.read_text("utf-8")]
    target.write_text("\n".join(pieces) + "\n", encoding="utf-8")
    without = [name for name, package in packages if not _texts(package)]
    print(f"Licences of {len(packages)} packages; without a text of their own: {', '.join(without) or 'none'}.")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "installers"))
    main(Path(sys.argv[1]))
