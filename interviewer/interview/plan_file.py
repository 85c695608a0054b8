"""The plan as JSON: `interview.plan` of a transcript, and what `interviewer plan` prints."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import cast

from interviewer.errors import InputError
from interviewer.interview.plan import (
    ItemKind,
    Lead,
    LeadKind,
    Offer,
    Plan,
    PlannedItem,
    PlannedRound,
    RoundKind,
    Rung,
    improper_item,
)
from interviewer.interview.starting import start_from_json, start_to_json
from interviewer.transcript import Json, Passage

_HEAD = (
    "company", "company_name", "post", "post_title", "seniority", "language", "format", "probing",
)  # fmt: skip
_USUAL_PATIENCE = (2, 3)


def plan_to_json(plan: Plan) -> dict[str, object]:
    """Return the plan without its hash; fields that are empty are left out."""
    head: dict[str, object] = {name: getattr(plan, name) for name in _HEAD}
    if plan.difficulty != "medium":
        head["difficulty"] = plan.difficulty
    if not plan.practice:
        head["practice"] = False
    if plan.thinking_time:
        head["thinking_time"] = plan.thinking_time
    if plan.anonymous:
        head["anonymous"] = True
    if plan.conduct != "strict":
        head |= {"conduct": plan.conduct, "country": plan.country}
    if plan.start is not None:
        head["from"] = start_to_json(plan.start)
    if plan.copies:
        head["copies"] = dict(plan.copies)
    return {
        **head,
        "seed": plan.seed,
        "rounds": [_round_to_json(entry) for entry in plan.rounds],
        "notes": list(plan.notes),
    }


def plan_hash(plan: Plan) -> str:
    """Return the SHA-256 over everything in the plan, as 64 hexadecimal digits."""
    passages = {key: passage.text for key, passage in plan.passages.items()}
    text = json.dumps([plan_to_json(plan), passages], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def plan_record(plan: Plan) -> dict[str, object]:
    """Return the form that stands in a transcript: the hash, and the plan."""
    return {"hash": plan_hash(plan), **plan_to_json(plan)}


def _round_to_json(entry: PlannedRound) -> dict[str, object]:
    document: dict[str, object] = {
        "id": entry.id,
        "persona": entry.persona,
        "version": entry.version,
        "name": entry.name,
        "title": entry.title,
        "minutes": entry.minutes,
        "keeps_out": list(entry.keeps_out),
        "items": [_item_to_json(item) for item in entry.items],
    }
    if entry.improper:
        document["improper"] = [_item_to_json(item) for item in entry.improper]
    if entry.kind != "interview":
        document["kind"] = entry.kind
    if entry.manner:
        document["manner"] = entry.manner
    if (entry.put_again, entry.silences) != _USUAL_PATIENCE:
        document["patience"] = {"put_again": entry.put_again, "silences": entry.silences}
    if entry.by_scale:
        document["by_scale"] = True
    if entry.offer is not None:
        offer = entry.offer
        document["offer"] = {
            "low": offer.low,
            "high": offer.high,
            "opening": offer.opening,
            "period": offer.period,
            "levers": list(offer.levers),
            "lever_ids": list(offer.lever_ids),
            "pattern": offer.pattern,
        }
    return document


def _item_to_json(item: PlannedItem) -> dict[str, object]:
    document: dict[str, object] = {
        "id": item.id,
        "kind": item.kind,
        "step": item.step,
        "competency": item.competency,
        "type": item.type,
        "text": item.text,
        "minutes": item.minutes,
        "link": item.link,
        "probes": {part: list(texts) for part, texts in item.probes.items()},
        "rungs": [{"step": rung.step, "questions": list(rung.questions)} for rung in item.rungs],
        "start": item.start or None,
        "hints": list(item.hints),
        "options": list(item.options),
        "material": item.material,
        "improper": item.improper or None,
        "after": item.after or None,
    }
    if item.lead is not None:
        lead = item.lead
        document["lead"] = {
            "kind": lead.kind, "text": lead.text, "cites": lead.cites, "dated": lead.dated
        } | ({} if lead.line is None else {"line": lead.line})  # fmt: skip
    return {key: value for key, value in document.items() if value not in (None, "", {}, [])}


def plan_from_json(document: Json, research: Mapping[str, Passage]) -> Plan:
    """Read the plan a transcript holds.

    Args:
        document: `interview.plan`.
        research: `interview.research`.

    Raises:
        InputError: The transcript holds no plan of this program.
    """
    start = cast("Json | None", document.get("from"))
    try:
        chosen = document.get("conduct") == "deflect"
        rounds = tuple(
            _round_from_json(entry, chosen=chosen)
            for entry in cast("list[Json]", document["rounds"])
        )
        cites = {item.lead.cites for entry in rounds for item in entry.items if item.lead}
        return Plan(
            **{name: str(document[name]) for name in _HEAD},
            seed=int(cast("int", document["seed"])),
            rounds=rounds,
            passages=MappingProxyType({key: research[key] for key in sorted(filter(None, cites))}),
            notes=_texts(document.get("notes")),
            difficulty=str(document.get("difficulty", "medium")),
            practice=document.get("practice") is not False,
            thinking_time=int(cast("int", document.get("thinking_time", 0))),
            anonymous=document.get("anonymous") is True,
            conduct=str(document.get("conduct", "strict")),
            country=str(document.get("country", "")),
            start=None if start is None else start_from_json(start),
            copies=_copies(document.get("copies")),
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise InputError(
            f"The transcript holds no plan that an interview can go on from ({error!r}). "
            "Start a new interview with `interviewer rehearse`."
        ) from None


def _copies(document: object) -> Mapping[str, str]:
    found = document if isinstance(document, Mapping) else {}
    return MappingProxyType({str(file): str(digest) for file, digest in found.items()})


def _round_from_json(document: Json, *, chosen: bool) -> PlannedRound:
    """Return a round; what is improper is read only where it was chosen."""
    items = tuple(_item_from_json(item) for item in cast("list[Json]", document["items"]))
    improper = cast("list[Json]", document.get("improper") or []) if chosen else []
    offer = cast("Json | None", document.get("offer"))
    patience = cast("Json", document.get("patience") or {})
    put_again, silences = _USUAL_PATIENCE
    return PlannedRound(
        id=str(document["id"]),
        persona=str(document["persona"]),
        version=str(document["version"]),
        name=str(document["name"]),
        title=str(document["title"]),
        minutes=float(cast("float", document["minutes"])),
        items=items,
        improper=_improper_from_json(improper, {item.id for item in items}),
        keeps_out=_texts(document.get("keeps_out")),
        offer=None if offer is None else _offer_from_json(offer),
        manner=str(document.get("manner", "")),
        put_again=int(cast("int", patience.get("put_again", put_again))),
        silences=int(cast("int", patience.get("silences", silences))),
        kind=cast("RoundKind", str(document.get("kind", "interview"))),
        by_scale=document.get("by_scale") is True,
    )


def _offer_from_json(document: Json) -> Offer:
    return Offer(
        low=str(document["low"]),
        high=str(document["high"]),
        opening=str(document["opening"]),
        period=str(document["period"]),
        levers=_texts(document.get("levers")),
        lever_ids=_texts(document.get("lever_ids")),
        pattern=str(document.get("pattern", "")),
    )


def _item_from_json(document: Json) -> PlannedItem:
    lead = cast("Json | None", document.get("lead"))
    probes = cast("Mapping[str, object]", document.get("probes") or {})
    rungs = cast("list[Json]", document.get("rungs") or ())
    return PlannedItem(
        id=str(document["id"]),
        kind=cast("ItemKind", str(document["kind"])),
        step=str(document["step"]),
        competency=_optional(document.get("competency")),
        type=_optional(document.get("type")),
        text=str(document.get("text", "")),
        lead=None if lead is None else _lead_from_json(lead),
        probes=MappingProxyType({part: _texts(texts) for part, texts in probes.items()}),
        minutes=float(cast("float", document["minutes"])),
        link=str(document.get("link", "")),
        rungs=tuple([Rung(str(rung["step"]), _texts(rung.get("questions"))) for rung in rungs]),
        start=int(cast("int", document.get("start") or 0)),
        hints=_texts(document.get("hints")),
        options=_texts(document.get("options")),
        material=str(document.get("material", "")),
    )


def _improper_from_json(documents: list[Json], others: set[str]) -> tuple[PlannedItem, ...]:
    """Return improper items: words and place alone, whatever else a file says of them."""
    return tuple(
        improper_item(
            str(entry["id"]),
            str(entry.get("text", "")),
            after=int(cast("int", entry.get("after") or 0)),
        )
        for entry in documents
        if str(entry["id"]) not in others
    )


def _lead_from_json(document: Json) -> Lead:
    return Lead(
        kind=cast("LeadKind", str(document["kind"])),
        text=str(document["text"]),
        cites=_optional(document.get("cites")),
        dated=_optional(document.get("dated")),
        line=None if document.get("line") is None else int(cast("int", document["line"])),
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list | tuple) else ()


def _optional(value: object) -> str | None:
    return None if value is None else str(value)
