"""The tree of errors: each with a code of its own, an exit code, an HTTP status, a message and a next step."""

import re

import pytest

from luoshi.text import errors
from luoshi.text.errors import InputError, LuoshiError, all_errors

ERRORS = [pytest.param(cls, id=cls.__name__) for cls in all_errors()]
ROW = re.compile(r"(?:├──|└──) (?P<name>\w+)\s+(?P<says>\S.*?)\s{2,}(?P<code>[a-z]+(?:\.[a-z]+)?)?\s*(?:exit (?P<exit>\d)\s+HTTP (?P<http>\d+))?$", re.MULTILINE)


def test_codes_are_unique() -> None:
    codes = [cls.code for cls in all_errors()]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("cls", ERRORS)
def test_each_has_a_code_a_status_and_a_docstring(cls: type[LuoshiError]) -> None:
    assert re.fullmatch(r"[a-z]+(?:\.[a-z_]+)?", cls.code)
    assert 1 <= cls.exit_code <= 7
    assert 400 <= cls.http_status < 600
    assert cls.__doc__


@pytest.mark.parametrize("cls", ERRORS)
def test_each_is_in_the_public_face_and_in_the_drawing(cls: type[LuoshiError]) -> None:
    import luoshi.text

    assert cls.__name__ in luoshi.text.__all__
    assert re.search(rf"\b{cls.__name__}\b", errors.__doc__ or "")


def test_the_drawing_says_what_the_classes_say() -> None:
    by_name = {cls.__name__: cls for cls in all_errors()}
    rows = list(ROW.finditer(errors.__doc__ or ""))
    assert {row["name"] for row in rows} == set(by_name) - {"LuoshiError"}
    for row in rows:
        cls = by_name[row["name"]]
        if row["code"]:
            assert row["code"] == cls.code
        if row["exit"]:
            assert (int(row["exit"]), int(row["http"])) == (cls.exit_code, cls.http_status)


def test_a_branch_shares_its_exit_code() -> None:
    for cls in all_errors():
        base = cls.__base__
        if base not in (LuoshiError, Exception):
            assert (cls.exit_code, cls.http_status) == (base.exit_code, base.http_status)  # type: ignore[union-attr]


def test_message_and_hint() -> None:
    error = InputError("读不了。", hint="请换一个文件。")
    assert (error.message, error.hint, str(error)) == ("读不了。", "请换一个文件。", "读不了。请换一个文件。")
    assert InputError("读不了。").hint == ""
