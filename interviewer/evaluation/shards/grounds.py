"""What figures depend on beside the transcripts and the metrics: whoever measures has the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from interviewer import __version__
from interviewer.errors import SetupError
from interviewer.evaluation.meaning import models_here


@dataclass(frozen=True)
class Grounds:
    """What is installed, and what it was given to work with.

    Attributes:
        content: The SHA-256 of each file of the content, by its name within the content.
        models: The SHA-256 of each embedding model by name, empty for one that is not installed.
        package: The version of this package.
    """

    content: Mapping[str, str]
    models: Mapping[str, str]
    package: str = __version__

    def require(self, here: Grounds) -> None:
        """Make sure that somebody who measures has the same.

        Raises:
            SetupError: They have other content, other models or another version.
        """
        if here.package != self.package:
            raise SetupError(
                f"A worker has version {here.package} of three-rounds, this machine has "
                f"{self.package}. Install the same version on all of them."
            )
        if other := _first_other(self.models, here.models):
            raise SetupError(
                f"A worker and this machine do not have the same embedding model {other}. Install "
                "the same packages on all of them."
            )
        if other := _first_other(self.content, here.content):
            raise SetupError(
                f"A worker and this machine do not have the same content: {other} differs. Give "
                "all of them the same personas, employers and data folder (INTERVIEWER_PERSONAS, "
                "INTERVIEWER_KNOWLEDGE, INTERVIEWER_HOME)."
            )


def grounds_of(content: Mapping[str, str]) -> Grounds:
    """Return what figures made by this process depend on.

    Args:
        content: The SHA-256 of each file of the content, by its name within the content.
    """
    return Grounds(dict(content), models_here())


def _first_other(these: Mapping[str, str], those: Mapping[str, str]) -> str:
    others = (name for name in these.keys() | those.keys() if these.get(name) != those.get(name))
    return min(others, default="")
