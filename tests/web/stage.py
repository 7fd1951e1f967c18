"""A matter that is worked on, and short ways to do what people do, for the tests from the signature to the closing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.web.ledger.models import Extension, Matter, Message, Plan, Report, Support
from luoshi.web.ledger.plans import PlanContent, Step
from luoshi.web.ledger.services import closing, evidencing, extending, planning, reporting, talking
from luoshi.web.ledger.services.reporting import ReportContent
from luoshi.web.ledger.workflow import State
from tests.web import kit

PDF = b"%PDF-1.7\n%%EOF"
PLAN = PlanContent("monthly", (Step("方案印发", date(2026, 11, 30)), Step("全部开工", date(2026, 12, 20))))
SAID = ReportContent("新增41个中心", problems="资金未到位")
FINAL = ReportContent("覆盖率86%，抽查30处在营", final=True)



@dataclass
class Stage:
    """A matter that is worked on, and short ways to do what people do."""

    world: kit.World
    matter: Matter

    def do(self, service: Callable[..., Any], who: str, **told: Any) -> Any:
        return service(actor=self.world.actor(who), at=kit.NOW, **told)

    def matter_id(self) -> dict[str, Any]:
        return {"matter_id": self.matter.pk}

    def report(self, who: str = "civil.liaison") -> Report:
        report: Report = self.do(reporting.begin_report, who, matter_id=self.matter.pk)
        return report

    def filed(self, content: ReportContent = SAID, who: str = "civil.head") -> Report:
        report: Report = self.do(reporting.file_report, who, report_id=self.report(who).pk, content=content)
        return report

    def with_evidence(self, report: Report, who: str = "civil.liaison", name: str = "核查表.pdf", content: bytes = PDF) -> Report:
        self.do(evidencing.attach_evidence, who, report_id=report.pk, name=name, content=content, dated_on=None)
        return report

    def submitted(self) -> Report:
        report = self.with_evidence(self.report())
        self.do(reporting.file_report, "civil.liaison", report_id=report.pk, content=FINAL)
        self.do(closing.submit_matter, "civil.head", report_id=report.pk)
        return report

    def planned(self) -> Plan:
        plan: Plan = self.do(planning.propose_plan, "civil.liaison", matter_id=self.matter.pk, content=PLAN)
        return plan

    def asked(self, who: str = "civil.head") -> Extension:
        asked: Extension = self.do(extending.ask_extension, who, matter_id=self.matter.pk, new_due_on=date(2027, 2, 1), reason="雨季停工")
        return asked

    def supporter(self) -> Support:
        return Support.objects.get_or_create(matter=self.matter, unit=self.world.units["finance"], unit_name="临江省财政厅")[0]

    def asked_supporter(self) -> Support:
        told = {"support_id": self.supporter().pk, "contribution": "安排奖补资金", "due_on": date(2026, 12, 10)}
        support: Support = self.do(planning.ask_support, "civil.liaison", matter_id=self.matter.pk, **told)
        return support

    def state(self, state: State) -> None:
        Matter.objects.filter(pk=self.matter.pk).update(state=state)

    def fresh(self) -> Matter:
        return Matter.objects.get(pk=self.matter.pk)


def reminder(stage: Stage) -> Message:
    told: Message = stage.do(talking.remind, "province.supervisor", matter_id=stage.matter.pk, to_unit_id=stage.world.units["civil"].pk, text="请报十月进展")
    return told


def comment(stage: Stage) -> Message:
    said: Message = stage.do(talking.comment, "province.leader", matter_id=stage.matter.pk, text="请说明资金缺口")
    return said


def with_head(stage: Stage) -> Report:
    report: Report = stage.do(reporting.file_report, "civil.liaison", report_id=stage.report().pk, content=SAID)
    return report
