"""Many at once: no update is lost and the loser sees both texts; what is sent three times takes effect once."""

import random
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from luoshi.web.audit.models import Record
from luoshi.web.audit.selectors import broken_links
from luoshi.web.ledger.models import Instruction, Matter
from tests.proving import share
from tests.web import kit

CLIENTS, MATTERS = 32, 10
EDITS = share(960)
SENT = share(2_000)

pytestmark = pytest.mark.prove


def _client(world: kit.World, person: str) -> Client:
    client = Client()
    client.force_login(world.people[person], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.usefixtures("open_tables")
def test_no_update_is_lost_and_the_loser_sees_both_texts() -> None:
    world = kit.world()
    rows = [kit.matter(world).pk for _ in range(MATTERS)]
    clients = [_client(world, "province.supervisor") for _ in range(CLIENTS)]
    outcomes: Counter[str] = Counter()
    guard = Lock()

    def edit(n: int) -> None:
        pk, words = random.Random(n).choice(rows), f"办结标准第 {n} 稿"
        try:
            seen = Matter.objects.get(pk=pk)
            sent = {"expected": seen.changes, "title": seen.title, "lead": "临江省民政厅", "criterion": words}
            answer = clients[n % CLIENTS].post(reverse("draft_row", args=[pk]), sent, headers={"HX-Request": "true"})
            page = answer.content.decode()
            with guard:
                assert answer.status_code == 200, (answer.status_code, page)
                if "刚刚被别人改过" in page:
                    outcomes["lost"] += 1
                    assert words in page and len(set(re.findall("办结标准第 [0-9]+ 稿", page))) >= 2, page
                else:
                    outcomes["kept"] += 1
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CLIENTS) as pool:
        for done in [pool.submit(edit, n) for n in range(EDITS)]:
            done.result()
    assert outcomes.total() == EDITS
    kept = Record.objects.filter(act="matter.edit").count()
    assert kept == outcomes["kept"]
    assert sum(Matter.objects.values_list("changes", flat=True)) == MATTERS + kept
    assert broken_links(list(Record.objects.all())) == []


@pytest.mark.usefixtures("open_tables")
def test_what_is_sent_three_times_takes_effect_once() -> None:
    world = kit.world()
    clients = [_client(world, "province.supervisor") for _ in range(8)]
    answers: dict[int, set[str]] = {n: set() for n in range(SENT)}
    guard = Lock()

    def send(n: int, which: int) -> None:
        try:
            sent = {"once": f"send-{n:08}-{'x' * 12}", "leader": "高省长", "on": "2026-11-20", "text": f"第 {n} 件，请抓紧。"}
            answer = clients[which % 8].post(reverse("instruction_new"), sent)
            assert answer.status_code == 302, answer.content.decode()[:3000]
            with guard:
                answers[n].add(answer.headers["Location"])
        finally:
            connections.close_all()

    order = [(n, which) for n in range(SENT) for which in range(3)]
    random.Random(7).shuffle(order)
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(send, n, which + n) for n, which in order]:
            done.result()
    assert Instruction.objects.count() == SENT
    assert Record.objects.filter(act__startswith="instruction.").count() == SENT
    assert all(len(where) == 1 for where in answers.values())
