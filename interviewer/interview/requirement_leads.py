"""Which requirements of a post are asked about, and in which order."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.interview import seeds
from interviewer.interview.plan import Lead
from interviewer.interview.profile import Profile
from interviewer.interview.requirements import speakable_requirement


def requirement_leads(profile: Profile, language: str, seed: int) -> list[Lead]:
    """Return requirements to ask about: first one the CV does not show, then those it does.

    Args:
        profile: What the papers show of the post's requirements.
        language: Language of the interview.
        seed: What the order varies by.
    """

    def speakable(texts: Sequence[str]) -> list[str]:
        spoken = [speakable_requirement(text, language) for text in texts]
        return [text for text in spoken if text]

    gaps = seeds.shuffled(speakable(profile.uncovered), seed, "gaps")
    shown = seeds.shuffled(speakable(profile.covered), seed, "requirements")
    leads = [Lead("gap", text) for text in gaps[:1]]
    leads += [Lead("requirement", text) for text in shown]
    return leads + [Lead("gap", text) for text in gaps[1:]]
