"""Which research a reader may use, add to and delete.

Packs that come with an installation are shared: everybody reads them. What somebody took in is
theirs. On a page that only this machine can reach there is one candidate, whichever browser and
terminal they use; on one that others can reach, each browser is a reader of its own.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from interviewer.errors import InputError, NotThereError
from interviewer.people.accounts import owner_of_key
from interviewer.research.ingest import is_own_pack
from interviewer.research.own import employer_id
from interviewer.research.ownership import Owner, owner_of


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who asks for research.

    Attributes:
        shared: Folder of the packs that come with the installation.
        own: Folder of the packs that were taken in.
        visitor: Key of their account, or digest of their browser.
        alone: Whether only this machine can ask.
    """

    shared: Path
    own: Path
    visitor: str
    alone: bool

    @property
    def owner(self) -> Owner:
        """Whose research is that they take in."""
        return Owner(owner_of_key(self.visitor), self.visitor)

    def is_shared(self, company: str) -> bool:
        """Return whether research on an employer comes with the installation."""
        return _is_pack(self.shared, company)

    def is_own(self, company: str) -> bool:
        """Return whether they took in research on an employer."""
        if not _is_pack(self.own, company):
            return False
        found = owner_of(self.own / company)
        if self.alone:
            return found is None or found.name == self.owner.name
        return found == self.owner

    def may_read(self, company: str) -> bool:
        """Return whether they may use the research on an employer."""
        return self.is_shared(company) or self.is_own(company)

    def may_add(self, company: str) -> bool:
        """Return whether they may add to the research on an employer.

        What is added to a shared pack is read by all who use it, so where others can ask, nothing
        is added to one; and nothing is added to what another candidate took in.
        """
        if self.is_own(company):
            return self.alone or not self.is_shared(company)
        return self.alone and self.is_shared(company) and not _is_pack(self.own, company)

    def new_id(self, name: str, taken: Collection[str]) -> str:
        """Return the id of an employer they begin; where others can ask, one that tells nobody.

        Args:
            name: The employer's name.
            taken: Ids that are taken.

        Raises:
            InputError: There is no name, or it is too long.
        """
        if self.alone:
            return employer_id(name, taken)
        return f"{employer_id(name, ())}-{secrets.token_hex(3)}"

    def check_read(self, company: str) -> None:
        """Make sure that they may use the research on an employer.

        Raises:
            InputError: They may not, or there is none; in the same words.
        """
        if not self.may_read(company):
            raise NotThereError("There is no research on this employer, or it is not yours.")

    def check_add(self, company: str) -> None:
        """Make sure that they may add to the research on an employer.

        Raises:
            InputError: They may not read it, or not add to it.
        """
        self.check_read(company)
        if not self.may_add(company):
            raise InputError(
                "The research on this employer is not yours to add to. Begin the employer anew "
                "under your own name for it, and add documents there."
            )

    def check_delete(self, company: str) -> None:
        """Make sure that they may delete from the research on an employer.

        Raises:
            InputError: Nothing in it is theirs.
        """
        self.check_read(company)
        if not self.is_own(company):
            raise InputError(
                "This research came with the installation and is shared. It stays as it is."
            )


def _is_pack(folder: Path, company: str) -> bool:
    """Return whether a folder holds a pack of that id; what an address names may be a path."""
    pack = folder / company
    return pack.name == company and is_own_pack(pack)
