"""An OpenID Connect service on the loopback, which keeps to the rules or breaks one of them."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

CLIENT, SECRET = "three-rounds", "hush"


@dataclass
class OpenIdServer:
    """The service, and what it does wrong.

    Attributes:
        address: Its issuer.
        fault: What it does wrong, empty for nothing.
        person: Claims of whoever signs in there.
        asked: Paths that were asked for.
    """

    address: str = ""
    fault: str = ""
    person: dict[str, object] = field(default_factory=lambda: {"sub": "u1", "name": "Ann Lee"})
    asked: list[str] = field(default_factory=list)
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "one"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def let_in(self, address: str) -> str:
        """Sign in, as a browser that was sent here; return the address it is sent back to."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        assert "openid" in query["scope"].split()
        code = f"code{len(self.codes)}"
        self.codes[code] = query
        answer = {"code": code, "state": query["state"]}
        if self.fault == "denied":
            answer = {"error": "access_denied", "state": query["state"]}
        if self.fault == "another's state":
            answer["state"] = "x" * 64
        return f"{query['redirect_uri']}?{urlencode(answer)}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, object]]:
        """Return what the token endpoint answers; a code is good once."""
        query = self.codes.pop(form.get("code", ""), None)
        proved = base64.urlsafe_b64encode(
            hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        ).rstrip(b"=")
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        known = authorization == f"Basic {basic}"
        if query is None or not known or proved.decode() != query["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        if self.fault == "no token":
            return 200, {"access_token": "a", "token_type": "Bearer"}
        signed = self._signed(query["nonce"])
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": signed}

    def _signed(self, nonce: str) -> str:
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "exp": now + 300, "iat": now,
                  "nonce": nonce, **self.person}  # fmt: skip
        claims |= {
            "another's token": {"aud": "somebody-else"}, "old": {"exp": now - 900},
            "another issuer": {"iss": "https://else.example"}, "replayed": {"nonce": "before"},
            "nobody": {"sub": ""},
        }.get(self.fault, {})  # fmt: skip
        header = {"alg": "ES256", "kid": "one"}
        if self.fault == "unsigned":
            body = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
            return f"eyJhbGciOiJub25lIn0.{body}."  # {"alg":"none"}
        if self.fault == "shared secret":
            secret = OctKey.import_key(SECRET * 16)
            return jwt.encode({"alg": "HS256"}, claims, secret, algorithms=["HS256"])
        key = self.key
        if self.fault == "another's key":
            key = ECKey.generate_key("P-256", {"kid": "one"})
        return jwt.encode(header, claims, key, algorithms=["ES256"])

    def about(self) -> dict[str, object]:
        """Return what the service says of itself."""
        at = "http://plain.example" if self.fault == "unsafe" else self.address
        return {
            "issuer": "https://else.example"
            if self.fault == "speaks for others"
            else self.address,
            "authorization_endpoint": f"{at}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
        }


@contextmanager
def openid_server() -> Iterator[OpenIdServer]:
    """Run the service."""
    service = OpenIdServer()

    class Wire(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            service.asked.append(self.path)
            keys = {"keys": [service.key.as_dict(private=False)]}
            known = {"/.well-known/openid-configuration": service.about(), "/keys": keys}
            broken = service.fault == "no answer"
            self._answer(500 if broken else 200, {} if broken else known[self.path])

        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            form = parse_qs(self.rfile.read(length).decode())
            given = {name: values[0] for name, values in form.items()}
            self._answer(*service.token(given, self.headers.get("authorization", "")))

        def _answer(self, status: int, document: dict[str, object]) -> None:
            body = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Wire)
    service.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
