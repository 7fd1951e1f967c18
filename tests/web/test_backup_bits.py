"""A backup to the last bit: what differs is found and named, what is whole is never doubted."""

import hashlib
import json
import random
import struct
import subprocess
import zipfile
from pathlib import Path

import pytest

from luoshi.text import DamagedFile, UsageError
from luoshi.web.keeping.archive import BESIDE, MANIFEST, damaged, read_manifest, told_digest, verify, writing
from tests.proving import share
from tests.web import kit

ROUNDS = share(200)


@pytest.fixture
def whole_file(tmp_path: Path) -> Path:
    """A backup of thirty tables and ten files."""
    rng = random.Random(0)
    file = tmp_path / "kept.zip"
    with writing(file, kit.NOW) as archive:
        for number in range(30):
            archive.add(f"tables/app.Model{number}.jsonl", [b'["id","text"]\n', *(json.dumps([n, "高省长批示"], ensure_ascii=False).encode() + b"\n" for n in range(rng.randrange(200)))])
        for _ in range(10):
            content = rng.randbytes(rng.randrange(20_000))
            archive.add(f"files/{hashlib.sha256(content).hexdigest()}", [content])
        archive.finish({"luoshi": "0", "audit": {"size": 3}})
    return file


@pytest.mark.prove
def test_one_bit(whole_file: Path, tmp_path: Path) -> None:
    """One bit at a random place: found each time, its part named; whole copies are never doubted."""
    whole = whole_file.read_bytes()
    entries = zipfile.ZipFile(whole_file).infolist()
    ranges = [(begin := entry.header_offset + 30 + sum(struct.unpack_from("<HH", whole, entry.header_offset + 26)), begin + entry.file_size, entry.filename) for entry in entries]
    harmed = tmp_path / "harmed.zip"
    for number in range(ROUNDS):
        rng = random.Random(number)
        place = rng.randrange(len(whole))
        content = bytearray(whole)
        content[place] ^= 1 << rng.randrange(8)
        harmed.write_bytes(content)
        with pytest.raises(DamagedFile) as found:
            verify(harmed, told_digest(whole_file))
        there = [name for begin, end, name in ranges if begin <= place < end]
        assert not there or there[0] in found.value.message, (number, place, found.value.message)
        harmed.write_bytes(whole)
        assert verify(harmed, told_digest(whole_file)) == read_manifest(whole_file)


@pytest.mark.prove
def test_cut_short_zeroed_and_grown(whole_file: Path, tmp_path: Path) -> None:
    whole = whole_file.read_bytes()
    harmed = tmp_path / "harmed.zip"
    for number in range(ROUNDS):
        place = random.Random(number).randrange(len(whole) - 4096)
        for content in (whole[:place], whole[:place] + bytes(4096) + whole[place + 4096 :], bytes(len(whole)), whole + b"\0", b""):
            harmed.write_bytes(content)
            with pytest.raises(DamagedFile):
                verify(harmed, told_digest(whole_file))


def test_parts_alone_would_miss_what_the_digest_finds(whole_file: Path, tmp_path: Path) -> None:
    content = bytearray(whole_file.read_bytes())
    content[10] ^= 1  # the time in the first header: no part's content
    harmed = tmp_path / "harmed.zip"
    harmed.write_bytes(content)
    assert [one for one in damaged(harmed) if one.startswith(("tables/", "files/", MANIFEST))] == []
    with pytest.raises(DamagedFile, match="文件头"):
        verify(harmed, told_digest(whole_file))


def test_a_manifest_that_was_changed_with_its_part_is_found_by_the_digest(whole_file: Path, tmp_path: Path) -> None:
    forged = tmp_path / "forged.zip"
    manifest = read_manifest(whole_file)
    with zipfile.ZipFile(whole_file) as packed, zipfile.ZipFile(forged, "w") as other:
        for name in packed.namelist():
            content = packed.read(name)
            if name == "tables/app.Model7.jsonl":
                content = content.replace("高省长".encode(), "周省长".encode())
                next(part for part in manifest["parts"] if part["name"] == name)["sha256"] = hashlib.sha256(content).hexdigest()
            other.writestr(name, json.dumps(manifest, ensure_ascii=False) if name == MANIFEST else content)
    assert len(list(damaged(forged))) == 1  # each part is as its manifest says
    with pytest.raises(DamagedFile):
        verify(forged, told_digest(whole_file))


def test_the_digest_beside(whole_file: Path, tmp_path: Path) -> None:
    beside = whole_file.with_name(whole_file.name + BESIDE)
    assert told_digest(whole_file) == told_digest(whole_file)
    listed = subprocess.run(["sha256sum", "-c", beside.name], cwd=whole_file.parent, capture_output=True, check=False)
    assert listed.returncode == 0
    beside.write_text("none")
    with pytest.raises(DamagedFile):
        told_digest(whole_file)
    beside.unlink()
    with pytest.raises(UsageError, match="--digest"):
        told_digest(whole_file)
