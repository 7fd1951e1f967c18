"""The peer of ``bench.pages``: as little Django as answers the same question, on the same rows, in the same server.

No session, no middleware, no language: three queries and a table of 50 rows, padded to the size in bytes that ``?bytes=`` asks for; a POST
inserts one row in a transaction and redirects. ``python -m bench.pages_bare`` serves it in the environment of an installation that was filled, once ``python -m bench.pages_bare table`` has
made the table that it writes to.
"""

import os
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

PAGE = """<!DOCTYPE html><html lang="zh-Hans"><title>台账</title><p>{{ count }} · {% for state, n in states %}{{ state }} {{ n }} {% endfor %}</p>
<table>{% for row in rows %}<tr><td>{{ row.number }}</td><td>{{ row.title }}</td><td>{{ row.lead.name }}</td><td>{{ row.due_on }}</td><td>{{ row.state }}</td><td>{{ filler }}</td></tr>
{% endfor %}</table></html>"""
ROWS = 50


def application() -> Callable[..., object]:
    """The entry of one process: Django with one view."""
    from luoshi.web.config.serving.processes import end_with_parent

    end_with_parent()
    _configure()
    from django.core.wsgi import get_wsgi_application

    made = get_wsgi_application()
    _models()
    return made


def make_table() -> None:
    """The table that the POST writes to, in a process that does not serve."""
    _configure()
    from django.db import connection

    with connection.schema_editor() as editor:
        editor.create_model(_models()["note"])


def _configure() -> None:
    from luoshi.web.config.database import database, prefer_own_sqlite
    from luoshi.web.config.options import data_folder, options

    prefer_own_sqlite()
    import django
    from django.conf import settings

    template = {"BACKEND": "django.template.backends.django.DjangoTemplates"}
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={"default": database(options()["database"], data_folder())},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        MIDDLEWARE=[],
        ROOT_URLCONF=__name__ if __name__ != "__main__" else "bench.pages_bare",
        SECRET_KEY="not a secret",
        TEMPLATES=[template],
        USE_TZ=True,
    )
    django.setup()


@cache
def _models() -> dict[str, Any]:
    """The rows of the ledger as another program would see them, and a table of its own."""
    from django.db import models

    class Unit(models.Model):
        name = models.CharField(max_length=120)

        class Meta:
            app_label, managed, db_table = "bare", False, "orgs_unit"

    class Row(models.Model):
        number = models.CharField(max_length=50)
        title = models.CharField(max_length=200)
        state = models.CharField(max_length=14)
        due_on = models.DateField()
        lead = models.ForeignKey(Unit, models.PROTECT)

        class Meta:
            app_label, managed, db_table = "bare", False, "ledger_matter"

    class Note(models.Model):
        row = models.BigIntegerField(db_index=True)
        text = models.TextField()
        at = models.DateTimeField(auto_now_add=True)

        class Meta:
            app_label, db_table = "bare", "bare_note"

    return {"row": Row, "note": Note}


def _table(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_page(_filler(int(request.GET["bytes"]))))


def _page(filler: str) -> str:
    from django.db.models import Count

    rows = _models()["row"].objects
    told = {"count": rows.count(), "states": rows.values_list("state").annotate(n=Count("pk")).order_by("state"), "filler": filler}
    return str(_template().render(told | {"rows": rows.select_related("lead").order_by("due_on", "pk")[:ROWS]}))


@cache
def _template() -> Any:
    from django.template import engines

    return engines["django"].from_string(PAGE)


@cache
def _filler(size: int) -> str:
    return "x" * max(0, (size - len(_page("").encode())) // ROWS)


def _insert(request: HttpRequest) -> HttpResponse:
    from django.db import transaction

    with transaction.atomic():
        made = _models()["note"].objects.create(row=int(request.POST["row"]), text=request.POST["text"])
    return HttpResponseRedirect(f"/?bytes=1000&note={made.pk}")


def answer(request: HttpRequest) -> HttpResponse:
    """The table, or one row more."""
    return _insert(request) if request.method == "POST" else _table(request)


urlpatterns = [path("", answer)]


def main() -> None:
    """Serve, as ``luoshi serve`` serves its pages."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from luoshi.web.config.serving.processes import THREADS, end_with_parent, page_processes

    end_with_parent()
    Granian(
        "bench.pages_bare:application",
        address="127.0.0.1",
        port=int(os.environ["LUOSHI_PORT"]),
        interface=Interfaces.WSGI,
        workers=page_processes(),
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
        factory=True,
    ).serve()


if __name__ == "__main__":
    make_table() if sys.argv[1:] == ["table"] else main()
