"""The validity card: how far the figures of each metric can be trusted, as measured."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from interviewer.errors import InputError
from interviewer.evaluation.wording import wording

SCHEMA = "interviewer.validity/1"
_FILE = "card.json"
_OF_METRICS = ("seen_by", "unscored_by", "alarms", "others_worse")


@dataclass(frozen=True, slots=True)
class Aim:
    """What is aimed at for a metric.

    Attributes:
        metric: The metric.
        operator: What it must see; empty for false alarms.
        least: Least lower bound of paired detection, or most false alarms.
    """

    metric: str
    operator: str
    least: float


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a card: how a metric stands to an operator.

    Attributes:
        metric: The metric.
        operator: What is planted.
        paired: Share of mutants found worse than their base, with its interval.
        absolute: Share with a finding where it was planted.
        located: Share of those found whose findings are all there.
        held_out: Paired detection on held-out texts; None for operators without texts.
        aim: Least lower bound aimed at, None without one.
    """

    metric: str
    operator: str
    paired: Mapping[str, Any]
    absolute: Mapping[str, Any]
    located: Mapping[str, Any]
    held_out: Mapping[str, Any] | None
    aim: float | None

    @property
    def reached(self) -> bool | None:
        """Whether the lower bound of paired detection reaches the aim; None without one."""
        if self.aim is None or self.paired["ci95"] is None:
            return None
        return bool(self.paired["ci95"][0] >= self.aim)


@dataclass(frozen=True)
class Card:
    """A card as it was written.

    Attributes:
        document: Its JSON, `interviewer.validity/1`.
    """

    document: Mapping[str, Any]

    def outdated(self, versions: Mapping[str, str]) -> tuple[str, ...]:
        """Return the metrics whose version is another than the card's, or that it lacks."""
        told = self.document["metrics"]
        return tuple(name for name, version in versions.items() if told.get(name) != version)

    def rows(self, metrics: Iterable[str] | None = None) -> Iterator[Row]:
        """Yield the lines of metrics, of all without any, in the order of metrics."""
        wanted = tuple(metrics) if metrics is not None else tuple(self.document["metrics"])
        least = {(aim.metric, aim.operator): aim.least for aim in aims()}
        for metric in wanted:
            for operator, entry in self.document["operators"].items():
                found = entry.get("seen_by", {}).get(metric)
                if found is not None:
                    yield Row(
                        metric, operator, found["paired"], found["absolute"], found["located"],
                        found["parts"].get("held-out texts"), least.get((metric, operator)),
                    )  # fmt: skip

    def alarms(self, metric: str) -> Mapping[str, Any]:
        """Return a metric's false alarms: on originals, and on equivalent mutants together."""
        own = self.document["originals"].get(metric)
        hits = n = 0
        for entry in self.document["operators"].values():
            found = entry.get("alarms", {}).get(metric)
            if found:
                hits += max(found["worse"]["hits"], found["new_finding"]["hits"])
                n += found["worse"]["n"]
        return {"originals": own, "equivalent": {"hits": hits, "n": n}}

    def for_metric(self, metric: str) -> Mapping[str, Any]:
        """Return what a report's JSON says of one metric."""
        return {
            "version": self.document["metrics"].get(metric),
            "detection": {row.operator: row.paired for row in self.rows([metric])},
            "false_alarms": self.alarms(metric),
        }


def card_in(text: str, where: str) -> Card:
    """Read a card.

    Raises:
        InputError: It is none.
    """
    try:
        document = json.loads(text)
    except ValueError:
        document = None
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise InputError(
            f"{where} is no validity card ({SCHEMA}). `interviewer evaluate validate` writes one."
        )
    return Card(document)


def merged(old: Card, new: Card) -> Card:
    """Return a card with what another one of the same texts and seed measured put in.

    Interviews that are simulated later may be others, for content grows: then what the old card
    had of these metrics goes, and the card says what they were measured on.

    Raises:
        InputError: The cards are of other mutants: of another seed, number or text.
    """
    for key in ("mutants", "seed", "held_out_sha256"):
        if old.document[key] != new.document[key]:
            raise InputError(
                f"The card to put this into is of other mutants ({key} differs). Use its options, "
                "or make a whole card."
            )
    document = json.loads(json.dumps(old.document))
    if old.document["bases"] != new.document["bases"]:
        _let_go(document, new.document["metrics"])
        apart = dict.fromkeys(new.document["metrics"], new.document["bases"])
        document["apart"] = {**document.get("apart", {}), **apart}
    document["metrics"] |= new.document["metrics"]
    document["originals"] |= new.document["originals"]
    document["external"] |= new.document["external"]
    for name, entry in new.document["operators"].items():
        own = document["operators"].setdefault(name, entry)
        for part in _OF_METRICS:
            if part in entry:
                own[part] = {**own.get(part, {}), **entry[part]}
    return Card(document)


def _let_go(document: dict[str, Any], metrics: Iterable[str]) -> None:
    """Take what a card has of metrics out of it."""
    for entry in document["operators"].values():
        for part in _OF_METRICS:
            for metric in metrics:
                entry.get(part, {}).pop(metric, None)


@cache
def committed_card() -> Card:
    """Return the card that comes with the program."""
    file = resources.files(__package__) / _FILE
    return card_in(file.read_text(encoding="utf-8"), _FILE)


@cache
def aims() -> tuple[Aim, ...]:
    """Return what is aimed at: detection by metric and operator."""
    file = resources.files(__package__) / "aims.toml"
    document = tomllib.loads(file.read_text(encoding="utf-8"))
    return tuple(
        Aim(metric, operator, least)
        for metric, told in document["detection"].items()
        for operator, least in told.items()
    )


def card_markdown(card: Card, versions: Mapping[str, str], language: str = "en") -> str:
    """Return the part of a report that says how far its figures can be trusted.

    Args:
        card: The card.
        versions: Of the metrics that were measured.
        language: Of the report.
    """
    words = wording(language)
    w = words.markdown
    lines = [
        f"## {w['trust']}", "", words.told(told_of(card, versions)), "",
        w["trust_head"], "|---|---|---|---|---|---|",
    ]  # fmt: skip
    lines += [
        f"| {row.metric} | {words.term(row.operator)} | {with_interval(row.paired, language)} "
        f"| {plain_share(row.held_out)} | {plain_share(row.absolute)} "
        f"| {plain_share(row.located)} |"
        for row in card.rows(versions)
    ]
    lines += ["", w["alarms_head"], "|---|---|---|"]
    for name in versions:
        alarms = card.alarms(name)
        if alarms["originals"] is not None:
            flagged = plain_share(alarms["originals"]["turns_flagged"])
            lines.append(f"| {name} | {flagged} | {counted(alarms['equivalent'], language)} |")
    return "\n".join([*lines, ""])


def told_of(card: Card, versions: Mapping[str, str]) -> str:
    """Return one sentence or two: what the card was made with, and whether it is out of date."""
    document = card.document
    held = " and ".join(
        f"{entry['interviews']} {entry['source']} interviews ({language})"
        for language, entry in document["bases"].items()
    )
    told = f"Validity card: {document['mutants']} mutants an operator, seed {document['seed']}, "
    told += f"from {held}."
    apart = [name for name in document.get("apart", {}) if name in versions]
    if apart:
        told += f" Measured apart, on later interviews: {', '.join(apart)}."
    old = card.outdated(versions)
    if old:
        told += f" It is out of date for {', '.join(old)}: run `interviewer evaluate validate`."
    return told


def with_interval(share: Mapping[str, Any], language: str = "en") -> str:
    """Return a share with its interval, in words for nothing counted."""
    w = wording(language).markdown
    if share["ci95"] is None:
        return w["not_told"]
    low, high = (f"{end:.3f}" for end in share["ci95"])
    return w["share"].format(share=f"{share['share']:.3f}", low=low, high=high, n=share["n"])


def plain_share(share: Mapping[str, Any] | None) -> str:
    """Return a share, nothing for nothing counted."""
    return "" if not share or share["share"] is None else f"{share['share']:.3f}"


def counted(alarms: Mapping[str, int], language: str = "en") -> str:
    """Return how many of how many, nothing for none."""
    return wording(language).markdown["counted"].format_map(alarms) if alarms["n"] else ""


def short_of_aims(card: Card, versions: Sequence[str]) -> tuple[str, ...]:
    """Return a sentence for each aim that a card does not reach."""
    return tuple(
        f"{row.metric} on {row.operator}: {with_interval(row.paired)}; {row.aim:.2f} is aimed at."
        for row in card.rows(versions)
        if row.reached is False
    )
