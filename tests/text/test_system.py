"""Why the system refused, in the office's words."""

import errno

import pytest

from luoshi.text.language import set_language
from luoshi.text.system import reason


@pytest.mark.parametrize(("number", "words"), [(errno.ENOENT, "没有这个文件或文件夹"), (errno.EACCES, "没有权限"), (errno.ENOSPC, "磁盘已满")])
def test_known_reasons_are_in_chinese(number: int, words: str) -> None:
    assert reason(OSError(number, "whatever")) == words


def test_other_reasons_are_the_systems_own() -> None:
    assert reason(OSError(errno.ELOOP, "Too many levels of symbolic links")) == "Too many levels of symbolic links"
    assert reason(OSError("said by a library")) == "said by a library"


def test_english() -> None:
    set_language("en")
    try:
        assert reason(OSError(errno.EACCES, "x")) == "no permission"
    finally:
        set_language("zh")
