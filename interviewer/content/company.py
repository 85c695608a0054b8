"""An employer: its posts, its examiners, and what it offers."""

from __future__ import annotations

import datetime
from typing import Literal, Self

from pydantic import Field, model_validator

from interviewer.content.form import Document, Id, Seniority, Text, Value, Words

LeverId = Literal[
    "sign_on", "review_6m", "remote_days", "extra_leave_days", "training_budget",
    "start_date_weeks", "title",
]  # fmt: skip


class Requirement(Value):
    """One thing a post asks for."""

    text: Text
    must: bool = False


class Lever(Value):
    """Something besides salary that may be part of an offer.

    Attributes:
        cost: What it costs the employer, as a share of its amount in salary; usual shares without.
    """

    id: LeverId
    max: float | None = None
    cost: float | None = Field(default=None, ge=0)


class Pay(Value):
    """What a post pays.

    Attributes:
        band: Lowest and highest, in `currency` per `period`.
        opening: The first figure the boss names.
        reservation: The highest the boss would agree to; never spoken, never in a transcript.
        target: Where the boss stops volunteering; half-way to the reservation value without one.
        offers: How many steps the boss takes towards the reservation value at most.
        step: What figures are rounded down to; the usual of the period without one.
        months_per_year: Months that are paid in a year, to understand a yearly figure.
    """

    currency: str = Field(pattern=r"^[A-Z]{3}$")
    period: Literal["hour", "month", "year"]
    band: tuple[float, float]
    opening: float
    reservation: float
    style: Literal["firm", "fair", "generous"] = "fair"
    levers: tuple[Lever, ...] = ()
    target: float | None = None
    offers: int = Field(default=4, ge=1, le=12)
    step: float | None = Field(default=None, gt=0)
    months_per_year: int = Field(default=12, ge=12, le=18)

    @model_validator(mode="after")
    def _figures_in_order(self) -> Self:
        low, high = self.band
        if not low <= self.opening <= self.reservation <= high:
            raise ValueError(
                "the figures must be in this order: low end of the band, opening, reservation, "
                "high end of the band"
            )
        if self.target is not None and not self.opening <= self.target <= self.reservation:
            raise ValueError("the target must lie between opening and reservation")
        return self


class Post(Value):
    """A post to interview for.

    `pay_scale` says that it is paid by a published table, as public authorities pay: nobody
    negotiates, and the research tells the table.
    """

    id: Id
    title: Words
    seniority: Seniority = "mid"
    duties: tuple[Text, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    pay: Pay | None = None
    pay_scale: bool = False


class Examiner(Value):
    """Who speaks for this employer in a persona's round."""

    persona: Id
    name: Text | Words
    title: Words | None = None


class Company(Document):
    """An employer as its file describes it."""

    id: Id
    name: Words
    kind: Literal[
        "private company", "listed company", "state-owned", "public authority", "non-profit",
        "start-up",
    ]  # fmt: skip
    languages: tuple[str, ...] = ("en",)
    checked_on: datetime.date | None = None
    posts: tuple[Post, ...] = ()
    examiners: tuple[Examiner, ...] = ()

    @model_validator(mode="after")
    def _posts_differ(self) -> Self:
        ids = [post.id for post in self.posts]
        if len(set(ids)) != len(ids):
            raise ValueError("two posts have the same id")
        return self

    def post(self, name: str) -> Post | None:
        """Return the post with this id or this title in any language, None when there is none."""
        wanted = name.strip().casefold()
        for post in self.posts:
            titles = {title.casefold() for title in post.title.values()}
            if wanted == post.id.casefold() or wanted in titles:
                return post
        return None
