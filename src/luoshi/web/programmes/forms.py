"""Forms of programmes. Labels are in the reader's language, so fields are made with the form."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.common.forms import PageForm
from luoshi.web.documents.models import Document, Version
from luoshi.web.orgs.choosing import UnitField
from luoshi.web.programmes.models import Paper, Programme
from luoshi.web.programmes.scheme import stage_names
from luoshi.web.programmes.selectors import own_documents, readable_versions
from luoshi.web.programmes.typed_day import typed_day

_MOST = 500  # documents offered, newest first


def _words(label: str, most: int = 0, *, required: bool = True, rows: int = 0, hint: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=most or 20_000, required=required, widget=widget, help_text=hint)


def _day(label: str, *, required: bool = False) -> forms.DateField:
    return forms.DateField(label=label, required=required)


class DocumentField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the unit's own documents, newest first."""

    def label_from_instance(self, obj: Document) -> str:
        """Title and number."""
        return f"{obj.title}（{obj.number}）" if obj.number else obj.title


class VersionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One version of the unit's own documents that was read."""

    def label_from_instance(self, obj: Version) -> str:
        """Title, and which version it is."""
        return _("{title}（第 {n} 版）").format(title=obj.document.title, n=obj.number)


def _documents(actor: Actor, label: str, *, required: bool, hint: str = "") -> DocumentField:
    documents = own_documents(actor)
    newest = documents.filter(pk__in=list(documents.values_list("pk", flat=True)[:_MOST]))
    return DocumentField(newest, label=label, required=required, help_text=hint, empty_label=_("（未选）"))


class ProgrammeForm(PageForm):
    """What a programme says of itself."""

    def made(self) -> dict[str, forms.Field]:
        """Name, aim, who leads, days."""
        return {
            "name": _words(_("专项名称"), 200),
            "aim": _words(_("目标任务"), required=False, rows=4),
            "leading_group": _words(_("领导小组"), required=False, rows=4, hint=_("组长、副组长、成员单位，一行一个。")),
            "starts_on": _day(_("开始日期")),
            "ends_on": _day(_("结束日期")),
        }


class CloseForm(PageForm):
    """Why a programme is over."""

    def made(self) -> dict[str, forms.Field]:
        """A note."""
        return {"note": _words(_("说明"), 500, required=False, rows=3)}


class PartForm(PageForm):
    """A part and its lead unit."""

    def made(self) -> dict[str, forms.Field]:
        """Title and unit."""
        return {
            "title": _words(_("工作板块"), 200),
            "lead": UnitField(label=_("牵头单位"), help_text=_("牵头单位能看到这个专项、它的会议和议定事项；文件只看到标题。")),
        }


class PaperForm(PageForm):
    """A document as basis or besides."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        self.actor = actor
        super().__init__(*args, **kwargs)

    def made(self) -> dict[str, forms.Field]:
        """Document, kind, note."""
        kinds = [(Paper.BASIS, _("依据文件")), (Paper.OTHER, _("其他文件"))]
        return {
            "document": _documents(self.actor, _("文件"), required=True, hint=_("列出本单位上传的文件，新的在前。")),
            "kind": forms.ChoiceField(label=_("用途"), choices=kinds),
            "note": _words(_("说明"), 300, required=False),
        }


class SchemeForm(PageForm):
    """The next version of the scheme."""

    def __init__(self, *args: Any, actor: Actor, stages: tuple[str, ...], first: bool, **kwargs: Any) -> None:
        self.actor, self.stages, self.first = actor, stages, first
        super().__init__(*args, **kwargs)

    def made(self) -> dict[str, forms.Field]:
        """Version, stage, whose comments were taken."""
        versions = readable_versions(self.actor).defer("text", "decomposition")
        newest = versions.filter(pk__in=list(versions.values_list("pk", flat=True)[:_MOST]))
        names = stage_names()
        return {
            "version": VersionField(newest, label=_("这一稿"), empty_label=_("（未选）"), help_text=_("先在“文件”里上传，读完才列在这里。")),
            "stage": forms.ChoiceField(label=_("阶段"), choices=[(stage, names[stage]) for stage in self.stages]),
            "note": _words(_("采纳意见说明"), 500, required=not self.first, rows=3, hint=_("采纳了谁的什么意见；没有意见的写“各单位无意见”。")),
        }


class MeetingForm(PageForm):
    """What is said of a meeting; ``minutes`` once it was held."""

    def __init__(self, *args: Any, actor: Actor, programmes: Any = None, held: bool = False, **kwargs: Any) -> None:
        self.actor, self.programmes, self.held = actor, programmes, held
        super().__init__(*args, **kwargs)

    def made(self) -> dict[str, forms.Field]:
        """Title, day, place, chair, who comes, agenda; the programme where it is new; the minutes where it was held."""
        found: dict[str, forms.Field] = {"title": _words(_("会议名称"), 200)}
        if self.programmes is not None:
            found["programme"] = ProgrammeField(self.programmes, label=_("所属专项"), required=False, empty_label=_("（不属于专项）"))
        clock = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        found |= {
            "held_on": _day(_("会议日期"), required=True),
            "begins_at": forms.TimeField(label=_("开始时间"), required=False, widget=clock),
            "place": _words(_("地点"), 100, required=False),
            "chair": _words(_("主持"), 100, required=False),
            "attending": _words(_("参加单位和人员"), required=False, rows=3),
            "agenda": _words(_("议程"), required=False, rows=5, hint=_("一行一项，会议材料里按这里的写法印。")),
        }
        if self.held:
            found["minutes"] = _documents(self.actor, _("会议纪要"), required=False)
        return found


class ProgrammeField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An open programme."""

    def label_from_instance(self, obj: Programme) -> str:
        """Its name."""
        return obj.name


class DayField(forms.CharField):
    """A day as people type it, counted from ``since``; the clean value is a date, None where left empty."""

    def __init__(self, *, since: date, **kwargs: Any) -> None:
        self.since = since
        super().__init__(max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"}), **kwargs)

    def clean(self, value: Any) -> date | None:
        """The day. Raises ValidationError where it is none."""
        try:
            return typed_day(str(super().clean(value) or ""), self.since)
        except ValueError:
            raise ValidationError(_("看不懂这个日期。请写成 12-31、12月底或2027年3月31日。")) from None

    def prepare_value(self, value: Any) -> Any:
        """The date in digits."""
        return value.isoformat() if isinstance(value, date) else value


class DecisionForm(PageForm):
    """One decision; in the table of a meeting and on a page of its own. Days without a year are counted from ``since``, that of the meeting."""

    def __init__(self, *args: Any, since: date, rows: int = 3, **kwargs: Any) -> None:
        self.since, self.rows = since, rows
        super().__init__(*args, **kwargs)

    def made(self) -> dict[str, forms.Field]:
        """Text, unit, day."""
        return {
            "text": _words(_("议定事项"), 4_000, rows=self.rows),
            "lead": UnitField(label=_("牵头单位"), required=False),
            "due_on": DayField(since=self.since, label=_("时限"), required=False, help_text=_("写成 12-31、12月底或2027年3月31日都可以。")),
        }


class StudyForm(PageForm):
    """A study session."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        self.actor = actor
        super().__init__(*args, **kwargs)

    def made(self) -> dict[str, forms.Field]:
        """Title, day, what was studied, what is to be done."""
        return {
            "title": _words(_("学习主题"), 200, hint=_("例如：第一议题、读书班的题目。")),
            "held_on": _day(_("日期"), required=True),
            "document": _documents(self.actor, _("学习的文件"), required=False),
            "findings": _words(_("要落实的事"), required=False, rows=5, hint=_("写学了以后要办什么，可以据此立项；不写心得，不记人数、场次。")),
        }


class TopicForm(PageForm):
    """A topic of research."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        self.actor = actor
        super().__init__(*args, **kwargs)

    def made(self) -> dict[str, forms.Field]:
        """Title, question, unit, day, findings, report."""
        return {
            "title": _words(_("调研课题"), 200),
            "question": _words(_("要弄清的问题"), required=False, rows=3),
            "lead": UnitField(label=_("牵头单位"), required=False),
            "due_on": _day(_("时限")),
            "findings": _words(_("结论和建议"), required=False, rows=5),
            "report": _documents(self.actor, _("调研报告"), required=False),
        }
