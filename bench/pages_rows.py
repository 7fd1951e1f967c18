"""An invented ledger of 10,000 matters for ``bench.pages``: ``python -m bench.pages_rows`` in the environment of an installation fills it.

Rows are put there directly, in bulk, as a year of work would leave them: matters in every state, plans with curves and milestones, monthly
reports with values, support, sources, a hashed record of every act. People are signed in without a password; their sessions, and the numbers
of the rows that are asked for, are printed as JSON.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

MATTERS = 10_000
DEPARTMENTS = 40
CLIENTS = 8
THEMES = ("养老", "营商环境", "农村人居", "稳就业", "防汛", "数字政府", "生态环境", "教育")
BATCH = 2_000
CURVE = (10.0, 35.0, 60.0, 85.0)


def main() -> None:
    """Migrate, fill, print what the clients need."""
    from luoshi.cli.serving import set_up

    set_up()
    from luoshi.web.config.serving.tables import migrate

    migrate()
    print(json.dumps(fill(int(sys.argv[1]) if len(sys.argv) > 1 else MATTERS)))


def fill(count: int) -> dict[str, Any]:
    """The whole ledger, of ``count`` matters; answers with cookies of supervisors and liaisons and the numbers of matters."""
    from django.db import connection, transaction
    from django.utils import timezone

    now = timezone.now()
    with transaction.atomic():
        province, departments = _units()
        people = _people([province], "supervisor", now, CLIENTS) + _people(departments, "liaison", now) + _people(departments, "head", now)
        supervisors, liaisons = people[:CLIENTS], people[CLIENTS : CLIENTS + DEPARTMENTS]
        matters = _matters(count, province, departments, supervisors[0], now)
        _sources(matters)
        _work(matters, liaisons, now)
        _records(matters, province, supervisors[0], now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    open_to = {one.pk: [matter.pk for matter in matters if matter.lead_id == one.pk and matter.state == "active"] for one in departments[:CLIENTS]}
    return {
        "supervisors": [_session(user) for user in supervisors],
        "liaisons": [_session(user) for user in liaisons[:CLIENTS]],
        "matters": [matter.pk for matter in matters if matter.state == "active"],
        "reporting": list(open_to.values()),
    }


def _units() -> tuple[Any, list[Any]]:
    from luoshi.web.orgs.models import Unit

    province = Unit.objects.add_root({"code": "LJ", "name": "临江省人民政府", "level": "province", "kind": "government"})
    made = []
    for n in range(DEPARTMENTS):
        fields = {"code": f"LJ-{n:02}", "name": f"临江省第{n + 1}厅", "level": "province", "kind": "department"}
        made.append(Unit.objects.add_child(Unit.objects.get(pk=province.pk), fields))
    return province, made


def _people(units: Sequence[Any], role: str, now: datetime, each: int = 1) -> list[Any]:
    from luoshi.web.orgs.models import Post, User

    places = [unit for unit in units for _ in range(each)]
    rows = [User(username=f"{role}-{n}", name=f"人员{n}", created_at=now, password_changed_at=now) for n in range(len(places))]
    for row in rows:
        row.set_unusable_password()
    made = User.objects.bulk_create(rows)
    Post.objects.bulk_create(Post(user=user, unit=unit, role=role, since=date(2020, 1, 1)) for user, unit in zip(made, places, strict=True))
    return made


def _session(user: Any) -> str:
    """A session as signing in leaves it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store.save()
    return str(store.session_key)


_STATES = ("draft", "issued", "issued", *("active",) * 9, "submitted", "coordinating", "suspended", "accepted", *("closed",) * 4)


def _matters(count: int, province: Any, departments: Sequence[Any], by: Any, now: datetime) -> list[Any]:
    from luoshi.web.ledger.models import Matter

    def row(n: int) -> Matter:
        state, lead = _STATES[(n * 7 + n // DEPARTMENTS) % len(_STATES)], departments[n % DEPARTMENTS]
        begun = now - timedelta(days=60 + n % 240)
        made = Matter(number=f"LJ-{begun.year}-{n:05}", title=f"第{n}项：乡镇区域养老服务中心覆盖率达到85%以上，失能照护机构县县建成", state=state)
        made.task = "把机构建起来、把人员配齐、把制度立住，按季度通报进展，年底前全部投入使用。"
        made.criterion = "民政信息系统覆盖率不低于85%，抽查30处在营"
        made.issuer, made.lead, made.issuer_name, made.lead_name = province, lead, province.name, lead.name
        made.due_on = made.first_due_on = (now + timedelta(days=n * 37 % 330 - 30)).date()
        made.theme, made.category, made.drafted_by, made.created_at = THEMES[n % len(THEMES)], "重点任务", by, begun
        if state != "draft":
            made.issued_at = begun + timedelta(days=1)
        if state not in ("draft", "issued", "coordinating"):
            made.signed_at = begun + timedelta(days=2)
            if n % 5:
                made.cadence, made.plan_kind, made.plan_agreed_at = "monthly", "curve", begun + timedelta(days=4)
        return made

    return Matter.objects.bulk_create((row(n) for n in range(count)), batch_size=BATCH)


def _sources(matters: Sequence[Any]) -> None:
    from luoshi.web.ledger.models import Source, Support

    quote = "到2026年底，乡镇区域养老服务中心覆盖率达到85%以上，县级失能照护机构全部建成。"
    Source.objects.bulk_create((Source(matter=one, kind="typed", quote=quote, cited_as="临政发〔2026〕18号 第二部分（一）") for one in matters), batch_size=BATCH)
    helped = (Support(matter=one, unit_id=matters[(n + 1) % DEPARTMENTS].lead_id, contribution="安排资金", due_on=one.due_on) for n, one in enumerate(matters) if n % 3 == 0)
    Support.objects.bulk_create(helped, batch_size=BATCH)


def _work(matters: Sequence[Any], liaisons: Sequence[Any], now: datetime) -> None:
    """Plans of what is planned, and what was reported: accepted months, then by turns nothing, one that waits, one that came back."""
    from luoshi.web.ledger.models import CurvePoint, Milestone, Reading, Report, Target

    planned = [one for one in matters if one.plan_agreed_at]
    targets = Target.objects.bulk_create((Target(matter=one, indicator="覆盖率", value=85, unit="%", baseline=10) for one in planned), batch_size=BATCH)
    days = [(now + timedelta(days=back)).date() for back in (-120, -60, 0, 60)]
    CurvePoint.objects.bulk_create((CurvePoint(target=one, on=on, value=value) for one in targets for on, value in zip(days, CURVE, strict=True)), batch_size=BATCH)
    steps = ((-40, True), (20, False))
    made = (
        Milestone(matter=one, title="建设清单", due_on=(now + timedelta(days=back)).date(), done_on=now.date() if done and n % 9 else None)
        for n, one in enumerate(planned)
        for back, done in steps
    )
    Milestone.objects.bulk_create(made, batch_size=BATCH)
    authors = dict(zip(dict.fromkeys(one.lead_id for one in matters), liaisons, strict=True))
    reports = Report.objects.bulk_create((row for n, one in enumerate(planned) for row in _reports(n, one, authors[one.lead_id], now)), batch_size=BATCH)
    of = {target.matter_id: target for target in targets}
    values = (Reading(report=one, target=of[one.matter_id], value=20 + one.matter_id % 50, as_of=one.period_end) for one in reports)
    Reading.objects.bulk_create(values, batch_size=BATCH)


def _reports(n: int, matter: Any, author: Any, now: datetime) -> Iterator[Any]:
    from luoshi.web.ledger.models import Report

    ends = [date(now.year + (now.month - back - 1) // 12, (now.month - back - 1) % 12 + 1, 1) - timedelta(days=1) for back in (2, 1, 0)]
    last = ("accepted", "accepted", "filed", "returned", "")[n % 5] if matter.state == "active" else "accepted"
    for end, state in zip(ends, ("accepted", "accepted", last), strict=True):
        if state:
            at = datetime(end.year, end.month, end.day, 2, tzinfo=UTC) + timedelta(days=2)
            text = "本月新开工乡镇区域养老服务中心12处，累计建成43处，床位配齐，人员已培训上岗；下月组织抽查。"
            yield Report(
                matter=matter, unit_id=matter.lead_id, unit_name=matter.lead_name, author=author, state=state, text=text, period_end=end,
                created_at=at, saved_at=at, filed_at=at, reviewed_at=None if state == "filed" else at,
            )  # fmt: skip


def _records(matters: Sequence[Any], province: Any, by: Any, now: datetime) -> None:
    """What was done to each matter, hashed as ``audit.services.record`` does; the counter stands at the last."""
    from luoshi.web.audit.encoding import FIELDS, digest, plain, text_of
    from luoshi.web.audit.models import Counter, Record

    acts = ("matter.draft", "matter.edit", "matter.propose", "matter.approve")
    common = {"actor_id": by.pk, "actor": by.name, "unit_id": province.pk, "unit": province.name, "before": text_of({}), "reason": ""}

    def rows() -> Iterator[Any]:
        seq = 0
        for matter in matters:
            previous = ""
            for act in acts:
                seq += 1
                fields = common | {"seq": seq, "at": matter.created_at, "act": act, "subject": f"matter:{matter.pk}", "previous": previous}
                fields |= {"context": f"matter:{matter.pk}", "after": text_of({"title": matter.title, "due_on": matter.due_on})}
                previous = digest({key: plain(fields[key]) for key in FIELDS})
                yield Record(**fields, hash=previous)

    Record.objects.bulk_create(rows(), batch_size=BATCH)
    Counter.objects.create(pk=1, seq=len(matters) * len(acts))


if __name__ == "__main__":
    sys.exit(main())
