"""Sealed secrets: they open for their use, under the key of the installation, unchanged."""

import base64

import pytest
from django.test import override_settings

from luoshi.text import DamagedFile
from luoshi.web.orgs.sealing import seal, unseal

pytestmark = pytest.mark.one_database


def test_what_is_sealed_opens_for_its_use_alone() -> None:
    sealed = seal("秘密", "one use")
    assert unseal(sealed, "one use") == "秘密" and sealed != seal("秘密", "one use") and len(base64.urlsafe_b64decode(sealed)) == 12 + 6 + 16
    with pytest.raises(DamagedFile):
        unseal(sealed, "another")
    with override_settings(SECRET_KEY="another"), pytest.raises(DamagedFile):
        unseal(sealed, "one use")


def test_what_was_changed_does_not_open() -> None:
    content = bytearray(base64.urlsafe_b64decode(seal("秘密", "one use")))
    for place in range(len(content)):
        content[place] ^= 1
        with pytest.raises(DamagedFile):
            unseal(base64.urlsafe_b64encode(bytes(content)).decode(), "one use")
        content[place] ^= 1
    assert unseal(base64.urlsafe_b64encode(bytes(content)).decode(), "one use") == "秘密"
    for wrong in ("", "short", "no base64 €"):
        with pytest.raises(DamagedFile):
            unseal(wrong, "one use")
