"""An invented directive that a unit uploads, and what tests ask of it again and again."""

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any
from unittest.mock import patch

from luoshi.web.audit.models import Record
from luoshi.web.common import store
from luoshi.web.documents import tasks
from luoshi.web.documents.models import Document, Version
from luoshi.web.documents.services import uploading
from luoshi.web.intake import services as intake
from tests.web import kit

TEXT = """临江省人民政府关于推进县域养老服务体系建设的实施意见

临政发〔2026〕18号

一、重点任务

（一）健全三级服务网络

近年来，全省养老服务供给不断扩大，群众满意度稳步提升。到2027年，每个县至少建成1所失能照护机构，乡镇区域养老服务中心覆盖率达到85%以上。（省民政厅牵头，省财政厅、省卫生健康委配合）各县（市、区）要在2026年12月底前制定建设清单，明确项目、投资、责任单位。

（二）加强队伍建设

实施“养老护理员培育计划”，三年培训不少于3万人次；完善职业技能等级认定，建立入职补贴制度。必须坚持党的全面领导。省人力资源社会保障厅厅长表示，将把养老护理员纳入急需紧缺职业目录。

临江省人民政府
2026年9月28日
"""

LOWER = TEXT.replace("临江省人民政府关于", "云岭市人民政府关于").replace("临政发", "云政发").replace("2026年9月28日", "2026年10月20日").replace("85%", "90%")


_read_in_the_child = intake.read_document
_READ: dict[tuple[bytes, str, str], intake.Data] = {}


def _read_once(data: bytes, name: str, *, days: Mapping[Any, bool] | None = None, without_namespace: bool = False) -> intake.Data:
    """What the child makes of a file, asked of it once for all tests: it takes seconds, and is the same every time."""
    asked = (data, name, repr(days))
    if asked not in _READ:
        _READ[asked] = _read_in_the_child(data, name, days=days, without_namespace=without_namespace)
    return deepcopy(_READ[asked])


def upload(world: kit.World, text: str = TEXT, *, name: str = "养老.txt", who: str = "province.supervisor") -> Document:
    document = uploading.add_document(file_name=name, stored=store.save(text.encode()), actor=world.actor(who), at=kit.NOW)
    with patch.object(intake, "read_document", _read_once):
        tasks.read_version.func(document.versions.get().pk)
    document.refresh_from_db()
    return document


def acts() -> list[str]:
    return list(Record.objects.order_by("seq").values_list("act", flat=True))


def last(**fields: Any) -> None:
    """The newest record says this, and there is one more than before it."""
    record = Record.objects.order_by("-seq").first()
    assert record is not None and record.seq == Record.objects.count()
    for name, value in fields.items():
        assert getattr(record, name) == value


def all_spans_hold(version: Version) -> bool:
    return all(version.text[one.start : one.end] == one.quote for one in version.drafts.all())


def fields_of(page: str, form: str) -> dict[str, list[str]]:
    """The hidden fields of the form with this attribute, as a browser sends them."""
    found: dict[str, list[str]] = {}
    inside = page.partition(form)[2].partition("</form>")[0]
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', inside):
        found.setdefault(name, []).append(value)
    return found
