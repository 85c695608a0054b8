"""What a visitor takes away of an interview of theirs: the report and the transcript as files."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse

from interviewer.assessment import Assessment, assessment_to_json, report_markdown
from interviewer.assessment.printing import report_pdf
from interviewer.assessment.report import report_page, sections_style
from interviewer.errors import InterviewerError
from interviewer.transcript import Transcript
from interviewer.transcript_file import dump
from interviewer.ui.desk import NOT_THERE, Desk
from interviewer.ui.visitors import Visitors

Written = Callable[[Assessment, Transcript, Assessment | None], str | bytes]


def _document(report: Assessment, transcript: Transcript, before: Assessment | None) -> str:
    return json.dumps(assessment_to_json(report), ensure_ascii=False, indent=2) + "\n"


# How a report is written, by the end of its name.
FORMS: dict[str, tuple[str, Written]] = {
    "md": ("text/markdown; charset=utf-8", report_markdown),
    "html": ("text/html; charset=utf-8", report_page),
    "pdf": ("application/pdf", report_pdf),
    "json": ("application/json", _document),
}


def add_downloads(app: FastAPI, desk: Desk, visitors: Visitors) -> None:
    """Add the addresses of reports and transcripts; each gives only what is the visitor's own."""

    @app.get("/own/report.css")
    async def style() -> Response:
        return Response(sections_style(), media_type="text/css; charset=utf-8")

    @app.get("/sessions/{session}/transcript.jsonl")
    async def transcript(session: str, request: Request) -> Response:
        found = await _own(desk, visitors, session, request)
        if found is None:
            return _refused()
        return _file(dump(found) + "\n", "application/jsonl", "transcript.jsonl")

    @app.get("/sessions/{session}/report.{form}")
    async def report(session: str, form: str, request: Request) -> Response:
        found = await _own(desk, visitors, session, request)
        if found is None or form not in FORMS:
            return _refused()
        kind, written = FORMS[form]
        # Printing takes a moment, in which other visitors go on.
        shown, before = await desk.report_beside(found, visitors.of(request))
        content = await asyncio.to_thread(written, shown, found, before)
        return _file(content, kind, f"report.{form}")


async def _own(
    desk: Desk, visitors: Visitors, session: str, request: Request
) -> Transcript | None:
    """Return a session of this visitor's, None when it is not theirs or not there."""
    try:
        return await desk.open(session, visitors.of(request))
    except InterviewerError:
        return None


def _refused() -> PlainTextResponse:
    return PlainTextResponse(NOT_THERE, status_code=404)


def _file(content: str | bytes, kind: str, name: str) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=kind, headers=headers)
