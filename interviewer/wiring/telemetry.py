"""Who is told of traces and metrics: nobody, unless a setting says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interviewer.errors import SetupError

if TYPE_CHECKING:
    from opentelemetry.sdk.metrics.export import MetricReader

    from interviewer.wiring.settings import Settings

SERVICE = "three-rounds"


def set_up_telemetry(settings: Settings) -> None:
    """Let traces and metrics go where the settings say; once in a process.

    `INTERVIEWER_TELEMETRY=otlp` sends both to a collector, which OpenTelemetry's own variables
    name (`OTEL_EXPORTER_OTLP_ENDPOINT`); `INTERVIEWER_METRICS` offers metrics on `/metrics`.

    Raises:
        SetupError: A package is missing.
    """
    readers = [*_prometheus(settings), *_otlp_metrics(settings)]
    if readers:
        from opentelemetry import metrics
        from opentelemetry.sdk.metrics import MeterProvider
        from opentelemetry.sdk.resources import SERVICE_NAME, Resource

        resource = Resource.create({SERVICE_NAME: SERVICE})
        metrics.set_meter_provider(MeterProvider(metric_readers=readers, resource=resource))
    if settings.telemetry:
        _trace()


def _prometheus(settings: Settings) -> list[MetricReader]:
    if settings.metrics is None:
        return []
    try:
        from opentelemetry.exporter.prometheus import PrometheusMetricReader
    except ImportError:
        raise SetupError(
            "INTERVIEWER_METRICS needs a package. Install it with "
            "`pip install 'three-rounds[metrics]'`."
        ) from None
    return [PrometheusMetricReader()]


def _otlp_metrics(settings: Settings) -> list[MetricReader]:
    if not settings.telemetry:
        return []
    from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter
    from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader

    return [PeriodicExportingMetricReader(OTLPMetricExporter())]


def _trace() -> None:
    from opentelemetry import trace
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({SERVICE_NAME: SERVICE}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
