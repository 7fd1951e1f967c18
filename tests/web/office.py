"""An office's own sign-in (OIDC) on this machine, for the tests: it signs what it is told to say, and can be told to cheat."""

import hashlib
import json
import threading
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "luoshi", "between-us"


@cache
def own_key() -> rsa.RSAPrivateKey:
    """The key that an office signs with; one for all tests, to make one takes long."""
    return fresh_key()


def fresh_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Office:
    """Who signs in (``person``, ``sub``), and how the answer differs from an honest one: ``claims`` over the true ones, ``key`` another than published."""

    person: str = "civil.liaison"
    sub: str = "u-1"
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    published: dict[str, Any] = field(default_factory=dict)
    key: rsa.RSAPrivateKey | None = None
    algorithm: str = "RS256"
    moved: bool = False  # the token is to be had elsewhere
    asked: dict[str, str] = field(default_factory=dict)  # the last question of a browser
    own: rsa.RSAPrivateKey = field(default_factory=own_key)

    def __post_init__(self) -> None:
        office = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                office.answer(self)

            do_POST = do_GET

            def log_message(self, *told: Any) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(request.path)
        told = {name: values[0] for name, values in parse_qs(parts.query).items()}
        sent = request.rfile.read(int(request.headers.get("Content-Length") or 0)).decode()
        status, body, location = 200, {}, ""
        if parts.path == "/authorize":
            self.asked = told
            status, location = 302, f"{told['redirect_uri']}?{urlencode({'code': 'once', 'state': told['state']})}"
        elif parts.path == "/token" and self.moved:
            status, location = 307, f"{self.address}/token2"
        elif parts.path.startswith("/token"):
            body = self._tokens({name: values[0] for name, values in parse_qs(sent).items()})
            status = 200 if body else 400
        else:
            body = {"/.well-known/openid-configuration": self._published, "/keys": self._keys, "/userinfo": self._userinfo}[parts.path]()
        request.send_response(status)
        if location:
            request.send_header("Location", location)
        content = json.dumps(body).encode()
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        request.wfile.write(content)

    def _published(self) -> dict[str, Any]:
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys", "userinfo_endpoint": "userinfo"}
        return {"issuer": self.address, **{name: f"{self.address}/{place}" for name, place in places.items()}} | self.published

    def _keys(self) -> dict[str, Any]:
        told = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.own.public_key()))
        return {"keys": [told | {"kid": "one", "alg": "RS256", "use": "sig"}]}

    def _userinfo(self) -> dict[str, Any]:
        return {"sub": self.sub, "preferred_username": self.person, "name": "某人"} | self.userinfo

    def _tokens(self, sent: dict[str, str]) -> dict[str, Any]:
        """Only with the secret that belongs to the challenge, as a server should."""
        challenge = urlsafe_b64encode(hashlib.sha256(sent.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        if sent.get("code") != "once" or challenge != self.asked["code_challenge"] or self.asked["code_challenge_method"] != "S256":
            return {}
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "sub": self.sub, "iat": now, "exp": now + 300, "nonce": self.asked.get("nonce", "")} | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        signer: Any = "" if self.algorithm == "none" else "guessed" * 5 if self.algorithm.startswith("HS") else self.key or self.own
        token = jwt.encode(claims, signer, algorithm=self.algorithm, headers={"kid": "one"})
        return {"access_token": "opaque", "token_type": "Bearer", "expires_in": 300, "id_token": token}
