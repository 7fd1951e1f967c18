"""A disk that is full, a database that is away: what is told then, and how nothing that was typed is lost.

The page needs no database. It shows what was typed and sends it again, with the key of the same form: what had taken effect after all is
not done twice.
"""

import errno
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import Error as DatabaseFault
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.template.loader import render_to_string

from luoshi.text.language import _, current_language

FULL = (errno.ENOSPC, errno.EDQUOT)
DISK_FULL = "53100"  # PostgreSQL's code
RETRY_SECONDS = 10
SILENT = ("csrfmiddlewaretoken", "once", "expected")
"""Fields that nobody typed."""
log = logging.getLogger("luoshi.web")


@dataclass(frozen=True, slots=True)
class Outage:
    """What is wrong with the machine, its status, and what to do next."""

    status: int
    title: str
    message: str
    hint: str


def outage_of(error: BaseException | None) -> Outage | None:
    """The outage behind an error; None where the error is something else."""
    led = list(causes(error))
    if any(is_full(one) for one in led):
        message = _("服务器的磁盘已满，这次没有存上。以前存的都在，仍可查看。")
        return Outage(507, _("没有存上"), message, _("请告诉系统管理员腾出磁盘空间，然后再次提交。"))
    if any(isinstance(one, OperationalError | InterfaceError) for one in led):
        message = _("数据库暂时连不上或者太忙，这次没有确认办成。")
        return Outage(503, _("暂时不能办理"), message, _("多半一会儿就好：请稍等再试；重复提交不会办两次。一直这样的，请告诉系统管理员。"))
    return None


def is_full(error: BaseException) -> bool:
    """True where no room is left on a disk, of this machine or of the database's. SQLite says so of its shared memory as an error of the disk."""
    if isinstance(error, OSError):
        return error.errno in FULL
    if isinstance(error, DatabaseFault):
        return "database or disk is full" in str(error) or "disk I/O error" in str(error) or getattr(error.__cause__, "sqlstate", "") == DISK_FULL
    return False


def outage_page(request: HttpRequest, outage: Outage) -> HttpResponse:
    """The page, or a piece of one where htmx asked."""
    log.error("%s at %s: %s", outage.status, request.path, outage.message)
    told = {"title": outage.title, "message": outage.message, "hint": outage.hint, "language": current_language()}
    if request.headers.get("HX-Request"):
        page = render_to_string("common/error_piece.html", told)
    else:
        fields, files = _sent(request)
        typed = [value for name, value in fields if name not in SILENT and value.strip() and not value.isdecimal()]  # a number alone is most often a choice's
        page = render_to_string("common/outage.html", told | {"path": request.get_full_path(), "fields": fields, "typed": typed, "files": files})
    return HttpResponse(page, status=outage.status, headers={"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"})


def _sent(request: HttpRequest) -> tuple[list[tuple[str, str]], bool]:
    """Every field of the form that was sent, and whether there were files with it; nothing of pages about the account: a password is not shown."""
    if request.method != "POST" or request.path.startswith("/account/"):
        return [], False
    try:
        return [(name, value) for name, values in request.POST.lists() for value in values], bool(request.FILES)
    except (OSError, RawPostDataException):  # it was the upload itself that found no room
        return [], True


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and what led to it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
