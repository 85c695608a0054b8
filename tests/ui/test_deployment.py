"""The deployment of real processes: two apps, one database, and nginx where it is installed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import yaml

from benchmarks.own_postgres import find_postgres
from deploy.loopback import HERE, Deployed, deployed
from interviewer.wiring.settings import VARIABLES
from tests.conftest import ROOT

FORM = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """Run everything on the loopback."""
    if find_postgres() is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    folder = tmp_path_factory.mktemp("deployed")
    with deployed(folder, INTERVIEWER_KEEP_DAYS="30", INTERVIEWER_CONTACT="Dana, room 7") as made:
        yield made


def test_two_processes_serve_one_installation(running: Deployed) -> None:
    """What is said to one is known to the other, and goes on when one of them has died."""
    with httpx.Client(base_url=running.address, headers=FORM, timeout=60) as browser:
        browser.get("/research")
        assert "Dana, room 7" in browser.get("/privacy").text
        told = {"strengths": "zugunruhe", "company": "brightwell"}
        assert browser.post("/self", data=told).status_code == 303
        cookies = dict(browser.cookies)
        for port in running.ports:
            address = f"http://127.0.0.1:{port}"
            own = httpx.get(f"{address}/privacy/mine.jsonl", cookies=cookies, timeout=60)
            assert "zugunruhe" in own.text
            assert httpx.get(f"{address}/readyz").json()["database"] == "ok"
            assert "http_server_request_duration" in httpx.get(f"{address}/metrics").text
        if running.proxied:
            assert {browser.get(path).status_code for path in ("/metrics", "/readyz")} == {404}
            running.apps[0].kill()
            running.apps[0].wait()
            for _ in range(4):
                assert "zugunruhe" in browser.get("/privacy/mine.jsonl").text


def test_what_compose_and_nginx_name_is_there() -> None:
    """Settings in the compose file are settings, and nginx gets all names that its file has."""
    compose = (HERE / "compose.yaml").read_text(encoding="utf-8")
    services = yaml.safe_load(compose)["services"]
    assert set(services) == {"one", "two", "database", "model", "web"}
    assert all("no-new-privileges:true" in each["security_opt"] for each in services.values())
    assert all(services[name]["read_only"] for name in ("one", "two", "model", "web"))
    assert set(re.findall(r"\b(INTERVIEWER_[A-Z_]+)\b", compose)) <= VARIABLES
    wanted = set(re.findall(r"\$\{([A-Z_]+)\}", (HERE / "nginx.conf").read_text(encoding="utf-8")))
    assert wanted == {"APP_ONE", "APP_TWO", "LISTEN", "HOST"}
    assert all(f"{name}:" in compose for name in wanted)
    named = set(re.findall(r"\$\{([A-Z_]+)[:}]", compose))
    example = (HERE / "example.env").read_text(encoding="utf-8")
    assert named == set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    assert "chroma" not in re.sub(r"#.*", "", compose).casefold()


def test_the_container_is_nobody_special() -> None:
    """It runs as a user without rights, looks after itself, and installs what is locked only."""
    text = (HERE / "Containerfile").read_text(encoding="utf-8")
    last = text.rpartition("FROM ")[2]
    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)
    assert "HEALTHCHECK" in last
    installs = re.findall(r"pip install [^\n&]*", text)
    assert all("--require-hashes" in line or "--no-deps" in line for line in installs)
    copied = {word for line in re.findall(r"^COPY (?!--from)(.*) \S+$", text, re.MULTILINE)
              for word in line.split()}  # fmt: skip
    assert all((ROOT / name).exists() for name in copied)


def test_every_setting_is_in_the_reference() -> None:
    """The page on deployment names each of them, and none that is not read."""
    text = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    _, _, reference = text.partition("## Settings")
    assert set(re.findall(r"`(INTERVIEWER_[A-Z_]+)`", reference)) == VARIABLES


def test_what_the_container_installs_is_what_is_tested() -> None:
    """Each package of its lock file has the version of the tests' lock file."""

    def versions(path: Path) -> dict[str, str]:
        return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", path.read_text("utf-8"), re.MULTILINE))

    ours, tested = versions(HERE / "requirements.lock"), versions(ROOT / "requirements-test.lock")
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert {"postgres", "metrics", "redact"} <= set(extras["optional-dependencies"])
    assert {"psycopg", "prometheus-client", "phonenumbers"} <= set(ours)
    assert {name for name in ours if tested.get(name, ours[name]) != ours[name]} == set()
