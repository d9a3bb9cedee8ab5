"""Lists what a package holds, so that two builds can be compared: `python installers/contents.py FOLDER`.

Writes CONTENTS.txt into the folder (SHA-256, bytes, name; sorted) and prints what takes the room.
"""

# ruff: noqa: T201 -- a script speaks by printing

import hashlib
import sys
from collections import Counter
from pathlib import Path


def main(folder: Path) -> None:
    """Write the list and print the ten largest parts."""
    lines = []
    room: Counter[str] = Counter()
    for file in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        name = file.relative_to(folder).as_posix()
        if name == "CONTENTS.txt" or file.is_dir():
            continue
        if file.is_symlink():
            lines.append(f"{'link':<64} {0:>11} {name} -> {file.readlink().as_posix()}")
            continue
        size = file.stat().st_size
        lines.append(f"{hashlib.sha256(file.read_bytes()).hexdigest()} {size:>11} {name}")
        parts = name.split("/")
        room[(parts[1] if parts[0] == "_internal" and len(parts) > 1 else parts[0]).removesuffix(".libs")] += size
    (folder / "CONTENTS.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} files, {sum(room.values()) / 1e6:.0f} MB. The largest parts:")
    for part, size in room.most_common(10):
        print(f"  {size / 1e6:6.1f} MB  {part}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
