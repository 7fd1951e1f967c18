"""Title, records and kind of a document from its first lines; record lines anywhere."""

import pytest

import luoshi
from luoshi.decompose.head import DOCUMENT_NUMBER
from luoshi.decompose.rules.records import is_meeting_record, is_record_line
from tests.decompose.reading import disposition_of, dispositions, head_of, read

BODY = "\n各地要加强领导，落实责任。\n一、加固护岸\n要加固护岸。\n二、疏浚航道\n要疏浚航道。\n"

KINDS = [
    pytest.param("临江省人民政府关于改造渡口的实施意见", "directive", id="opinion"),
    pytest.param("关于印发渡口改造行动计划（2026—2028年）的通知", "directive", id="notice"),
    pytest.param("渡口改造重点任务分工", "directive", id="division of labour"),
    pytest.param("政府工作报告", "report", id="work report"),
    pytest.param("青湾县人民政府常务会议纪要", "minutes", id="minutes"),
    pytest.param("省委九届十次全会精神传达提纲", "outline", id="outline"),
    pytest.param("临江省渡口管理条例", "regulation", id="regulation"),
    pytest.param("临江省渡口管理办法（试行）", "regulation", id="measures on trial"),
    pytest.param("关于对渡口管理先进单位给予表扬的通报", "bulletin", id="bulletin"),
    pytest.param("关于渡口改造有关问题的复函", "letter", id="letter"),
    pytest.param("关于印发渡口应急预案的函", "directive", id="a letter that issues a plan"),
    pytest.param("临江省人民政府关于渡口改造\n几 个 问 题 的 通 知", "directive", id="a second line spread over its width"),
    pytest.param("青湾县2027年度渡口工作考核指标表", "table", id="assessment table"),
]


@pytest.mark.parametrize(("title", "kind"), KINDS)
def test_kind(title: str, kind: str) -> None:
    _, head = head_of(title + "\n" + BODY)
    assert head.kind == kind
    assert read(title + "\n" + BODY).facts.kind == kind


KINDS_BY_CONTENT = [
    pytest.param("全市渡口改造工作会议召开\n\n5月8日，全市渡口改造工作会议召开。会议指出，渡口关系民生。会议强调，要加快改造。会议要求，各县要抓落实。\n", "meeting", id="a meeting"),
    pytest.param("渡口新貌\n\n本报讯（记者 白小江）5月8日，东渡开渡。\n市交通局局长白某表示，将继续改造。\n", "news", id="a newspaper"),
    pytest.param("各位代表：\n\n现在，我代表市人民政府，向大会报告工作，请予审议。\n一、过去一年\n做了不少工作。\n", "report", id="a report without its title"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS_BY_CONTENT)
def test_kind_by_content(text: str, kind: str) -> None:
    assert head_of(text)[1].kind == kind


def test_title_over_two_lines() -> None:
    made = read("临江省人民政府办公厅关于\n进一步加强渡口管理的通知\n临政办发〔2026〕9号\n\n各市人民政府：\n" + BODY)
    assert made.facts.title == "临江省人民政府办公厅关于进一步加强渡口管理的通知"
    assert made.facts.number == "临政办发〔2026〕9号"


HEAD_LINES = [
    pytest.param("临政办发〔2026〕9号", "record", id="number"),
    pytest.param("各市、县（市、区）人民政府，省政府各部门：", "record", id="addressee"),
    pytest.param("2026年5月8日", "record", id="date"),
    pytest.param("索引号：L0-2026-9", "record", id="catalogue"),
    pytest.param("来源：临江日报", "record", id="source"),
]


@pytest.mark.parametrize(("line", "expected"), HEAD_LINES)
def test_lines_of_the_head(line: str, expected: str) -> None:
    made = read(f"关于加强渡口管理的通知\n{line}\n" + BODY)
    assert disposition_of(made, line) == expected
    assert disposition_of(made, "关于加强") == "heading"


def test_a_salutation_opens_a_speech() -> None:
    made = read("在全省渡口工作会议上的讲话\n\n同志们：\n\n今天会议的任务是部署渡口改造。各地要抓紧行动。\n")
    assert disposition_of(made, "同志们") == "record"
    assert disposition_of(made, "各地要") == "requirement"


def test_signature_and_date_at_the_end() -> None:
    made = read("关于加强渡口管理的通知\n\n各地要加强管理。\n\n　　　　临江省人民政府办公厅\n　　　　2026年5月8日\n　　（此件公开发布）\n")
    assert [kind for kind, _ in dispositions(made)[-3:]] == ["record", "record", "record"]


def test_page_chrome_after_the_text() -> None:
    made = read("关于加强渡口管理的通知\n\n各地要加强管理。\n\n扫一扫在手机打开当前页\n相关链接\n省渡口管理条例要修订\n")
    assert [kind for kind, _ in dispositions(made)[-3:]] == ["record", "record", "record"]


RECORD_LINES = [
    pytest.param("2026年5月8日", True, id="date"),
    pytest.param("二〇二六年五月八日", True, id="date in characters"),
    pytest.param("日期:2026-05-08 10:00", True, id="posting"),
    pytest.param("——2026年1月9日在云州市第六届人民代表大会上", True, id="occasion"),
    pytest.param("附件:渡口改造项目表", True, id="attachment"),
    pytest.param("抄送:市委办公室,市人大常委会办公室。", True, id="copies"),
    pytest.param("云州市人民政府办公室    2026年5月8日印发", True, id="imprint"),
    pytest.param("(此件公开发布)", True, id="publicity"),
    pytest.param("责任编辑:白小江", True, id="editor"),
    pytest.param("出席:白某、江某", True, id="attendance"),
    pytest.param("打印本页", True, id="button"),
    pytest.param("2026年要完成改造", False, id="a year in a task"),
    pytest.param("附件工作要抓紧", False, id="附件 as a word"),
    pytest.param("来源多样", False, id="来源 as a word"),
    pytest.param("要打印本页", False, id="打印 as a word"),
]


@pytest.mark.parametrize(("line", "expected"), RECORD_LINES)
def test_record_lines(line: str, expected: bool) -> None:
    assert is_record_line(line) is expected


MEETING_RECORDS = [
    pytest.param("5月8日,全市渡口改造工作会议召开。", True, id="held"),
    pytest.param("市委书记白某主持会议并讲话。", True, id="chaired"),
    pytest.param("会议听取了市交通局关于渡口改造情况的汇报。", True, id="agenda"),
    pytest.param("江某、白某参加会议。", True, id="took part"),
    pytest.param("各县要召开会议部署。", False, id="to be held"),
    pytest.param("要主持好渡口改造工作。", False, id="主持 as a task"),
]


@pytest.mark.parametrize(("sentence", "expected"), MEETING_RECORDS)
def test_meeting_records(sentence: str, expected: bool) -> None:
    assert is_meeting_record(sentence) is expected


NUMBERS = [
    pytest.param("临政发〔2026〕18号", "临政发〔2026〕18号", id="plain"),
    pytest.param("青政办字 〔2026〕1号", "青政办字 〔2026〕1号", id="with a blank"),
    pytest.param("临政发[2026]18号", "临政发[2026]18号", id="square brackets"),
    pytest.param("临政发(2026)18号", "临政发(2026)18号", id="round brackets"),
    pytest.param("〔2026〕18号", None, id="no letters"),
    pytest.param("临政发第18号", None, id="no year"),
]


@pytest.mark.parametrize(("line", "expected"), NUMBERS)
def test_document_number(line: str, expected: str | None) -> None:
    found = DOCUMENT_NUMBER.search(line)
    assert (found[0] if found else None) == expected


def test_front_matter_of_a_data_base_is_no_title() -> None:
    text = (
        "---\n标题: 关于印发《渡口改造方案》的通知\n层级: 县级\n类型: 实施意见\n---\n> 本文由网页提取，以原文为准。\n\n"
        "关于印发《渡口改造方案》的通知\n各乡镇人民政府：\n要在6月底前完成渡口改造。\n"
    )
    made = luoshi.decompose(luoshi.read_bytes(text.encode(), name="notice.txt"))
    assert made.facts.title == "关于印发《渡口改造方案》的通知"
    assert [item.quote for item in made.items] == ["要在6月底前完成渡口改造。"]
