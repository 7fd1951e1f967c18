"""Pages of acts say what follows: whoever takes back, returns, ends or takes away reads it beside the button."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from luoshi import web

PLAIN = {"保存", "登记", "新建", "任职", "移出", "答复", "记为办完", "记下来", "重新生成", "反馈给对方", "报送意见", "认定", "验收通过", "发出", "不予核准", "放弃草稿"}
"""Buttons that say by themselves what they do, or that have their consequence in the page."""


def _acts() -> Iterator[tuple[str, str, bool]]:
    for path in sorted(Path(web.__file__).parent.rglob("views/*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Words":
                verb = next(one.value for one in ast.walk(node.args[1]) if isinstance(one, ast.Constant))
                yield f"{path.parent.parent.name}/{path.stem}", str(verb), len(node.args) > 3


@pytest.mark.parametrize(("place", "verb", "told"), list(_acts()))
def test_a_button_names_its_consequence(place: str, verb: str, told: bool) -> None:
    assert told or verb in PLAIN, place
