"""Addresses of rows are those that ``reverse`` gives."""

import pytest
from django.urls import reverse

from luoshi.web.common.addresses import row_address
from luoshi.web.ledger.must_do import KINDS


@pytest.mark.parametrize("name", sorted({kind.address for kind in KINDS.values()} | {"matter_ladder", "rung_reply", "matter_comment"}))
@pytest.mark.parametrize("pk", [1, 200_000])
def test_an_address_of_a_row(name: str, pk: int) -> None:
    assert row_address(name, pk) == reverse(name, args=[pk])
