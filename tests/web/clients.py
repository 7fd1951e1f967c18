"""People who press a button again and again at a server that is to be hurt; what they were told, and what stands in the database afterwards.

``python -m tests.web.clients N`` fills the installation of the environment with N people and prints their sessions.
"""

import http.client
import json
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlencode

from django.db import connections
from django.db.utils import load_backend

from tests.web.served import Served, usual

TOKEN = "x" * 32
ROOT = Path(__file__).parent.parent.parent
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def seed(data: Path, people: int, **environment: str) -> list[str]:
    """Sessions of so many supervisors of one office, in an installation that has none."""
    told = usual() | {"LUOSHI_DATA": str(data)} | environment
    return list(json.loads(subprocess.run([sys.executable, "-m", "tests.web.clients", str(people)], env=told, cwd=ROOT, capture_output=True, text=True, check=True).stdout))


class Load:
    """Clients that register instructions until told to end: ``acked`` what was answered by a redirect, ``answers`` how often each status came."""

    def __init__(self, served: Served, sessions: list[str], word: str, pause: float = 0.0) -> None:
        self.served, self.word, self.pause = served, word, pause
        self.acked: list[str] = []
        self.answers: Counter[int] = Counter()
        self.said: dict[int, str] = {}
        self.last = 0.0
        self._ended, self._guard = threading.Event(), threading.Lock()
        self._threads = [threading.Thread(target=self._press, args=(number, session), daemon=True) for number, session in enumerate(sessions)]

    def __enter__(self) -> "Load":
        for one in self._threads:
            one.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        for one in self._threads:
            one.join(60)

    def _press(self, who: int, session: str) -> None:
        number = 0
        while not self._ended.is_set():
            number += 1
            text = f"{self.word}-{who}-{number}"
            status, page = register(self.served, session, text)
            with self._guard:
                self.answers[status] += 1
                if status == 302:
                    self.acked.append(text)
                    self.last = time.monotonic()
                else:
                    self.said[status] = page
            self._ended.wait(self.pause if status == 302 else 0.05)


def register(served: Served, session: str, text: str) -> tuple[int, str]:
    """Register one instruction; status (0: no answer) and page."""
    body = urlencode({"csrfmiddlewaretoken": TOKEN, "once": f"once-{text:->24}", "leader": "高省长", "on": "2026-11-20", "text": text})
    return asked(served, session, "POST", "/instructions/new/", body)


def upload(served: Served, session: str, name: str, lines: int = 20) -> tuple[int, str]:
    """Upload a document of so many lines; status and page."""
    parts = {"csrfmiddlewaretoken": TOKEN, "once": f"upload-{time.monotonic_ns():024}"}
    body = [f'--b\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n' for field, value in parts.items()]
    content = f"{name}\n" + "要抓紧完成。\n" * lines
    body.append(f'--b\r\nContent-Disposition: form-data; name="files"; filename="{name}.txt"\r\nContent-Type: text/plain\r\n\r\n{content}\r\n--b--\r\n')
    return asked(served, session, "POST", "/documents/upload/", "".join(body).encode(), {"Content-Type": "multipart/form-data; boundary=b"})


def asked(served: Served, session: str, method: str, path: str, body: str | bytes | None = None, headers: dict[str, str] = FORM) -> tuple[int, str]:
    """One request of a person."""
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    try:
        connection.request(method, path, body, headers | {"Cookie": f"sessionid={session}; csrftoken={TOKEN}"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()


@contextmanager
def opened(data: Path, address: str = "") -> Iterator[str]:
    """The alias of a connection to an installation that is not the tests' own."""
    from luoshi.web.config.database import database

    told = {**connections["default"].settings_dict, "OPTIONS": {}, **database(address, data)}
    connections["served"] = load_backend(told["ENGINE"]).DatabaseWrapper(told, "served")
    try:
        yield "served"
    finally:
        connections["served"].close()
        del connections["served"]


def lost(acked: list[str], using: str) -> list[str]:
    """What was acknowledged and is not there, or there twice."""
    from luoshi.web.ledger.models import Instruction

    there = Counter(Instruction.objects.using(using).values_list("text", flat=True))
    return [text for text in acked if there[text] != 1]


def harmed(uploaded: list[str], using: str, data: Path) -> list[str]:
    """Of the files that were acknowledged those without a row, or not whole in the store."""
    from luoshi.web.documents.models import Version

    there = dict(Version.objects.using(using).values_list("file_name", "file_sha256"))
    places = {name: data / "files" / there[name][:2] / there[name][2:4] / there[name] for name in uploaded if name in there}
    return [name for name in uploaded if name not in places or not places[name].exists() or sha256(places[name].read_bytes()).hexdigest() != there[name]]


def unread(using: str) -> int:
    """How many files wait to be read, or are being read."""
    from luoshi.web.documents.models import Version

    return Version.objects.using(using).filter(state__in=(Version.QUEUED, Version.READING)).count()


def unsound(using: str) -> list[str]:
    """What is wrong with the database and its audit; nothing where all is well."""
    from luoshi.web.audit.models import Counter as AuditCounter
    from luoshi.web.audit.models import Record
    from luoshi.web.audit.selectors import broken_links
    from luoshi.web.ledger.models import Instruction

    records = list(Record.objects.using(using).order_by("seq"))
    found = [f"record {seq}" for seq in broken_links(records)]
    if [one.seq for one in records] != list(range(1, len(records) + 1)):
        found.append("a gap in the audit")
    if records and AuditCounter.objects.using(using).get().seq != len(records):
        found.append("the counter is not that of the last record")
    if sum(one.act == "instruction.register" for one in records) != Instruction.objects.using(using).count():
        found.append("rows without records, or records without rows")
    if connections[using].vendor == "sqlite":
        with connections[using].cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            found += [word for (word,) in cursor.fetchall() if word != "ok"]
    return found


def _fill(people: int) -> list[str]:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.utils import timezone

    from luoshi.web.common.sessions import SessionStore
    from tests.web import kit

    office = kit.unit("LJ", "临江省人民政府", kind="government")
    sessions = []
    for number in range(people):
        user = kit.person(f"supervisor{number}", f"督查{number}", office, "supervisor")
        user.password_changed_at = timezone.now()
        user.save()
        session = SessionStore()
        session.update({SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: "allauth.account.auth_backends.AuthenticationBackend", HASH_SESSION_KEY: user.get_session_auth_hash()})
        session.set_expiry(timedelta(days=1))
        session.create()
        sessions.append(session.session_key)
    return sessions


if __name__ == "__main__":
    from luoshi.cli.serving import set_up

    set_up()
    print(json.dumps(_fill(int(sys.argv[1]))))
