"""What an employer's file promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.content.company import Company
from interviewer.content.form import read_document
from interviewer.errors import ContentError

_HEAD = """schema = 1
id = "acme"
name = {en = "Acme", zh = "顶点"}
kind = "private company"
"""
_POST = """[[posts]]
id = "data-engineer"
title = {en = "Data engineer", zh = "数据工程师"}
"""
_PAY = """[posts.pay]
currency = "GBP"
period = "year"
band = [46000, 55000]
opening = 47500
reservation = 53000
"""


def _read(folder: Path, text: str) -> Company:
    path = folder / "company.toml"
    path.write_text(text, encoding="utf-8")
    return read_document(path, Company)


def _fault(folder: Path, text: str) -> str:
    with pytest.raises(ContentError) as caught:
        _read(folder, text)
    (fault,) = caught.value.faults
    assert fault.fix
    return f"{fault.line}: {fault.what}"


def test_a_company_needs_little(tmp_path: Path) -> None:
    """Name and kind are enough; a post without pay promises none."""
    company = _read(tmp_path, _HEAD + _POST)
    assert company.posts[0].pay is None
    assert (company.posts[0].seniority, company.languages) == ("mid", ("en",))


def test_pay_in_order_is_read(tmp_path: Path) -> None:
    """Band, opening and reservation come as figures, levers as a list."""
    pay = _read(tmp_path, f'{_HEAD}{_POST}{_PAY}levers = [{{id = "review_6m"}}]\n').posts[0].pay
    assert pay is not None
    assert (pay.band, pay.opening, pay.reservation) == ((46000, 55000), 47500, 53000)
    assert [lever.id for lever in pay.levers] == ["review_6m"]


@pytest.mark.parametrize(
    ("band", "opening", "reservation"),
    [
        ((55000, 46000), 47500, 53000),
        ((46000, 55000), 45000, 53000),
        ((46000, 55000), 54000, 53000),
        ((46000, 55000), 47500, 56000),
    ],
)
def test_pay_out_of_order_is_a_fault(
    tmp_path: Path, band: tuple[int, int], opening: int, reservation: int
) -> None:
    """A boss cannot open outside the band, nor above what they would agree to."""
    pay = (
        f'[posts.pay]\ncurrency = "GBP"\nperiod = "year"\nband = [{band[0]}, {band[1]}]\n'
        f"opening = {opening}\nreservation = {reservation}\n"
    )
    said = _fault(tmp_path, _HEAD + _POST + pay)
    assert said.startswith("8: `posts.0.pay`: the figures must be in this order: low end")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('"GBP"', '"pounds"', 9),
        ('"year"', '"decade"', 10),
        ("[46000, 55000]", "[46000]", 11),
        ("47500", '"a lot"', 12),
    ],
)
def test_a_wrong_value_of_pay_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int
) -> None:
    """Currency, period, band and figures have a form each."""
    assert _fault(tmp_path, _HEAD + _POST + _PAY.replace(old, new)).startswith(f"{line}: ")


def test_an_unknown_lever_is_named(tmp_path: Path) -> None:
    """A lever nobody has words for is refused."""
    said = _fault(tmp_path, f'{_HEAD}{_POST}{_PAY}levers = [{{id = "yacht"}}]\n')
    assert said.startswith("14: `posts.0.pay.levers.0.id`")


def test_two_posts_differ_in_their_id(tmp_path: Path) -> None:
    """An id names one post of an employer."""
    assert "two posts have the same id" in _fault(tmp_path, _HEAD + _POST + _POST)


def test_an_unknown_kind_is_a_fault(tmp_path: Path) -> None:
    """The kinds of employer are those the words are written for."""
    assert _fault(tmp_path, _HEAD.replace("private company", "cult")).startswith("4: `kind`")


def test_a_requirement_says_something(tmp_path: Path) -> None:
    """An empty requirement cannot be asked about."""
    said = _fault(tmp_path, f'{_HEAD}{_POST}requirements = [{{text = " "}}]\n')
    assert said == "8: `posts.0.requirements.0.text`: an empty text."


def test_an_examiner_has_a_name_in_one_or_all_languages(tmp_path: Path) -> None:
    """A name is one text, or a text by language."""
    examiners = (
        '[[examiners]]\npersona = "hr"\nname = "Helen Marsh"\n'
        '[[examiners]]\npersona = "boss"\nname = {en = "Osei", zh = "欧"}\n'
    )
    assert [examiner.name for examiner in _read(tmp_path, _HEAD + examiners).examiners] == [
        "Helen Marsh",
        {"en": "Osei", "zh": "欧"},
    ]


@pytest.mark.parametrize(
    "name", ["data-engineer", " Data Engineer ", "数据工程师", "DATA-engineer"]
)
def test_a_post_is_found_by_id_or_title(tmp_path: Path, name: str) -> None:
    """A user names a post as they know it, in any language and case."""
    post = _read(tmp_path, _HEAD + _POST).post(name)
    assert post is not None
    assert post.id == "data-engineer"


def test_a_post_nobody_has_is_none(tmp_path: Path) -> None:
    """A post that is not there is not made up."""
    assert _read(tmp_path, _HEAD + _POST).post("astronaut") is None
