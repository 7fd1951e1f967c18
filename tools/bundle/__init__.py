"""The bundle for a closed network: wheels for two architectures, Luoshi's own wheel, checksums, an install script, a bill of materials.

``python -m tools.bundle`` downloads with pip, from whatever registry pip is configured for, exactly what requirements.txt locks by hash.
Nothing in the bundle names a host, and its install script asks none.
"""

import hashlib
import shutil
import tarfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tools.bundle import bill, licences, wheels
from tools.bundle.locked import Locked, locked
from tools.bundle.targets import Target

ROOT = Path(__file__).parent.parent.parent
SHIPPED = Path(__file__).parent / "shipped"
"""What stands beside the wheels as it is: the install script, what to read first, the unit of the service."""
SUMS = "SHA256SUMS"
Say = Callable[[str], None]


def build(out: Path, targets: Sequence[Target], *, say: Say) -> Path:
    """Make the bundle for ``targets`` in ``out``; its folder. Raises ValueError where a wheel is missing or a licence is not allowed."""
    requirements = locked(ROOT / "requirements.txt")
    fresh = out / ".bundle"
    shutil.rmtree(fresh, ignore_errors=True)
    (fresh / "wheels").mkdir(parents=True)
    for target in targets:
        say(f"wheels for {target}")
        wheels.download(requirements, target, fresh / "wheels")
    own = wheels.build_own(ROOT, fresh / "wheels")
    put_together(fresh, own, requirements, targets)
    version = wheels.metadata_of(own)["Version"]
    place = out / f"luoshi-{version}-bundle"
    shutil.rmtree(place, ignore_errors=True)
    return fresh.rename(place)


def put_together(folder: Path, own: Path, requirements: Sequence[Locked], targets: Sequence[Target]) -> None:
    """All that stands beside the wheels in ``folder``. Raises ValueError where a wheel is missing or a licence is not allowed."""
    wheels.check_complete(folder / "wheels", requirements, targets)
    components = bill.components(folder / "wheels", own)
    licences.check(components)
    luoshi = wheels.metadata_of(own)
    lines = [f"luoshi=={luoshi['Version']} --hash=sha256:{digest(own)}", *(one.line for one in requirements)]
    _write(folder / "requirements.txt", "\n".join(lines))
    _write(folder / "targets", "\n".join(f"{one.python} {one.machine}" for one in targets))
    _write(folder / "sbom.cdx.json", bill.document(components, requirements, version=str(luoshi["Version"])))
    _write(folder / "LICENCES.txt", licences.listed(components))
    for file in sorted(SHIPPED.iterdir()):
        shutil.copy(file, folder / file.name)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    _write(folder / SUMS, "\n".join(f"{digest(path)}  {path.relative_to(folder).as_posix()}" for path in files))


def archive(folder: Path) -> Path:
    """One file of ``folder``, the same bytes from the same content; wheels are packed already."""
    moment = wheels.moment_of(ROOT)

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname = moment, 0, 0, "root", "root"
        entry.mode = 0o755 if entry.isdir() or entry.name.endswith(".sh") else 0o644
        return entry

    place = folder.with_name(f"{folder.name}.tar")
    with tarfile.open(place, "w", format=tarfile.PAX_FORMAT) as tar:
        tar.add(folder, folder.name, recursive=False, filter=plain)
        for path in sorted(folder.rglob("*")):
            tar.add(path, f"{folder.name}/{path.relative_to(folder).as_posix()}", recursive=False, filter=plain)
    return place


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write(path: Path, text: str) -> None:
    path.write_text(text.rstrip("\n") + "\n", encoding="utf-8", newline="\n")
