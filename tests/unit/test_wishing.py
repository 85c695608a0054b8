"""Wishes: what a user names becomes what can be planned, or a sentence with the known names."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType

import pytest

from interviewer.content.company import Company
from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.interview.planning import Wish
from interviewer.interview.wishing import LONGEST_TITLE, language_for, make_wish, post_for
from interviewer.transcript import Passage
from tests.conftest import TODAY


@pytest.fixture
def company(library: Library) -> Company:
    """Return the English employer."""
    return library.packs["brightwell"].company


@pytest.fixture
def free(company: Company) -> Company:
    """Return an employer that lists no posts."""
    return company.model_copy(update={"posts": ()})


def wish(library: Library, **named: object) -> Wish:
    """Return a wish for the English employer's first post, changed as named."""
    asked: dict[str, object] = {"company": "brightwell", "role": "data-engineer", **named}
    return make_wish(
        library, seed=1, today=TODAY, passages=lambda name: (Passage(name, "", "", "post"),),
        **asked,  # type: ignore[arg-type]  # named by the test
    )  # fmt: skip


def test_a_wish_holds_what_was_named(library: Library) -> None:
    """Employer, post, format, papers, day and the employer's own research are in the wish."""
    made = wish(library, cv="My CV", advert="The advert")
    assert (made.company.id, made.post.id, made.format.id) == (
        "brightwell", "data-engineer", "company",
    )  # fmt: skip
    assert (made.language, made.seed, made.today) == ("en", 1, TODAY)
    assert (made.cv, made.advert) == ("My CV", "The advert")
    assert [passage.id for passage in made.passages] == ["brightwell"]


@pytest.mark.parametrize(
    ("named", "says"),
    [
        ({"company": "nobody"}, r"no employer `nobody`\. Known are: brightwell, chengyuan"),
        ({"format_id": "duel"}, r"no interview format `duel`\. Known are: .*company"),
        ({"language": "fr"}, r"No examiner speaks `fr`\. Choose one of: en, zh"),
        ({"role": "pilot"}, r"no post `pilot`\. Its posts are: data-engineer, transport-planner"),
        ({"role": ""}, r"no post ``\. Its posts are: data-engineer"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is(
    library: Library, named: dict[str, object], says: str
) -> None:
    """A wrong name is answered with the names that can be used."""
    with pytest.raises(InputError, match=says):
        wish(library, **named)


def test_without_employers_none_is_known(library: Library) -> None:
    """An installation without employers says that there is none."""
    with pytest.raises(InputError, match="Known are: none"):
        wish(dataclasses.replace(library, packs=MappingProxyType({})))


@pytest.mark.parametrize(
    "role", ["data-engineer", "Data Engineer", " data ENGINEER ", "数据工程师"]
)
def test_a_post_is_known_by_id_and_title(company: Company, role: str) -> None:
    """The id and the title in any of its languages name the same post."""
    assert post_for(company, role, "en").id == "data-engineer"


@pytest.mark.parametrize(
    ("role", "post_id", "title"),
    [
        ("Baker!", "baker", "Baker!"),
        ("  Head   of data ", "head-of-data", "Head of data"),
        ("会计", "post", "会计"),
        ("../../etc", "etc", "../../etc"),
    ],
)
def test_without_posts_any_title_is_one(
    free: Company, role: str, post_id: str, title: str
) -> None:
    """An employer without posts takes any title, with an id that can stand anywhere."""
    post = post_for(free, role, "zh")
    assert (post.id, post.title) == (post_id, {"zh": title})
    assert post.pay is None


def test_a_title_has_an_end_and_a_beginning(free: Company) -> None:
    """A title of a page is cut; one of blanks is refused."""
    post = post_for(free, "very " * 100 + "important", "en")
    assert LONGEST_TITLE - 5 <= len(post.title["en"]) <= LONGEST_TITLE
    assert len(post.id) <= 40
    with pytest.raises(InputError, match="no title"):
        post_for(free, " \n ", "en")


def test_the_language_is_the_employers_own(library: Library, company: Company) -> None:
    """Unless one is asked for, the employer's first language that examiners speak is taken."""
    assert language_for(library, library.packs["chengyuan"].company, None) == "zh"
    both = company.model_copy(update={"languages": ("fr", "zh")})
    assert language_for(library, both, None) == "zh"
    french = company.model_copy(update={"languages": ("fr",)})
    assert language_for(library, french, None) == library.languages[0]
    assert language_for(library, company, "zh") == "zh"
