"""Looked at from outside: alive, ready, measured; and nobody's words in what is measured."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import gradio as gr
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from interviewer.errors import SetupError
from interviewer.ui.desk import Desk, open_desk
from interviewer.ui.forgetful import ForgetfulPage
from interviewer.ui.observing import LEAST_FREE, add_observing
from interviewer.wiring import Settings, prepare_home
from tests.conftest import ROOT


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return the rooms below."""
    settings = Settings.from_environment({"INTERVIEWER_HOME": str(tmp_path)})
    prepare_home(settings)
    made = open_desk(settings)
    yield made
    made.store.close()


def client(desk: Desk, home: Path, **more: str) -> TestClient:
    """Return a machine that looks at the app from the loopback."""
    app = FastAPI()
    settings = Settings.from_environment({"INTERVIEWER_HOME": str(home), **more})
    add_observing(app, desk, settings)
    return TestClient(app, client=("127.0.0.1", 5))


def test_ready_means_that_a_turn_could_be_held(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that is gone and a full disk are told apart; alive it is all the same."""
    machine = client(desk, tmp_path)
    assert machine.get("/readyz").json() == {"database": "ok", "content": "ok", "disk": "ok"}
    assert machine.get("/metrics").status_code == 404
    full = type("Full", (), {"free": LEAST_FREE - 1})
    monkeypatch.setattr("interviewer.ui.observing.shutil.disk_usage", lambda _: full)
    (tmp_path / "interviews.sqlite3").rename(tmp_path / "elsewhere")
    answer = machine.get("/readyz")
    assert (answer.status_code, answer.json()) == (
        503, {"database": "down", "content": "ok", "disk": "full"},
    )  # fmt: skip
    assert machine.get("/healthz").text == "ok"


def test_metrics_are_for_this_machine_unless_said_otherwise(desk: Desk, tmp_path: Path) -> None:
    """Who asks through a proxy asks for somebody else; `all` is the operator's word."""
    here = client(desk, tmp_path, INTERVIEWER_METRICS="on")
    assert here.get("/metrics").text.startswith("# HELP")
    assert here.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404
    away = TestClient(here.app, client=("203.0.113.9", 5))
    assert away.get("/metrics").status_code == 404
    everybody = client(desk, tmp_path, INTERVIEWER_METRICS="all")
    assert TestClient(everybody.app, client=("203.0.113.9", 5)).get("/metrics").status_code == 200


@pytest.mark.parametrize("name", ["LOG", "LOG_LEVEL", "TELEMETRY", "METRICS"])
def test_a_setting_that_is_none_is_refused_by_name(name: str) -> None:
    """It says what may be written."""
    with pytest.raises(SetupError, match=f"INTERVIEWER_{name}.*one of"):
        Settings.from_environment({f"INTERVIEWER_{name}": "perhaps"})


PROGRAM = """
import asyncio, json
from opentelemetry import metrics, trace
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from interviewer.interview.delivery import SpeechFault
from interviewer.models.naming import Access, understood
from interviewer.models.telemetry import calling, count_turn

spans, reader = InMemorySpanExporter(), InMemoryMetricReader()
provider = TracerProvider(); provider.add_span_processor(SimpleSpanProcessor(spans))
trace.set_tracer_provider(provider)
metrics.set_meter_provider(MeterProvider(metric_readers=[reader]))
model = understood("openai:gpt-x", Access(address="https://llm.example/v1"))
with calling(model, purpose="turn") as call:
    call.counts({"input": 120, "output": 30})
for error in (SpeechFault("timeout"), ValueError("zugunruhe")):
    try:
        with calling(model, purpose="form"):
            raise error
    except (SpeechFault, ValueError):
        pass
count_turn("openai:gpt-x"); count_turn("builtin", "timeout")
print(json.dumps({"spans": [json.loads(s.to_json()) for s in spans.get_finished_spans()],
                  "metrics": json.loads(reader.get_metrics_data().to_json())}))
"""


def test_a_call_of_a_model_is_told_by_the_conventions() -> None:
    """Model, provider, server, tokens and cause; no word of what was sent, said or raised."""
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "zugunruhe" not in ran.stdout + ran.stderr
    told = json.loads(ran.stdout)
    first, late, odd = told["spans"]
    assert first["name"] == "chat gpt-x"
    assert first["attributes"] == {
        "gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "gpt-x", "interviewer.purpose": "turn",
        "server.address": "llm.example", "gen_ai.usage.input_tokens": 120,
        "gen_ai.usage.output_tokens": 30,
    }  # fmt: skip
    assert [span["attributes"]["error.type"] for span in (late, odd)] == ["timeout", "ValueError"]
    assert [span["events"] for span in told["spans"]] == [[], [], []]
    names = str(told["metrics"])
    for name in ("gen_ai.client.operation.duration", "gen_ai.client.token.usage",
                 "interviewer.turns"):  # fmt: skip
        assert name in names


def test_an_event_that_fails_prints_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Gradio would print the exception; here it is logged without its text, and told without."""

    async def fails(_: gr.Blocks) -> None:
        raise ValueError("zugunruhe")

    monkeypatch.setattr(gr.Blocks, "call_function", fails)
    with pytest.raises(gr.Error) as refused:
        asyncio.run(ForgetfulPage.call_function(object.__new__(ForgetfulPage)))
    assert (refused.value.print_exception, "zugunruhe" in str(refused.value)) == (False, False)
    assert "zugunruhe" not in "".join(capsys.readouterr())
