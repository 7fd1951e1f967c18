"""The bill of materials: what is in the bundle, in CycloneDX 1.6 as JSON. The same bundle gives the same bytes."""

import hashlib
import json
import uuid
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.bundle.licences import licence_of
from tools.bundle.locked import Locked
from tools.bundle.wheels import metadata_of


class Component(NamedTuple):
    """One version of one package, with its wheels: file name and SHA-256."""

    name: str
    version: str
    licence: str
    summary: str
    needs: tuple[str, ...]
    files: tuple[tuple[str, str], ...]

    @property
    def purl(self) -> str:
        """Its package URL, which is how it is referred to."""
        return f"pkg:pypi/{self.name}@{self.version}"


def components(folder: Path, own: Path) -> list[Component]:
    """Every package whose wheels are in ``folder``, by name; Luoshi's ``own`` stands first."""
    by_package: dict[tuple[str, str], list[Path]] = defaultdict(list)
    for path in sorted(folder.glob("*.whl")):
        name, version = path.name.split("-")[:2]
        by_package[canonicalize_name(name), version].append(path)
    made = [_component(name, version, paths) for (name, version), paths in sorted(by_package.items())]
    return sorted(made, key=lambda one: one.files[0][0] != own.name)


def _component(name: str, version: str, paths: list[Path]) -> Component:
    told = metadata_of(paths[0])
    needs = sorted({canonicalize_name(Requirement(str(one)).name) for one in told.get_all("Requires-Dist", [])})
    files = tuple((path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in paths)
    licence = "Apache-2.0" if name == "luoshi" else licence_of(told)
    return Component(name, version, licence, str(told.get("Summary") or ""), tuple(needs), files)


def document(made: Sequence[Component], requirements: Sequence[Locked], *, version: str) -> str:
    """The bill as text. ``requirements`` say which of what a package may need is installed."""
    own, *others = made
    locked = {one.name for one in requirements}
    refs: dict[str, list[str]] = defaultdict(list)
    for one in made:
        refs[one.name].append(one.purl)
    told = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([one.files for one in made]))}",
        "version": 1,
        "metadata": {"component": {**_told(own), "type": "application", "version": version}},
        "components": [_told(one) for one in others],
        "dependencies": [
            {"ref": one.purl, "dependsOn": sorted(ref for name in one.needs if name in locked for ref in refs[name])} for one in made
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _told(one: Component) -> dict[str, Any]:
    files = [
        {"type": "distribution", "url": f"wheels/{name}", "hashes": [{"alg": "SHA-256", "content": sha256}]} for name, sha256 in one.files
    ]
    told = {
        "type": "library",
        "bom-ref": one.purl,
        "name": one.name,
        "version": one.version,
        "description": one.summary,
        "licenses": [{"expression": one.licence}],
        "purl": one.purl,
        "externalReferences": files,
    }
    if len(one.files) == 1:
        told["hashes"] = files[0]["hashes"]
    return told
