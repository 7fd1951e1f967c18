"""甲方 and 乙方 of a letter of responsibility, led back to the names that its head gives them."""

import re

_SIGNED = re.compile(r"(?:^|(?<=\n))(?P<label>[甲乙丙丁]方)(?:\([^()\n]{1,12}\))?: ?(?P<name>[\u4e00-\u9fff()]{3,24}?)(?:\([^()\n]{1,20}\))?(?= *\n)")
_CALLED = re.compile(r"(?P<name>[\u4e00-\u9fff]{3,24})\((?:以下)?简称“?(?P<label>[甲乙丙丁]方)”?\)")
_CHARGED = re.compile(r"(?:^|(?<=[\n,;:。.、) ]))(?P<label>[甲乙丙丁]方)(?![的和与]|:|\()")

Party = tuple[str, int]
"""A name and where it stands in the view."""


def parties(text: str) -> dict[str, Party]:
    """Whom 甲方, 乙方 … stand for, by the lines or the brackets that say so first."""
    if "方" not in text[:3000]:
        return {}
    found: dict[str, Party] = {}
    for pattern in (_SIGNED, _CALLED):
        for said in pattern.finditer(text, 0, 3000):
            if said["name"][-1] not in "章字印":
                found.setdefault(said["label"], (said["name"], said.start("name")))
    return found


def charged(text: str, start: int, end: int, known: dict[str, Party]) -> list[Party]:
    """The parties that are the subject of a clause between two places, each once."""
    found: list[Party] = []
    for said in _CHARGED.finditer(text, start, end):
        party = known.get(said["label"])
        if party and party not in found:
            found.append(party)
    return found
