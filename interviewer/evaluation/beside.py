"""What stands beside an evaluation: an earlier one, and a bare model's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from interviewer.evaluation.bare_column import (
    BareColumn,
    bare_column,
    bare_markdown,
    bare_to_json,
    change_to_json,
)
from interviewer.evaluation.comparing import Change, changes
from interviewer.evaluation.examples import (
    Example,
    example_to_json,
    examples,
    examples_markdown,
)
from interviewer.evaluation.report import Evaluation


@dataclass(frozen=True, slots=True)
class Beside:
    """What an evaluation is compared with.

    Attributes:
        changed: What changed since an earlier one, None where none was given.
        examples: The transcripts that changed most.
        bare: A bare model's figures, None where none were given.
    """

    changed: tuple[Change, ...] | None
    examples: tuple[Example, ...]
    bare: BareColumn | None

    def to_json(self) -> dict[str, object]:
        """Return what there is in the documented form."""
        document: dict[str, object] = {}
        if self.changed is not None:
            document["changes"] = [change_to_json(change) for change in self.changed]
            document["examples"] = [example_to_json(example) for example in self.examples]
        if self.bare is not None:
            document["bare"] = bare_to_json(self.bare)
        return document

    def markdown(self, language: str = "en") -> str:
        """Return what there is as Markdown, empty for nothing."""
        bare = bare_markdown(self.bare, language) if self.bare is not None else ""
        changed = examples_markdown(self.examples, language)
        return "\n".join(part for part in (bare, changed) if part)


def beside(
    evaluation: Evaluation, before: Mapping[str, object] | None, bare: Evaluation | None
) -> Beside:
    """Return what stands beside an evaluation.

    Args:
        evaluation: What is measured.
        before: The JSON of an earlier one, None without.
        bare: The evaluation of a bare model's interviews, None without.

    Raises:
        InputError: The earlier one is none, or shares no transcript.
    """
    return Beside(
        changed=changes(evaluation, before) if before is not None else None,
        examples=examples(evaluation, before) if before is not None else (),
        bare=bare_column(evaluation, bare) if bare is not None else None,
    )
