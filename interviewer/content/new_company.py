"""The file an employer gets that so far is known by documents only."""

from __future__ import annotations

from importlib import resources


def company_file(company: str, language: str) -> str:
    """Return the text of a `company.toml` with nothing in it that is not known."""
    form = resources.files(__package__).joinpath("new_company.toml").read_text(encoding="utf-8")
    name = company.replace("-", " ").title()
    for slot, value in (("<id>", company), ("<language>", language), ("<name>", name)):
        form = form.replace(slot, value)
    return form
