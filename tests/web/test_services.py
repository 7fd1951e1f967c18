"""All services together: each is called by some test, and each call writes exactly one record (``counting`` watches every call)."""

import os
from importlib import import_module

import pytest

from luoshi.web.audit.exempt import EXEMPT
from tests.web import counting

APART = ("_browser.py", "test_serving.py", "test_hostile_uploads.py")
"""Files that ``make test`` runs beside the others: they drive processes of their own, or call what others call."""


def test_exemptions_name_what_there_is() -> None:
    for module, _, name in (one.name.rpartition(".") for one in EXEMPT if ".services." in one.name):
        assert callable(getattr(import_module(f"luoshi.web.{module}"), name))
    assert all(one.why for one in EXEMPT)


def test_every_service_was_called_and_wrote_one_record(request: pytest.FixtureRequest) -> None:
    whole = {item.path.name for item in request.session.items}
    here = {path.name for path in request.path.parent.glob("test_*.py") if not path.name.endswith(APART)}
    if not os.environ.get("LUOSHI_CI") and (not here <= whole or request.config.getoption("keyword") or request.config.getoption("lf")):
        pytest.skip("only a part of the tests was asked for")
    assert len(counting.SERVICES) > 50
    assert sorted(set(counting.SERVICES) - set(counting.SEEN)) == []
