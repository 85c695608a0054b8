"""Words of candidate, model, employer and rubric change nothing but the words of a report."""

from __future__ import annotations

import dataclasses
import html
import json
import re
from types import MappingProxyType

import pytest
from markdown_it import MarkdownIt

from interviewer.assessment import Assessment, assess, assessment_to_json, report_markdown
from interviewer.assessment.coach import CoachView, coach_view
from interviewer.assessment.printing import report_pdf, transcript_pdf
from interviewer.assessment.report import report_page
from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice
from interviewer.transcript import Transcript
from tests.conftest import PlanMaker
from tests.printed import active_parts, pdf_text, squeezed
from tests.unit.assessment_fixtures import talk
from tests.unit.test_assessment_report import ATTRIBUTES, HARMLESS, Tags

ATTACKS = {
    "page": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "attribute": "\" onload=alert(1) x=\"' style='color:red",
    "drawing": "</text></svg><svg onload=alert(1)><foreignObject/></svg>",
    "style": "</style><style>*{display:none}</style>",
    "template": "{{ 7*7 }}{% raw %}{# no #}{{ a.__class__ }}",
    "markdown": "[a](javascript:alert(1)) ![b](http://x.example/p.png) | c | `d` <e>",
    "print": '#panic("x") #image("/etc/passwd") $x$ <label> @cite ]',
    "document": '", "level": 5, "x": "\\u0022',
}


@pytest.fixture(scope="module", params=sorted(ATTACKS))
def attacked(
    request: pytest.FixtureRequest, make_plan: PlanMaker, library: Library
) -> tuple[str, Assessment, Transcript, CoachView]:
    """Return an interview in which candidate, model, employer and rubrics say one attack."""
    attack = ATTACKS[request.param]
    # The same story three times would be an answer to none, and what is no speech adds nothing.
    story = "In March 2024 I wrote a plan for {} shops, and as a result {} failures fell to 1. {}"
    transcript = talk(
        make_plan(),
        {("hr", place): [story.format(12 + place, 9 + place, attack)] for place in range(3)},
    )
    rubrics = {
        key: rubric.model_copy(update={"name": {"en": f"{key} {attack}"}})
        for key, rubric in library.rubrics.items()
    }
    interview = dataclasses.replace(
        transcript.interview,
        company=attack,
        plan=MappingProxyType({**transcript.interview.plan, "company_name": f"Acme {attack}"}),
    )
    turns = tuple(
        dataclasses.replace(turn, content=f"Go on. {attack}") if turn.by_examiner else turn
        for turn in transcript.turns
    )
    changed = dataclasses.replace(transcript, interview=interview, turns=turns)
    report = assess(changed, dataclasses.replace(library, rubrics=rubrics))
    view = coach_view(report, changed)
    assert view is not None
    return attack, report, changed, view


def test_a_page_holds_no_more_than_text(
    attacked: tuple[str, Assessment, Transcript, CoachView],
) -> None:
    """Tags and attributes are ours alone, in text and in drawings, and the attack is read."""
    attack, report, transcript, view = attacked
    page = report_page(report, transcript, report, view)
    tags = Tags(page)
    assert tags.tags <= HARMLESS
    assert tags.attributes <= ATTRIBUTES
    assert page.count("<style>") == 1
    assert " ".join(attack.split()) in " ".join(tags.text.split())
    told = [html.unescape(text) for text in re.findall(r"<desc[^>]*>([^<]*)</desc>", page)]
    assert told
    assert all(attack in text for text in told)


def test_markdown_holds_no_more_than_text(
    attacked: tuple[str, Assessment, Transcript, CoachView],
) -> None:
    """Read as Markdown there is no link, image, code or tag, and no cell too many."""
    attack, report, transcript, view = attacked
    text = report_markdown(report, transcript, report, view)
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    tokens = [t for token in reader.parse(text) for t in (token, *(token.children or ()))]
    kinds = {token.type for token in tokens}
    assert not kinds & {"link_open", "image", "code_inline", "html_inline", "html_block", "fence"}
    rows = re.split("tr_open", " ".join(token.type for token in tokens))[1:]
    assert {len(re.findall("t[dh]_open", row)) for row in rows} <= {4, 6}
    shown = " ".join("".join(t.content for t in tokens if t.type == "text").split())
    assert " ".join(attack.split()) in shown


def test_print_holds_no_more_than_text(
    attacked: tuple[str, Assessment, Transcript, CoachView],
) -> None:
    """The PDF says the attack as it was said, and nothing in it acts or leads anywhere."""
    attack, report, transcript, view = attacked
    for pdf in (report_pdf(report, transcript, report, view), transcript_pdf(transcript)):
        assert squeezed(attack) in pdf_text(pdf)
        assert active_parts(pdf) == set()


def test_the_document_stays_one_document(
    attacked: tuple[str, Assessment, Transcript, CoachView],
) -> None:
    """JSON has the fields it has without an attack, and the attack in its strings alone."""
    attack, report, _, view = attacked
    document = json.loads(json.dumps(assessment_to_json(report, view), ensure_ascii=False))
    assert document["rounds"][0]["competencies"][0]["id"] in report.rounds[0].competencies[0].id
    told = [
        turn["text"]
        for competency in document["coach"]["rounds"][0]["competencies"]
        for answer in competency["answers"]
        for turn in answer["turns"]
    ]
    assert len(told) == 3
    assert all(attack in text for text in told)


def test_a_long_interview_stays_small(
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library
) -> None:
    """The page of an interview of 60 turns and more, for a coach too, is under 300 KB."""
    from tests.unit.assessment_fixtures import whole

    transcript = whole(make_plan, voice, "brightwell")
    assert len(transcript.turns) > 60
    report = assess(transcript, library)
    page = report_page(report, transcript, report, coach_view(report, transcript))
    assert len(page.encode()) < 300_000
