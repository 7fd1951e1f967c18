"""What was found as a file: rows go from the database to the disk or to the reader a batch at a time, never as a whole through memory."""

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import BinaryIO, NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from luoshi.text import RuleBroken
from luoshi.text.language import _, current_language, set_language
from luoshi.web.common.actor import Actor
from luoshi.web.common.templatetags.pages import day
from luoshi.web.exchange.listings.base import Found, batches
from luoshi.web.intake.services import typeset
from luoshi.writers.lists import Listing

ON_PAPER = 3000
"""Rows that a Word document or a PDF takes: more is no paper any more."""
SHEET = 1_048_000
"""Rows that a sheet takes."""
_NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u2028\u2029\u202a-\u202e\ufffd]')


class Form(NamedTuple):
    """A form of file: its ending, its media type, what it is called and what it is good for."""

    name: str
    media_type: str
    word: Callable[[], str]
    about: Callable[[], str]
    on_paper: bool = False


FORMS = (
    Form("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", lambda: _("Excel 表格"), lambda: _("行数不限；可以筛选、改写")),
    Form("csv", "text/csv; charset=utf-8", lambda: _("CSV"), lambda: _("行数不限；给别的系统用")),
    Form("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", lambda: _("Word 文档"), lambda: _("横排，可再编辑"), on_paper=True),
    Form("pdf", "application/pdf", lambda: _("PDF"), lambda: _("横排，供打印和存档"), on_paper=True),
)


def form_called(name: str) -> Form | None:
    """The form of that name."""
    return next((form for form in FORMS if form.name == name), None)


def check_size(found: Found, form: Form) -> None:
    """Raises RuleBroken where there are more rows than paper takes."""
    if form.on_paper and found.total > ON_PAPER:
        message = _("共 {n} 行，{form}最多 {most} 行。").format(n=found.total, form=form.word(), most=ON_PAPER)
        raise RuleBroken(message, hint=_("请加筛选条件，或者改导出 Excel。"))
    if form.name == "xlsx" and found.total > SHEET:
        message = _("共 {n} 行，{form}最多 {most} 行。").format(n=found.total, form=form.word(), most=SHEET)
        raise RuleBroken(message, hint=_("请加筛选条件，或者改导出 CSV。"))


def file_of(found: Found, form: Form, actor: Actor, at: datetime) -> HttpResponseBase:
    """The answer with the file. Raises RuleBroken for too many rows on paper, ToolMissing where a PDF cannot be made here."""
    check_size(found, form)
    return list_answer(_listing(found, actor, at), form, f"{found.title}_{at:%Y%m%d}")


def list_answer(listing: Listing, form: Form, name: str) -> HttpResponseBase:
    """The answer with a list as a file called ``name``."""
    if form.name == "csv":
        answer: HttpResponseBase = StreamingHttpResponse(_lines(listing, current_language()), content_type=form.media_type)
    else:
        answer = FileResponse(_written(listing, form), content_type=form.media_type)
    name = _NOT_IN_A_NAME.sub("", name).strip(". ")[:90] or "luoshi"
    answer.headers["Content-Disposition"] = f"attachment; filename=\"luoshi-{form.name}.{form.name}\"; filename*=UTF-8''{quote(f'{name}.{form.name}')}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _written(listing: Listing, form: Form) -> BinaryIO:
    """The open file at its beginning; on the disk where it may be large."""
    from luoshi.writers import list_docx, list_typst, list_xlsx

    if form.name == "pdf":
        alone = bool(settings.OPTIONS["read_without_namespace"])
        return BytesIO(typeset({"main.typ": list_typst.SOURCE}, list_typst.list_facts(listing), name=listing.title, without_namespace=alone))
    if form.name == "docx":
        written = BytesIO()
        list_docx.write_list(listing, written)
        return _rewound(written)
    file = tempfile.TemporaryFile(dir=settings.DATA)  # noqa: SIM115 - the answer closes it
    list_xlsx.write_list(listing, file, str(settings.DATA))
    return _rewound(file)


def _rewound(file: BinaryIO) -> BinaryIO:
    file.seek(0)
    return file


def _lines(listing: Listing, language: str) -> Iterator[bytes]:
    """The lines of a CSV file as they are asked for: after the view, in its language."""
    from luoshi.writers.list_csv import list_csv

    before = current_language()
    set_language(language)
    try:
        for batch in batches(list_csv(listing), 500):
            yield "".join(batch).encode()
    finally:
        set_language(before)


def _listing(found: Found, actor: Actor, at: datetime) -> Listing:
    made = _("{unit}　{day}　共 {n} 条").format(unit=actor.unit_name, day=day(at), n=found.total)
    note = "　".join([made, *found.filters])
    return Listing(found.title, note, found.columns, found.rows(), lambda written: _told(found, actor, at, written))


def _told(found: Found, actor: Actor, at: datetime, written: int) -> Sequence[str]:
    """The sentences about the whole: they let a reader see that nothing is missing."""
    said = [_("名称：{title}").format(title=found.title), _("导出：{unit}，{day}").format(unit=actor.unit_name, day=day(at))]
    said.append(_("范围：{filters}").format(filters=_("；").join(found.filters) or _("全部")))
    said.append(_("条数：应有 {n} 条，写出 {written} 条").format(n=found.total, written=written))
    if written != found.total:
        said.append(_("注意：导出期间数据有变动，两数不等，请重新导出。"))
    if found.withheld:
        said.append(_("未导出原文的有 {n} 条：{why}。").format(n=found.withheld, why=found.why))
    if any(column.hidden for column in found.columns):
        said.append(_("改好后可在“导入表格”里导回；蓝底的列可改，隐藏的“核对码”一列请勿改动。"))
    return said
