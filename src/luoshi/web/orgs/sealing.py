"""Secrets of the database that must be read again: sealed by AES-256-GCM, with a key made from that of the installation.

A copy of the database alone opens nothing.
"""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from luoshi.text import DamagedFile
from luoshi.text.language import _

NONCE = 12


def seal(text: str, use: str) -> str:
    """``text``, sealed for one ``use``: what is sealed for one opens for no other."""
    nonce = os.urandom(NONCE)
    return base64.urlsafe_b64encode(nonce + _box(use).encrypt(nonce, text.encode(), None)).decode()


def unseal(sealed: str, use: str) -> str:
    """The counterpart. Raises DamagedFile where it was changed, or sealed under another key."""
    try:
        content = base64.urlsafe_b64decode(sealed)
        return _box(use).decrypt(content[:NONCE], content[NONCE:], None).decode()
    except (InvalidTag, ValueError) as error:
        raise DamagedFile(_("密封的内容打不开：它被改过，或者数据文件夹里的 secret.key 换过。"), hint=_("请从备份恢复 secret.key；两步验证也可以请安全管理员重置。")) from error


def _box(use: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=f"luoshi {use}".encode()).derive(settings.SECRET_KEY.encode()))
