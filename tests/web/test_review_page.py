"""The page of the review: every character of the source, the button that adopts, targets line by line."""

import html
import re

from django.test import Client

from luoshi.web.documents import words
from luoshi.web.documents.models import Document, Version
from luoshi.web.ledger.models import Matter
from tests.web import kit
from tests.web.directive import TEXT, fields_of, last


def test_the_page_carries_every_character_of_the_source(document: Document, version: Version, world: kit.World, client: Client) -> None:
    client.force_login(world.people["province.supervisor"], backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/documents/{document.pk}/review/1/").content.decode()
    source = page.partition('id="source"')[2].partition(">")[2].partition("</section>")[0]
    assert re.sub(r"\s", "", html.unescape(re.sub(r"<[^>]+>", "", source))) == re.sub(r"\s", "", TEXT)
    assert "style=" not in page and "onclick" not in page


def test_accepted_items_become_drafts_by_the_button_of_the_page(document: Document, version: Version, world: kit.World, client: Client) -> None:
    client.force_login(world.people["province.supervisor"], backend="allauth.account.auth_backends.AuthenticationBackend")
    address = f"/documents/{document.pk}/review/1/"
    chosen = [one for one in version.drafts.all() if one.grade == "deliverable"]
    sent = fields_of(client.get(address).content.decode(), f'action="{address}bulk/"')
    answer = client.post(f"{address}bulk/", sent | {"act": "accept", "drafts": [f"{one.pk}:{one.changes}" for one in chosen]})
    assert answer.status_code == 302
    adopted = client.post("/matters/adopt/", fields_of(client.get(address).content.decode(), 'action="/matters/adopt/"'), follow=True)
    made = Matter.objects.order_by("pk")
    assert [one.sources.get().draft_id for one in made] == [one.pk for one in chosen] and all(one.state == "draft" for one in made)
    assert adopted.redirect_chain[0][0].startswith("/matters/drafts/") and made[0].number in adopted.content.decode()
    page = client.get(address).content.decode()
    assert page.count("已转为事项") == len(chosen) and 'action="/matters/adopt/"' not in page


def test_a_mark_says_what_a_target_measures(document: Document, version: Version, world: kit.World, client: Client) -> None:
    client.force_login(world.people["province.supervisor"], backend="allauth.account.auth_backends.AuthenticationBackend")
    page = re.sub(r"<[^>]+>", " ", client.get(f"/documents/{document.pk}/review/1/").content.decode())
    assert re.search(r"目标\s+乡镇区域养老服务中心覆盖率 ≥85%", page)
    assert words.aim({"indicator": "规模化供水工程覆盖农村人口的比例", "value": 65.0, "unit": "%", "comparator": "≥"}) == "规模化供水工程覆盖农村人口的比例 ≥65%"
    assert words.aim({"indicator": "全省规模化供水工程覆盖农村人口的比例", "value": 65.0, "unit": "%", "comparator": "≥"}) == "…模化供水工程覆盖农村人口的比例 ≥65%"


def test_targets_are_edited_line_by_line(document: Document, version: Version, world: kit.World, client: Client) -> None:
    client.force_login(world.people["province.supervisor"], backend="allauth.account.auth_backends.AuthenticationBackend")
    draft = next(one for one in version.drafts.all() if len(one.details["targets"]) == 2)
    read, address = draft.details["targets"], f"/documents/drafts/{draft.pk}/edit/"

    def sent(**changed: str) -> dict[str, str]:
        page = client.get(address).content.decode()
        found = {name: value for name, [value] in fields_of(page, 'class="card form"').items()} | {"grade": draft.grade, "kind": draft.kind}
        for n, one in enumerate([*read, {"indicator": "", "comparator": "≥", "value": "", "unit": ""}]):
            found |= {f"targets-{n}-{name}": str(one[name]).removesuffix(".0") for name in ("indicator", "comparator", "value", "unit")}
        return found | changed

    assert client.post(address, sent()).status_code == 302
    draft.refresh_from_db()
    assert draft.details["targets"] == read
    wrong = client.post(address, sent(**{"targets-2-indicator": "床位"}))
    assert wrong.status_code == 200 and "指标和数值要一起填" in wrong.content.decode() and 'value="床位"' in wrong.content.decode()
    changed = {"targets-0-indicator": "", "targets-0-value": "", "targets-1-value": "90", "targets-2-indicator": "床位", "targets-2-value": "1.5", "targets-2-unit": "万张"}
    assert client.post(address, sent(**changed)).status_code == 302
    draft.refresh_from_db()
    last(act="draft.edit")
    first, second = draft.details["targets"]
    assert (first["value"], first["entered"], first["indicator"]) == (90.0, True, read[1]["indicator"]) and second["text"] == "床位≥1.5万张"
