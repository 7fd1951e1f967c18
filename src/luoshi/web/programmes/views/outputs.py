"""What comes out of a meeting as Word documents: the pack before it, the list of decisions after it. Nothing uploaded is parsed here."""

import re
from io import BytesIO

from django.http import FileResponse
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.common.asking import Asking
from luoshi.web.common.downloads import as_download
from luoshi.web.common.templatetags.pages import day
from luoshi.web.programmes import selectors
from luoshi.web.programmes.models import Decision, Meeting, Paper
from luoshi.web.programmes.scheme import stage_names
from luoshi.web.programmes.views.meetings import visible
from luoshi.writers.meeting import Decided, DecisionList, MeetingPack, PackPaper, write_decision_list, write_meeting_pack

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u2028\u2029\u202a-\u202e\ufffd]')


def meeting_pack(request: Asking, pk: int) -> FileResponse:
    """The pack; ``?text=`` names the papers whose texts are annexed."""
    row = visible(request, pk)
    asked = set(request.GET.getlist("text"))
    before = selectors.meeting_before(request.actor, row)
    pack = MeetingPack(
        title=row.title,
        organiser=row.unit.name,
        made_on=day(timezone.localdate()),
        facts=_facts(row),
        agenda=tuple(row.agenda.splitlines()),
        papers=tuple(_paper(paper, request, str(paper.pk) in asked) for paper in selectors.papers_for(request.actor, row)),
        last_title=f"{before.title}（{day(before.held_on)}）" if before else "",
        last=tuple(_decided(request, before)) if before else (),
    )
    written = BytesIO()
    write_meeting_pack(pack, written)
    return _answer(written, _("{title}会议材料").format(title=row.title))


def decision_list(request: Asking, pk: int) -> FileResponse:
    """The list of decisions."""
    row = visible(request, pk)
    written = BytesIO()
    write_decision_list(DecisionList(row.title, row.unit.name, day(timezone.localdate()), _facts(row)[:3], tuple(_decided(request, row))), written)
    return _answer(written, _("{title}议定事项清单").format(title=row.title))


def _facts(row: Meeting) -> tuple[tuple[str, str], ...]:
    when = f"{day(row.held_on)} {row.begins_at:%H:%M}" if row.begins_at else day(row.held_on)
    return ((_("时间"), when), (_("地点"), row.place), (_("主持"), row.chair), (_("参加人员"), row.attending))


def _paper(paper: Paper, request: Asking, wanted: bool) -> PackPaper:
    """A paper as the pack shows it: an internal document, or another unit's, gives its title and nothing of its text."""
    kinds = {Paper.BASIS: _("依据文件"), Paper.OTHER: _("其他文件")}
    stage = stage_names().get(paper.stage, "") or kinds.get(paper.kind, "")
    told = PackPaper(paper.document.title, paper.document.number, stage)
    if not wanted or paper.document.unit_id not in request.actor.units:
        return told
    if paper.document.internal:
        return told._replace(withheld=_("（内部文件，正文不随会议材料导出。）"))
    version = paper.version or next(iter(paper.document.read_versions), None)  # type: ignore[attr-defined]
    return told._replace(text=version.text if version else "")


def _decided(request: Asking, row: Meeting) -> list[Decided]:
    states = selectors.states_of(request.actor, row)
    decisions: list[Decision] = selectors.decisions_of(request.actor, row)
    return [
        Decided(one.text, one.lead.name if one.lead else "", day(one.due_on) if one.due_on else "", states.get(one.pk, _("未立项")))
        for one in decisions
    ]


def _answer(written: BytesIO, name: str) -> FileResponse:
    written.seek(0)
    return as_download(written, f"{_NOT_IN_A_NAME.sub('', name)[:80]}.docx", _WORD)
