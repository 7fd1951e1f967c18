"""What changed between two versions of a scheme."""

import pytest

from luoshi.web.programmes.differences import NEW, OLD, Comparison, compare


def shown(made: Comparison) -> list[str]:
    """Paragraphs as ``=same`` ``~a[-old-][+new+]`` ``-gone`` ``+added``."""
    marks = {"same": "=", "changed": "~", "gone": "-", "added": "+"}
    found = []
    for paragraph in made.paragraphs:
        runs = (f"[-{run.text}-]" if run.kind == OLD else f"[+{run.text}+]" if run.kind == NEW else run.text for run in paragraph.runs)
        found.append(marks[paragraph.kind] + ("".join(runs) if paragraph.kind == "changed" else "".join(run.text for run in paragraph.runs)))
    return found


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        pytest.param("甲段。\n乙段。", "甲段。\n\n  乙段。 ", ["=甲段。", "=乙段。"], id="blanks do not count"),
        pytest.param("到2027年底覆盖率达到80%以上。", "到2027年底覆盖率达到85%以上。", ["~到2027年底覆盖率达到[-80%-][+85%+]以上。"], id="a number is one piece"),
        pytest.param("建设中心40个。", "建设中心40个，支持互助点。", ["~建设中心40个[+，支持互助点+]。"], id="an insertion"),
        pytest.param("一、总则\n加强宣传引导工作。\n三、附则", "一、总则\n三、附则", ["=一、总则", "-加强宣传引导工作。", "=三、附则"], id="gone"),
        pytest.param("一、总则", "一、总则\n二、每半年检查一次。", ["=一、总则", "+二、每半年检查一次。"], id="added"),
        pytest.param("甲乙丙丁戊己庚辛", "子丑寅卯辰巳午未", ["-甲乙丙丁戊己庚辛", "+子丑寅卯辰巳午未"], id="another paragraph altogether"),
        pytest.param("", "", [], id="nothing"),
        pytest.param("", "新的", ["+新的"], id="from nothing"),
    ],
)
def test_differences(old: str, new: str, wanted: list[str]) -> None:
    assert shown(compare(old, new)) == wanted


def test_both_sides_come_back_whole() -> None:
    old = "\n".join(f"第{n}条 各地要在{n}月底前完成{n * 3}个项目，报送情况。" for n in range(60))
    new = "\n".join(f"第{n}条 各市要在{n + n % 2}月底前完成{n * 3}个项目，并报送进展情况。" for n in range(60) if n % 7)
    made = compare(old, new)
    paragraphs = [paragraph for paragraph in made.paragraphs if paragraph.kind != "gone"]
    assert ["".join(run.text for run in one.runs if run.kind != OLD) for one in paragraphs] == new.split("\n")
    assert "".join(run.text for one in made.paragraphs for run in one.runs if run.kind != NEW) == old.replace("\n", "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("的" * 300_000, "的" * 300_001, id="one endless paragraph"),
        pytest.param("的\n" * 50_000, "的\n" * 49_000 + "了\n" * 900, id="endless short paragraphs"),
        pytest.param("\n".join("甲乙" * 900 + str(n) for n in range(60)), "\n".join("乙甲" * 900 + str(n) for n in range(60)), id="alike everywhere"),
    ],
)
def test_the_work_is_bounded(old: str, new: str) -> None:
    """No time is asserted: without the bounds these would take minutes."""
    assert compare(old, new).paragraphs
