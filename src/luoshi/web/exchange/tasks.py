"""Background work: a large table takes effect. Run twice, the second finds it done."""

import logging

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from luoshi.text import Conflict, LuoshiError
from luoshi.text.language import _
from luoshi.web.exchange.bringing import plan_of
from luoshi.web.exchange.importing.apply import apply
from luoshi.web.exchange.models import IncomingTable
from luoshi.web.exchange.services import keeping
from luoshi.web.orgs.actors import actor_of

log = logging.getLogger("luoshi.web")


@task
def apply_table(table_id: int) -> None:
    """Do what was previewed and confirmed, all of it or nothing; a fault is kept as a sentence."""
    table = IncomingTable.objects.select_related("user").filter(pk=table_id, state=IncomingTable.QUEUED).first()
    if table is None:
        return
    on, at = timezone.localdate(), timezone.now()
    actor = actor_of(table.user, on, unit_id=table.unit_id)
    try:
        with transaction.atomic():
            plan = plan_of(table, actor, on)
            if plan.digest != table.chosen.get("digest"):
                raise Conflict(_("预览之后数据有了变化，还没有导入。"), hint=_("请看过新的预览再确认。"))
            done = apply(plan, name=table.name, actor=actor, at=at, on=on)
            keeping.finish_table(table_id=table.pk, done=done, skipped=len(plan.wrong), actor=actor, at=at)
    except LuoshiError as error:
        keeping.fail_table(table_id=table.pk, fault=str(error), actor=actor, at=at)
    except Exception:  # the boundary of the task: a table never stays "being imported"
        log.exception("table %s cannot be imported", table_id)
        keeping.fail_table(table_id=table.pk, fault=_("导入时系统出错，没有导入任何内容。请重试一次；仍不行，请告诉管理员。"), actor=actor, at=at)
