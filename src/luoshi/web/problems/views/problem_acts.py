"""What is done to a problem, one page an act: each is a row for ``common.acting``."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from luoshi.text import REFUSALS, LuoshiError, RuleBroken
from luoshi.text.language import _
from luoshi.web.common.acting import ActPage, View, Words, act_view
from luoshi.web.common.actor import Actor
from luoshi.web.common.forms import ActForm
from luoshi.web.ledger.forms.acting import ReasonForm
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.workflow import Transition, decide
from luoshi.web.orgs.choosing import unit_names
from luoshi.web.problems import workflow
from luoshi.web.problems.forms import problems as forms
from luoshi.web.problems.models import Inspection, Measure, Problem
from luoshi.web.problems.parties import may_inspect, may_register, parties_of
from luoshi.web.problems.selectors import visible_inspections, visible_measures, visible_problems
from luoshi.web.problems.services import consulting, finding, judging, mending, raising
from luoshi.web.problems.services.judging import Again
from luoshi.web.problems.services.moving import keys_of
from luoshi.web.problems.workflow import Act

LINED = "problems/act_lined.html"
Call = Callable[[Any, dict[str, Any], Actor, datetime], Any]


def problem_address(row: Any) -> str:
    """The page of a problem."""
    return reverse("problem", args=[row.pk])


def _find(actor: Actor, pk: int | None) -> Problem:
    return get_object_or_404(visible_problems(actor).select_related("owner", "finder"), pk=pk)


def _measure(actor: Actor, pk: int | None) -> Measure:
    return get_object_or_404(visible_measures(actor).select_related("problem__owner", "problem__finder"), pk=pk)


def _about(row: Any) -> str:
    return f"{row.number} {row.title}"


def why_not(table: tuple[Transition, ...], act: str) -> Callable[[Any, Actor], LuoshiError | None]:
    """The refusal of the table, where this act is not open to the actor now."""

    def refused(problem: Problem, actor: Actor) -> LuoshiError | None:
        try:
            decide(table, problem.state, act, parties=parties_of(actor, problem), user_id=actor.user_id, keys=keys_of(problem, actor), reason="—")
        except REFUSALS as error:
            return error
        return None

    return refused


def _units(row: Any, actor: Actor) -> Mapping[str, Any]:
    return {"unit_names": unit_names()}


def _act(act: str, words: Callable[[], Words], call: Call, form: type[ActForm] = ActForm, *, table: tuple[Transition, ...] = workflow.PROBLEMS, **more: Any) -> View:
    page = ActPage(find=_find, words=lambda row: words(), call=call, back=problem_address, about=_about, form=form, lock="changes", refused=why_not(table, act), **more)
    return act_view(page)


def _expected(told: Mapping[str, Any]) -> int | None:
    found = told.get("expected")
    return int(found) if found is not None else None


def _by_reason(service: Callable[..., Any]) -> Call:
    """A service that takes the reason and nothing else."""
    return lambda row, told, actor, at: service(problem_id=row.pk, reason=told["reason"], actor=actor, at=at, expected=_expected(told))


claim = _act(
    Act.CLAIM,
    lambda: Words(_("认领"), _("认领"), _("已认领，请写原因和措施。"), _("认领以后由本单位整改；不属于本单位的，返回后选“提出异议”。")),
    lambda row, told, actor, at: finding.claim_problem(problem_id=row.pk, **told, actor=actor, at=at),
    forms.ClaimForm,
)
object_to = _act(Act.OBJECT, lambda: Words(_("提出异议"), _("提出异议"), _("异议已提出，等发现单位裁定。"), _("由发现单位裁定：维持、改派或者撤销；裁定之前不用认领，整改时限照常计算。")), _by_reason(finding.object_to_problem), ReasonForm)
keep = _act(Act.KEEP, lambda: Words(_("维持"), _("维持"), _("已维持，由原单位认领。"), _("问题仍由原单位认领整改，时限不变；理由原单位看得到。")), _by_reason(finding.keep_problem), ReasonForm)
drop = _act(
    Act.DROP,
    lambda: Words(_("撤销问题"), _("撤销"), _("已撤销。"), _("确认不是问题或者重复登记的才撤销；撤销以后仍可查看，不能恢复。")),
    _by_reason(finding.drop_problem),
    ReasonForm,
    danger=True,
)
reassign = _act(
    Act.REASSIGN,
    lambda: Words(_("改派"), _("改派"), _("已改派。"), _("原单位以后看不到这个问题。")),
    lambda row, told, actor, at: finding.reassign_problem(problem_id=row.pk, **told, actor=actor, at=at),
    forms.ReassignForm,
    template="problems/act_units.html",
    told=_units,
)
adjust = _act(
    "adjust",
    lambda: Words(_("改时限"), _("改时限"), _("时限已改。"), _("新旧时限都记入经过。")),
    lambda row, told, actor, at: finding.adjust_limit(problem_id=row.pk, **told, actor=actor, at=at),
    forms.AdjustForm,
    table=workflow.DEEDS,
)


def _planned(row: Problem, told: dict[str, Any], actor: Actor, at: datetime) -> Problem:
    return mending.plan_mending(problem_id=row.pk, cause=told["cause"], measures=told["measures"], actor=actor, at=at, expected=_expected(told))


def _reported(row: Problem, told: dict[str, Any], actor: Actor, at: datetime) -> Problem:
    return mending.report_mended(problem_id=row.pk, mended=told["mended"], done=told["done"], actor=actor, at=at, expected=_expected(told))


def _mended(row: Problem, told: dict[str, Any], actor: Actor, at: datetime) -> Problem:
    return mending.mend_on_the_spot(problem_id=row.pk, mended=told["mended"], actor=actor, at=at, expected=_expected(told))


def _closed(row: Problem, told: dict[str, Any], actor: Actor, at: datetime) -> Problem:
    elsewhere = told["elsewhere"] == "yes"
    return judging.close_problem(problem_id=row.pk, elsewhere=elsewhere, elsewhere_done=told["elsewhere_done"], actor=actor, at=at, expected=_expected(told))


def _again(row: Problem, told: dict[str, Any], actor: Actor, at: datetime) -> Problem:
    chosen = told["inspection"]
    inspection = get_object_or_404(visible_inspections(actor), pk=int(chosen)) if chosen else None
    again = Again(told["signs"], told["found_on"], told["source"], told["discovery"])
    return judging.record_relapse(problem_id=row.pk, again=again, due_on=told["due_on"], inspection=inspection, actor=actor, at=at, expected=_expected(told))


plan = _act(
    Act.PLAN,
    lambda: Words(_("原因和措施"), _("定下来"), _("措施已定，整改中。"), _("每条措施写清哪个科室、哪天完成；最后一条不能晚于整改时限。发现单位看得到。")),
    _planned,
    forms.PlanForm,
    template=LINED,
)
report = _act(
    Act.REPORT,
    lambda: Words(_("报整改情况"), _("报验收"), _("已报，等发现单位验收。"), _("由发现单位另一位同志验收；没有改到位的会退回。")),
    _reported,
    forms.ReportForm,
    template=LINED,
)
mend = _act(
    Act.MEND,
    lambda: Words(_("即知即改"), _("报验收"), _("已报，等发现单位验收。"), _("一次报完就等于认领并改好；一时改不好的，返回后选“认领”，按措施整改。")),
    _mended,
    forms.ReportForm,
    template=LINED,
)
accept = _act(
    Act.ACCEPT,
    lambda: Words(_("验收"), _("验收通过"), _("已验收，答完举一反三就可以销号。")),
    lambda row, told, actor, at: judging.accept_problem(problem_id=row.pk, words=told["reason"], actor=actor, at=at, expected=_expected(told)),
    forms.AcceptForm,
    template="problems/act_judged.html",
    told=lambda row, actor: {"measures": row.measures.order_by("round", "order", "pk"), "proofs": row.proofs.all()},
)
return_to = _act(
    Act.RETURN,
    lambda: Words(_("退回整改"), _("退回"), _("已退回，继续整改。"), _("退回以后回到整改中，时限不变；责任单位看得到意见，改好再报。")),
    _by_reason(judging.return_problem),
    forms.ReturnForm,
    template="problems/act_judged.html",
    told=lambda row, actor: {"measures": row.measures.order_by("round", "order", "pk"), "proofs": row.proofs.all()},
)
close = _act(
    Act.CLOSE, lambda: Words(_("销号"), _("销号"), _("已销号。"), _("销号以后再发现同样的问题，在这里选“又出现了”，会重新整改并记一次反弹。")), _closed, forms.CloseForm
)
relapse = _act(
    Act.RELAPSE, lambda: Words(_("又出现了"), _("重新整改"), _("已重新打开，记一次反弹。"), _("原来的整改经过都保留；责任单位要重新写原因和措施。")), _again, forms.RelapseForm
)
consult = _act(
    "consult",
    lambda: Words(_("会商研判"), _("记下来"), _("会商已记。"), _("看得到这个问题的单位都看得到会商意见和结论。")),
    lambda row, told, actor, at: consulting.record_consultation(
        problem_id=row.pk, held_on=told["held_on"], chair=told["chair"], decision=told["decision"], opinions=told["said"], actor=actor, at=at, expected=_expected(told)
    ),
    forms.ConsultForm,
    table=workflow.DEEDS,
    template=LINED,
    told=_units,
)
raise_matter = _act(
    "raise",
    lambda: Words(_("据此立一件"), _("存为草稿"), _("已存为草稿，请补齐后报审定。"), _("立成的事项记在问题的页面上；问题仍按自己的时限整改、销号。")),
    lambda row, told, actor, at: raising.raise_matter(problem_id=row.pk, title=told["title"], actor=actor, at=at, expected=_expected(told)),
    forms.RaiseForm,
    table=workflow.DEEDS,
    leads=lambda matter: reverse("matter_edit", args=[matter.pk]),
)
edit = _act(
    "edit",
    lambda: Words(_("修改问题"), _("保存"), _("已保存。")),
    lambda row, told, actor, at: finding.edit_problem(problem_id=row.pk, finding=told["finding"], actor=actor, at=at, expected=_expected(told)),
    forms.ProblemForm,
    table=workflow.DEEDS,
    template="problems/act_units.html",
    told=_units,
)


def _done_refused(row: Measure, actor: Actor) -> LuoshiError | None:
    if row.done_on is not None:
        return RuleBroken(_("这一条措施已经记过完成。"))
    return why_not(workflow.DEEDS, "step")(row.problem, actor)


measure_done = act_view(
    ActPage(
        find=_measure,
        words=lambda row: Words(_("记措施完成"), _("记下来"), _("已记。")),
        call=lambda row, told, actor, at: mending.complete_measure(measure_id=row.pk, done=mending.Done(told["on"], told["words"]), actor=actor, at=at),
        back=lambda row: problem_address(row.problem),
        about=lambda row: row.text,
        form=forms.DoneForm,
        refused=_done_refused,
    )
)


# -- put on the list: by itself, from an inspection, from a matter
def _nothing(actor: Actor, pk: int | None) -> None:
    if not may_register(actor):
        raise Http404


def _inspection(actor: Actor, pk: int | None) -> Inspection:
    if not may_inspect(actor):
        raise Http404
    return get_object_or_404(visible_inspections(actor).filter(unit__in=actor.units), pk=pk)


def _matter(actor: Actor, pk: int | None) -> Matter:
    row = get_object_or_404(visible_matters(actor, few=True).select_related("lead"), pk=pk)
    if not may_register(actor):
        raise Http404
    return row


def _registered(row: Any, told: dict[str, Any], actor: Actor, at: datetime) -> Problem:
    inspection = row if isinstance(row, Inspection) else None
    matter = row if isinstance(row, Matter) else None
    return finding.register_problem(finding=told["finding"], inspection=inspection, matter=matter, actor=actor, at=at)


def _back(row: Any) -> str:
    if isinstance(row, Inspection):
        return reverse("inspection", args=[row.pk])
    return reverse("matter", args=[row.pk]) if isinstance(row, Matter) else reverse("problems")


def _new(find: Callable[[Actor, int | None], Any]) -> View:
    return act_view(
        ActPage(
            find=find, words=lambda row: Words(_("登记问题"), _("登记"), _("已登记，责任单位看得到了。")), call=_registered, back=_back, about=_about, form=forms.ProblemForm,
            template="problems/act_units.html", told=_units, leads=problem_address,
        )
    )  # fmt: skip


new = _new(_nothing)
of_inspection = _new(_inspection)
of_matter = _new(_matter)
