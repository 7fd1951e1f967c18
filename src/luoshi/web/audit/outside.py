"""Verify audit records of Luoshi without Luoshi: one file, Python 3.10 or later, nothing but its standard library.

    python3 verify_audit.py records.jsonl [checkpoint ...]     the canonical export against checkpoints that were kept outside
    python3 verify_audit.py proof.json checkpoint [...]        a proof that one record is under a checkpoint, or that one checkpoint continues another

A checkpoint is a few lines (luoshi-checkpoint/1, origin, size, hash, root, at), or a file in which an empty line and the hash of every leaf follow them.
Ends with 0 where everything agrees, 1 where something was changed, 2 where a file cannot be read. How records are encoded and hashed: canonical encoding v1
is JSON with sorted keys, no blanks, UTF-8, a record a line; the tree is that of RFC 6962, leaf = H(0x00 + line), node = H(0x01 + left + right).
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

FORM, INCLUSION, CONSISTENCY = "luoshi-checkpoint/1", "luoshi-inclusion/1", "luoshi-consistency/1"
TEXTS = {"act", "actor", "after", "at", "before", "context", "previous", "reason", "subject", "unit"}
NUMBERS = {"actor_id", "seq", "unit_id", "v"}
Checkpoint = tuple[int, str, bytes, bytes]  # size, hash, root, hashes of the leaves (empty for the lines alone)


def digest(name: str, data: bytes) -> bytes:
    """The hash of some bytes; hashlib raises ValueError where it is not known here."""
    return hashlib.new(name, data).digest()


def tree(name: str, leaves: list[bytes], low: int, high: int) -> bytes:
    """The root over leaves from ``low`` to ``high``: MTH of RFC 6962, as it is defined."""
    count = high - low
    if count < 2:
        return leaves[low] if count else digest(name, b"")
    half = 1 << ((count - 1).bit_length() - 1)
    return digest(name, b"\x01" + tree(name, leaves, low, low + half) + tree(name, leaves, low + half, high))


def checkpoint(content: bytes) -> Checkpoint:
    """A checkpoint from its lines or its file. Raises ValueError for anything else."""
    head, _gap, leaves = content.partition(b"\n\n")
    lines = head.decode("utf-8-sig").strip().splitlines()
    if not lines or lines[0].strip() != FORM:
        raise ValueError(f"not a checkpoint: its first line must be {FORM}")
    told: dict[str, str] = {}
    for one in lines[1:]:
        word, _blank, rest = one.strip().partition(" ")
        if word in ("origin", "size", "hash", "root", "at"):
            told[word] = rest
        else:
            told["root"] = told.get("root", "") + one
    size, root = int(told["size"]), bytes.fromhex(told["root"])
    leaves = leaves if len(leaves) >= 32 else b""
    if leaves and len(leaves) != 32 * size:
        raise ValueError(f"the checkpoint file is cut: {len(leaves) // 32} hashes of {size}")
    return size, told["hash"], root, leaves


def record(line: bytes) -> dict[str, Any]:
    """One line of the export. Raises ValueError where it is not in canonical encoding v1."""
    found = json.loads(line)
    again = json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    if not isinstance(found, dict) or set(found) != TEXTS | NUMBERS or again != line or found["v"] != 1:
        raise ValueError("not in canonical encoding v1")
    if not all(type(found[name]) is str for name in TEXTS) or not all(type(found[name]) in (int, type(None)) for name in NUMBERS):
        raise ValueError("a value is not of its kind")
    return found


def told_head(one: dict[str, Any]) -> tuple[int, str, str] | None:
    """Size, hash and root that the record of a checkpoint tells; None where it tells of anything but the records before it."""
    try:
        told = json.loads(one["after"])
        return (told["size"], told["hash"], told["root"]) if told["size"] == one["seq"] - 1 else None
    except (KeyError, TypeError, ValueError):
        return None


def look_through(lines: list[bytes], given: list[Checkpoint]) -> list[tuple[int, str]]:
    """Number and sentence of everything that is wrong with the records, the first one first."""
    faults: list[tuple[int, str]] = []
    heads: list[tuple[int, str, str]] = []
    last_of: dict[str, str] = {}
    last = 0
    for line in lines:
        try:
            one = record(line)
        except ValueError as error:
            last += 1
            faults.append((last, f"record {last}: {error}"))
            continue
        seq = one["seq"]
        if seq != last + 1:
            faults.append((last + 1, f"record {last + 1} is missing: {seq} comes next"))
        if one["previous"] != last_of.get(one["subject"], ""):
            faults.append((seq, f"record {seq} does not follow the one before it of {one['subject']}: one of the two was changed"))
        last_of[one["subject"]] = hashlib.sha256(line).hexdigest()
        if one["act"] == "checkpoint.make":
            head = told_head(one)
            heads += [head] if head else []
            faults += [] if head else [(seq, f"record {seq} does not tell of the records before it")]
        last = seq
    return sorted(faults + against(lines, given, heads))


def against(lines: list[bytes], given: list[Checkpoint], heads: list[tuple[int, str, str]]) -> list[tuple[int, str]]:
    """What differs from the checkpoints, those from outside and those that the records tell of themselves."""
    faults: list[tuple[int, str]] = []
    leaves = {name: [digest(name, b"\x00" + line) for line in lines] for name in {one[1] for one in given} | {one[1] for one in heads}}
    for size, name, root in heads:
        if size <= len(lines) and tree(name, leaves[name], 0, size).hex() != root:
            faults.append((size + 1, f"record {size + 1} tells another root: one of the records 1 to {size + 1} was changed"))
    for size, name, head, hashes in given:
        kept = [hashes[n : n + 32] for n in range(0, len(hashes), 32)]
        if kept and tree(name, kept, 0, size) != head:
            raise ValueError(f"the checkpoint file over {size} records is damaged: its hashes do not have its root")
        changed = next((n + 1 for n, (now, was) in enumerate(zip(leaves[name], kept, strict=False)) if now != was), None)
        if changed is not None:
            faults.append((changed, f"record {changed} is the first that is not what it was"))
        if size > len(lines):
            faults.append((len(lines) + 1, f"record {len(lines) + 1} is missing: the checkpoint covers {size}, {len(lines)} are there"))
        elif changed is None and tree(name, leaves[name], 0, size) != head:
            faults.append((size, f"one of the records 1 to {size} was changed: the root differs"))
    return faults


def proves(told: dict[str, Any]) -> bool:
    """True where a proof holds in itself; that its roots are those of the checkpoints is asked beside it."""
    name, path = told["hash"], [bytes.fromhex(one) for one in told["path"]]
    if told["form"] == INCLUSION:
        line = told["record"].encode()
        node, here, last = digest(name, b"\x00" + line), told["seq"] - 1, told["size"] - 1
        if record(line)["seq"] != told["seq"] or not 0 <= here <= last:
            return False
        return climb(name, here, last, [node, *path], None) == bytes.fromhex(told["root"])
    old, new = told["old"]["size"], told["new"]["size"]
    roots = bytes.fromhex(told["old"]["root"]), bytes.fromhex(told["new"]["root"])
    if not 0 < old < new:
        return not path and (roots[0] == roots[1] if old == new else old == 0 and roots[0] == digest(name, b""))
    here, last = old - 1, new - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    steps = [roots[0], *path] if old & (old - 1) == 0 else path
    return bool(steps) and climb(name, here, last, steps, roots[0]) == roots[1]


def climb(name: str, here: int, last: int, steps: list[bytes], old: bytes | None) -> bytes | None:
    """The root at the end of a path (RFC 9162 §2.1.3.2 and §2.1.4.2); None where it does not lead there, or not past the ``old`` root."""
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if here & 1 or here == last:
            first, second = digest(name, b"\x01" + step + first), digest(name, b"\x01" + step + second)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            second = digest(name, b"\x01" + second + step)
        here, last = here >> 1, last >> 1
    return second if last == 0 and old in (None, first) else None


def proof_in(subject: bytes) -> dict[str, Any] | None:
    """A proof, where the file is one."""
    try:
        told = json.loads(subject) if len(subject) < 1 << 24 else None
    except ValueError:  # many lines, each a record
        return None
    return told if isinstance(told, dict) and told.get("form") in (INCLUSION, CONSISTENCY) else None


def judge(subject: bytes, given: list[Checkpoint]) -> list[str]:
    """A sentence for everything that is wrong with an export or a proof."""
    told = proof_in(subject)
    if told is None:
        return [said for _seq, said in look_through(subject.removesuffix(b"\n").split(b"\n") if subject else [], given)]
    wanted: list[dict[str, Any]] = [told] if told["form"] == INCLUSION else [told["old"], told["new"]]
    heads = [(size, name, root.hex()) for size, name, root, _leaves in given]
    wrong = [f"no checkpoint over {one['size']} records has this root" for one in wanted if (one["size"], told["hash"], one["root"]) not in heads]
    return wrong + ([] if proves(told) else ["the proof does not hold"])


def main(arguments: list[str]) -> int:
    """Read, judge, tell."""
    if not arguments:
        sys.stdout.write(__doc__ or "")
        return 2
    try:
        contents = [Path(name).read_bytes() for name in arguments]
        wrong = judge(contents[0], [checkpoint(one) for one in contents[1:]])
    except (OSError, ValueError, KeyError) as error:
        sys.stdout.write(f"cannot be read: {error}\n")
        return 2
    sys.stdout.write("\n".join(wrong[:20]) + "\n" if wrong else f"everything agrees: {arguments[0]} with {len(arguments) - 1} checkpoints\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
