"""The file an employer gets that so far is known by documents only."""

from __future__ import annotations

import json
from importlib import resources


def company_file(company: str, language: str, name: str | None = None) -> str:
    """Return the text of a `company.toml` with nothing in it that is not known.

    Args:
        company: Id of the employer.
        language: `en` or `zh`.
        name: Its name; without one the id is written with capitals.
    """
    form = resources.files(__package__).joinpath("new_company.toml").read_text(encoding="utf-8")
    known = name or company.replace("-", " ").title()
    # A JSON string is a TOML string as well, whatever characters the name has; it goes in last,
    # so that nothing in it is taken for a slot.
    quoted = json.dumps(known, ensure_ascii=False)
    for slot, value in (("<id>", company), ("<language>", language), ("<name>", quoted)):
        form = form.replace(slot, value)
    return form
