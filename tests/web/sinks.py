"""A mail server and a robot's server of this machine that keep what they are sent, for the tests of the outbox."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TAKING = b'{"errcode": 0, "code": 0}'


class Mailbox(socketserver.ThreadingTCPServer):
    """SMTP, as much as a client needs. ``taken``: mails as they came; ``refuses``: how many more are refused."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.taken: list[bytes] = []
        self.refuses = 0

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


class _Session(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        self._say("220 sink")
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].upper()
            if word == "DATA":
                self._say("354 go on")
                text = b"".join(iter(self.rfile.readline, b".\r\n"))
                if self.server.refuses > 0:
                    self.server.refuses -= 1
                    self._say("451 later")
                else:
                    self.server.taken.append(text)
                    self._say("250 taken")
            elif word == "QUIT":
                self._say("221 bye")
                break
            else:
                self._say("250 sink")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class Robot(ThreadingHTTPServer):
    """Robots of any kind by one address. ``taken``: (path, number in the header, body); ``answers``: what the next are answered before all is well."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.taken: list[tuple[str, str, dict[str, Any]]] = []
        self.answers: list[tuple[int, bytes]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Answer(BaseHTTPRequestHandler):
    server: Robot

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status, answer = self.server.answers.pop(0) if self.server.answers else (200, TAKING)
        if answer == TAKING:
            self.server.taken.append((self.path, self.headers["X-Luoshi-Number"], body))
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *told: Any) -> None:
        """Quiet."""


@contextmanager
def running(server: Any) -> Iterator[Any]:
    """A server while it is needed."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
