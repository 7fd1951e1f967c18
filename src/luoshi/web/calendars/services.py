"""Writing the calendar: a notice with all its days at once, and its withdrawal."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.calendars.models import Announcement, Day
from luoshi.web.calendars.selectors import forget_calendar
from luoshi.web.common.actor import Actor


@transaction.atomic
def enter_announcement(*, title: str, year: int, days: Mapping[date, bool], actor: Actor, at: datetime) -> Announcement:
    """A notice of a year with its days: True where people work. Raises RuleBroken without a day, or for days of another year."""
    _must_administer(actor)
    if not days:
        raise RuleBroken(_("没有认出任何日子，没有保存。"), hint=_("请每行写一天，如“2027-01-01 休”。"))
    if strange := [day for day in days if day.year != year and not (day.year == year - 1 and day.month == 12)]:
        raise RuleBroken(_("{day} 不是 {year} 年的日子，请另录那一年的通知。").format(day=min(strange).isoformat(), year=year))
    announcement = Announcement.objects.create(title=title.strip()[:200], year=year, entered_by=actor.name, entered_at=at)
    Day.objects.bulk_create(Day(announcement=announcement, on=on, works=works) for on, works in sorted(days.items()))
    after = {"title": announcement.title, "year": year, "days": {on.isoformat(): works for on, works in sorted(days.items())}}
    record(act="calendar.enter", subject=announcement, actor=actor, at=at, after=after)
    forget_calendar()
    return announcement


@transaction.atomic
def withdraw_announcement(*, announcement_id: int, reason: str, actor: Actor, at: datetime) -> Announcement:
    """A notice that was entered by mistake counts no more; its row stays. Raises RuleBroken where it was withdrawn before, or no reason is given."""
    _must_administer(actor)
    announcement = Announcement.objects.select_for_update().get(pk=announcement_id)
    if announcement.withdrawn_at is not None:
        raise RuleBroken(_("这份通知已经撤下。"), hint=_("请刷新后再看。"))
    if not reason.strip():
        raise RuleBroken(_("请写明理由。"), hint=_("理由会记入审计记录。"))
    announcement.withdrawn_at = at
    announcement.save(update_fields=["withdrawn_at"])
    record(act="calendar.withdraw", subject=announcement, actor=actor, at=at, before={"title": announcement.title, "year": announcement.year}, reason=reason)
    forget_calendar()
    return announcement


def _must_administer(actor: Actor) -> None:
    if actor.administers != "system":
        raise RuleBroken(_("工作日历由系统管理员维护。"))
