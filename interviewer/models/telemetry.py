"""What a call of a model took, as OpenTelemetry's conventions for generative AI name it.

Nothing is told while no provider is set up, which is the usual case; and never a word of what was
sent or said: no attribute holds any.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from opentelemetry import metrics, trace
from opentelemetry.trace import Span, SpanKind, Status, StatusCode

from interviewer.interview.delivery import SpeechFault
from interviewer.models.naming import ModelName

# Buckets of seconds that the conventions recommend.
_SECONDS = (0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92)
_tracer = trace.get_tracer("interviewer")
_meter = metrics.get_meter("interviewer")
_took = _meter.create_histogram(
    "gen_ai.client.operation.duration",
    unit="s",
    description="How long a call of a model took",
    explicit_bucket_boundaries_advisory=_SECONDS,
)
_tokens = _meter.create_histogram(
    "gen_ai.client.token.usage", unit="{token}", description="Tokens of a call of a model"
)
_turns = _meter.create_counter(
    "interviewer.turns", unit="{turn}", description="Turns of examiners, by who worded them"
)


@dataclass
class Call:
    """One call under way.

    Attributes:
        span: Its span.
        about: Attributes of its measurements.
        failed: Why it failed, in a word; empty as long as it did not.
    """

    span: Span
    about: dict[str, str]
    failed: str = ""
    _counted: dict[str, int] = field(default_factory=dict)

    def counts(self, usage: Mapping[str, object]) -> None:
        """Take down the tokens that were counted, `input` and `output`."""
        for kind in ("input", "output"):
            count = usage.get(kind)
            if isinstance(count, int):
                self.span.set_attribute(f"gen_ai.usage.{kind}_tokens", count)
                self._counted[kind] = count

    def came(self, usage: Mapping[str, object], failed: str) -> None:
        """Take down what became of a form."""
        self.counts(usage)
        if failed:
            self.fails(failed)

    def fails(self, cause: str) -> None:
        """Take down why it failed."""
        self.failed = cause
        self.span.set_attribute("error.type", cause)
        self.span.set_status(Status(StatusCode.ERROR))

    def told(self, seconds: float) -> None:
        """Measure it."""
        about = {**self.about, **({"error.type": self.failed} if self.failed else {})}
        _took.record(seconds, about)
        for kind, count in self._counted.items():
            _tokens.record(count, {**about, "gen_ai.token.type": kind})


@contextmanager
def calling(model: ModelName, *, purpose: str) -> Iterator[Call]:
    """Tell of a call of a model, for as long as the block lasts.

    Args:
        model: The model.
        purpose: What it is asked for: `turn` or `form`.
    """
    about = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": model.provider,
        "gen_ai.request.model": model.shown,
        "interviewer.purpose": purpose,
    }
    given = {**about, **({"server.address": model.goes_to} if model.goes_to else {})}
    begun = time.perf_counter()
    # Not made the current one: a reply is a generator, which may be closed from another context.
    span = _tracer.start_span(f"chat {model.shown}", kind=SpanKind.CLIENT, attributes=given)
    call = Call(span, about)
    try:
        yield call
    except SpeechFault as fault:
        call.fails(fault.cause)
        raise
    except GeneratorExit:  # whoever listened has gone
        call.fails("left")
        raise
    except BaseException as error:  # its text, which may quote what was said, is not told
        call.fails(type(error).__name__)
        raise
    finally:
        call.told(time.perf_counter() - begun)
        span.end()


def count_turn(model: str, cause: str = "") -> None:
    """Count a turn that was spoken.

    Args:
        model: Whose words it is in, `builtin` for the built-in voice's.
        cause: Why the built-in voice spoke for a model, empty where it did not.
    """
    _turns.add(1, {"interviewer.voice": model, "interviewer.fallback": cause or "none"})
