"""The pages for evaluators: runs that are kept here, one run, one transcript with its labels.

They show the folder of evaluations only, never a visitor's interview, and only to accounts that
may, or where nobody but this machine's own user can reach the app.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from interviewer.errors import InputError
from interviewer.evaluation.kept.labels import (
    TABLES,
    checked_rater,
    items_of,
    names_of,
    to_table,
)
from interviewer.evaluation.kept.looking import (
    AT_ONCE,
    Wanted,
    asked_about,
    findings_of,
    part_of,
    rows_of,
)
from interviewer.evaluation.kept.shelf import Run, Shelf
from interviewer.evaluation.reports.bars import HEIGHT, WIDTH, bar_of
from interviewer.evaluation.reports.embedding import shown_transcript
from interviewer.evaluation.reports.marking import visible
from interviewer.evaluation.reports.sightings import by_severity
from interviewer.evaluation.reports.trust import trust_in
from interviewer.evaluation.shards.gathering import SEVERITIES
from interviewer.evaluation.wording import LANGUAGES, wording
from interviewer.interview.planning import in_language
from interviewer.people.doors import EVALUATING
from interviewer.transcript import Transcript
from interviewer.ui.desk import Desk
from interviewer.ui.pages.asking import Asking, asking, filled_in, sending, text_of
from interviewer.ui.pages.drawing import page
from interviewer.ui.pages.labelling import Labelling
from interviewer.ui.visitors import Visitors

_VIEWS = ("findings", "transcripts")


class EvaluatePages:
    """The pages under `/evaluate`."""

    def __init__(self, desk: Desk, visitors: Visitors, shelf: Shelf) -> None:
        """Keep what the pages ask."""
        self._desk = desk
        self._visitors = visitors
        self._shelf = shelf

    async def runs(self, request: Request) -> Response:
        """Show the runs that are kept here."""
        who = self._who(request)
        entries = await asyncio.to_thread(self._shelf.runs)
        values = {"runs": entries, "folder": str(self._shelf.folder), "severities": SEVERITIES}
        return page("evaluations", who, {**_usual(who), **values})

    async def run(self, request: Request) -> Response:
        """Show one run: figures with intervals, and the findings or transcripts looked for."""
        who = self._who(request)
        run = await asyncio.to_thread(self._shelf.run, request.path_params["run"])
        labels = {table: self._shelf.labels(run.name, table) for table in TABLES}
        asked = request.query_params
        wanted = Wanted(*(asked.get(name, "")[:200] for name in Wanted.__slots__))
        view = asked.get("view", "") if asked.get("view", "") in _VIEWS else _VIEWS[0]
        number = int(asked["page"]) if asked.get("page", "").isdecimal() else 1
        everything = [label for table in TABLES for label in labels[table]]
        part = (
            part_of(findings_of(run, wanted), number)
            if view == "findings"
            else part_of(rows_of(run, everything, wanted.text), number)
        )
        query = {name: value for name, value in asdict(wanted).items() if value}
        raters = Counter(label.rater for label in everything)
        values = {
            "run": run,
            "metrics": _metrics(run),
            "trust": trust_in(run.document),
            "counts": Counter(sighting.finding.metric for sighting in run.found),
            "severities": by_severity(run.found),
            "personas": sorted({visible(sighting.speaker) for sighting in run.found} - {""}),
            "wanted": wanted,
            "view": view,
            "part": part,
            "others": urlencode({**query, "view": view}),
            "labels": {table: len(labels[table]) for table in TABLES},
            "raters": sorted(raters.items()),
            "bar_width": WIDTH,
            "bar_height": HEIGHT,
            "at_once": AT_ONCE,
        }
        return page("evaluation", who, {**_usual(who), **values})

    async def transcript(self, request: Request) -> Response:
        """Show one transcript with what was found in it, and what one person says of it."""
        who = self._who(request)
        name, number = request.path_params["run"], _number(request)
        run = await asyncio.to_thread(self._shelf.run, name)
        entries = run.transcripts
        if not 1 <= number <= len(entries):
            raise InputError(who.words["evaluate_no_transcript"].format(number=number, run=name))
        kept = await asyncio.to_thread(self._shelf.transcript, name, number)
        asked = request.query_params
        rater = checked_rater(asked["rater"]) if asked.get("rater", "").strip() else ""
        found = tuple(s for s in run.found if s.transcript == number)
        blind, items = asked.get("blind") == "1", items_of(found)
        called = names_of(run.ids)[number - 1]
        own = {
            label.thing: label
            for table in TABLES
            for label in self._shelf.labels(name, table)
            if (label.transcript, label.rater) == (called, rater)
        }
        shown = shown_transcript(
            number,
            str(entries[number - 1].get("file", "")),
            kept or Transcript(run.ids[number - 1]),
            () if blind else found,
        )
        values = {
            "run": run,
            "number": number,
            "entry": entries[number - 1],
            "kept": kept,
            "shown": shown,
            "rater": rater,
            "blind": blind,
            "items": items,
            "there": {(s.finding.seq, items[s.number]) for s in found},
            "name": called,
            "own": own,
            "asked_about": {
                turn: (item, self._competency(item, who.language), *self._scale(item))
                for turn, item in (asked_about(kept) if kept else {}).items()
            },
            "metrics": list(_mapping(run.document.get("metrics"))),
            "tags": sorted({item.partition(".")[2].partition("#")[0] for item in items.values()}),
            "total": len(entries),
            "query": urlencode({"rater": rater, **({"blind": "1"} if blind else {})}),
        }
        return page("evaluated", who, {**_usual(who), **values})

    async def label(self, request: Request) -> Response:
        """Keep what somebody says of a finding, a turn or an answer."""
        who = sending(request, self._visitors)
        self._alone(who)
        name, number = request.path_params["run"], _number(request)
        async with filled_in(request, who.words) as form:
            filled = {key: text_of(form, key).strip() for key in Labelling.FIELDS}
        labelling = Labelling(self._shelf, self._desk.library)
        turn = await asyncio.to_thread(labelling.keep, name, number, filled, who.words)
        query = {"rater": filled["rater"], **({"blind": "1"} if filled["blind"] == "1" else {})}
        place = f"t{turn}" if turn is not None else "whole"
        address = f"/evaluate/{quote(name)}/{number}?{urlencode(query)}#{place}"
        return RedirectResponse(address, status_code=303)

    async def file(self, request: Request) -> Response:
        """Give a file of a run, or a table of labels, to take away."""
        self._who(request)
        name, file = request.path_params["run"], request.path_params["file"]
        data = await asyncio.to_thread(self._file, name, file)
        headers = {
            "Content-Disposition": f'attachment; filename="{file}"',
            "Cache-Control": "no-store",
        }
        return Response(data, media_type="application/octet-stream", headers=headers)

    def _file(self, name: str, file: str) -> bytes:
        """Return a file of a run.

        Raises:
            InputError: There is none of this name.
        """
        labelling = Labelling(self._shelf, self._desk.library)
        if file not in labelling.FILES:
            return self._shelf.file(name, file)
        return to_table(labelling.table(name, file)).encode("utf-8", errors="backslashreplace")

    def _who(self, request: Request) -> Asking:
        """Return who asks.

        Raises:
            InputError: Others than this machine's own user can reach the app, and whoever asks
                has no account for it.
        """
        who = asking(request, self._visitors)
        self._alone(who)
        return who

    def _alone(self, who: Asking) -> None:
        may = who.account is not None and who.account.role in EVALUATING
        if not (self._desk.alone or may):
            raise InputError(who.words["evaluate_closed"])

    def _competency(self, item: str, language: str) -> str:
        rubric = self._desk.library.rubrics.get(item)
        return in_language(rubric.name, language) if rubric else item

    def _scale(self, item: str) -> tuple[int, int]:
        rubric = self._desk.library.rubrics.get(item)
        return (rubric.scale.min, rubric.scale.max) if rubric else (1, 5)


def _usual(who: Asking) -> dict[str, object]:
    words = wording(who.language if who.language in LANGUAGES else LANGUAGES[0])
    told = {"told": words.told, "term": words.term, "about": words.about}
    return {"at": "evaluate", "employer": None, **told}


def _number(request: Request) -> int:
    """Return the number of a transcript in an address, 0 for none."""
    text = request.path_params["number"]
    return int(text) if text.isdecimal() and len(text) < 8 else 0


def _metrics(run: Run) -> list[dict[str, object]]:
    """Return the figures of a run as rows of a table."""
    listed = run.document.get("changes")
    changes = [_mapping(entry) for entry in listed] if isinstance(listed, list) else []
    differences = {str(change.get("metric")): change.get("difference") for change in changes}
    return [
        _row(name, _mapping(told), run.better.get(name, ""), differences.get(name))
        for name, told in _mapping(run.document.get("metrics")).items()
    ]


def _row(
    name: str, told: Mapping[str, object], better: str, difference: object
) -> dict[str, object]:
    mean, interval = told.get("mean"), told.get("ci95")
    value = float(mean) if isinstance(mean, int | float) else None
    ends = [float(end) for end in interval] if isinstance(interval, list) else []
    return {
        "name": name,
        "mean": value,
        "interval": ends,
        "bar": bar_of(value, ends or None),
        "n": told.get("n"),
        "unscored": told.get("unscored"),
        "reasons": _mapping(told.get("reasons")),
        "better": better,
        "difference": difference if isinstance(difference, int | float) else None,
    }


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
