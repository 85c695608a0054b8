"""What `interviewer evaluate` is given beside transcripts: marks, a plan, research, personas."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from interviewer.cli.giving import Options, given_by
from interviewer.content.library import Library
from interviewer.errors import InputError, UsageError
from interviewer.evaluation.metrics.scoring_agreement import BUILTIN
from interviewer.interview.plan_file import plan_record
from interviewer.transcript_file import dump
from interviewer.wiring import Settings
from tests.cli.conftest import Run
from tests.conftest import PlanMaker
from tests.unit.assessment_fixtures import STORY, talk

NONE = Options("", "", None, None, "1-5", None, None, None, "")
HEAD = "transcript,turn,item,rater,value,candidate,group\n"
TALK = [
    ("Helen", "Brightwell Logistics moved 41,300 parcels in 2019. What did you build?"),
    ("", "A stock model for four depots."),
    ("Ravi", "Which four depots did you choose first, and why those?"),
    ("", "Leeds, it lost most."),
]


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    """Return a plain chat file of two examiners."""
    messages = [
        {"role": "assistant", "name": name, "content": text} if name
        else {"role": "user", "content": text}
        for name, text in TALK
    ]  # fmt: skip
    path = tmp_path / "chat.jsonl"
    path.write_text(json.dumps({"id": "c1", "messages": messages}) + "\n", encoding="utf-8")
    return path


def metrics(out: str) -> dict[str, dict[str, object]]:
    """Return the metrics of a document."""
    return json.loads(out)["metrics"]


def test_options_give_a_plain_chat_what_it_lacks(
    command: Run, chat: Path, tmp_path: Path, make_plan: PlanMaker
) -> None:
    """Research, plan and personas turn "cannot be told" into values; without them it says why."""
    _, plain, _ = command("evaluate", chat, "--json")
    for name in ("grounding", "research_use", "persona_fidelity", "plan_coverage"):
        assert metrics(plain)[name]["n"] == 0
        assert metrics(plain)[name]["reasons"]
    plan = tmp_path / "plan.json"
    record = plan_record(make_plan("brightwell", "data-engineer", language="en"))
    plan.write_text(json.dumps(record), encoding="utf-8")
    code, out, _ = command("evaluate", chat, "--json", "--research", "brightwell", "--plan", plan,
                           "--personas", "Helen=hr,Ravi=technical")  # fmt: skip
    assert code == 0
    for name in ("grounding", "research_use", "persona_fidelity", "plan_coverage"):
        assert metrics(out)[name]["n"] == 1
    (entry,) = json.loads(out)["per_transcript"]
    assert [f["tag"] for f in entry["findings"] if f["metric"] == "grounding"] == ["figure"]


def test_research_may_be_a_folder_of_documents(command: Run, chat: Path, tmp_path: Path) -> None:
    """Any Markdown will do, with the employer's name beside it."""
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.md").write_text("# Scope\n\nBrightwell Logistics moved 41,300 parcels in 2019.\n",
                                 encoding="utf-8")  # fmt: skip
    code, out, _ = command("evaluate", chat, "--json", "--research", folder, "--employer",
                           "Brightwell Logistics")  # fmt: skip
    assert code == 0
    assert metrics(out)["grounding"]["mean"] == 1.0


@pytest.mark.parametrize(
    ("named", "says"),
    [
        ({"research": "nowhere"}, "no employer and no folder"),
        ({"personas": "Helen=chef"}, "no persona 'chef'"),
        ({"personas": "A=hr,A=boss"}, "twice"),
        ({"plan": "CHAT"}, "cannot be used"),
        ({"plan": "nowhere.json"}, "holds no plan"),
        ({"human": "CHAT"}, "line 1"),
        ({"machine": "MARKS"}, "give both"),
        ({"human": "MARKS", "machine": "MARKS"}, "among people and among machines"),
        ({"levels": "many"}, "names no levels"),
    ],
)
def test_what_cannot_be_used_is_refused(
    library: Library, chat: Path, tmp_path: Path, named: dict[str, str], says: str
) -> None:
    """Each is named before anything is measured."""
    marks = tmp_path / "marks.csv"
    marks.write_text(HEAD + "t,1,teamwork,ann,3,c,\n", encoding="utf-8")
    files = {"CHAT": chat, "MARKS": marks}
    told = {name: files.get(value, value) for name, value in named.items()}
    if "plan" in told:
        told["plan"] = Path(told["plan"])
    options = replace(NONE, **told)
    with pytest.raises((InputError, UsageError), match=says):
        given_by(options, Settings.from_environment({}), library)


@pytest.fixture
def interviews(make_plan: PlanMaker, tmp_path: Path) -> tuple[Path, list[str]]:
    """Return two interviews with levels, and rows of people who marked them."""
    plan = make_plan()
    thin = "It was fine, more or less."
    said = {"good": STORY, "thin": thin}
    texts, rows = [], []
    for name, story in said.items():
        made = talk(plan, {("hr", 2): [story], ("hr", 4): [story]})
        document = json.loads(dump(made))
        document["id"] = name
        texts.append(json.dumps(document))
        competency = plan.rounds[0].items[2].competency
        other = plan.rounds[0].items[4].competency
        for item in (competency, other):
            value = 4 if name == "good" else 2
            rows += [f"{name},,{item},ann,{value},{name},", f"{name},,{item},ben,{value},{name},"]
    path = tmp_path / "two.jsonl"
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path, rows


def test_levels_of_the_assessor_are_held_against_people(
    command: Run, interviews: tuple[Path, list[str]], tmp_path: Path
) -> None:
    """With --human the metric has a kappa, and people and the constant stand beside it."""
    path, rows = interviews
    human = tmp_path / "human.csv"
    human.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    # In a process beside this one, so that what is given has to come along.
    code, out, _ = command("evaluate", path, "--json", "--human", human, "--metrics",
                           "scoring_agreement,outcome", "--engine", "processes:1")  # fmt: skip
    assert code == 0
    found = metrics(out)["scoring_agreement"]
    details = found["details"]
    assert isinstance(details, dict)
    assert [row["name"] for row in details["rows"]] == ["people", BUILTIN, "constant"]
    assert found["n"] == 2 - found["unscored"]
    assert metrics(out)["outcome"]["reasons"] == {
        "It needs outcomes recorded by people; give them with --human.": 2
    }


def test_decisions_are_held_against_outcomes(
    command: Run, interviews: tuple[Path, list[str]], tmp_path: Path
) -> None:
    """Outcomes by people need decisions by a machine; both together give a kappa and groups."""
    path, rows = interviews
    human, machine = tmp_path / "human.csv", tmp_path / "machine.csv"
    told = ["good,,outcome,board,yes,good,x", "thin,,outcome,board,no,thin,y"]
    human.write_text(HEAD + "\n".join([*rows, *told]) + "\n", encoding="utf-8")
    _, out, _ = command("evaluate", path, "--json", "--human", human, "--metrics", "outcome")
    assert "Give --machine" in next(iter(metrics(out)["outcome"]["reasons"]))
    machine.write_text(HEAD + "good,,outcome,m,0.8,good,\nthin,,outcome,m,0.1,thin,\n",
                       encoding="utf-8")  # fmt: skip
    code, out, _ = command("evaluate", path, "--json", "--human", human, "--machine", machine,
                           "--metrics", "scoring_agreement,outcome")  # fmt: skip
    assert code == 0
    found = metrics(out)["outcome"]
    assert (found["mean"], found["n"]) == (1.0, 2)
    assert found["details"]["groups"]["x"] == {"n": 1, "yes": 1, "rate": 1.0}
    assert metrics(out)["scoring_agreement"]["n"] == 1


def test_meanings_are_compared_where_that_is_asked_for(library: Library, tmp_path: Path) -> None:
    """Their vectors are kept in the data folder; without the option nothing is embedded for it."""
    settings = Settings.from_environment({"INTERVIEWER_HOME": str(tmp_path)})
    assert given_by(NONE, settings, library).meaning is None
    meaning = given_by(replace(NONE, meaning=True), settings, library).meaning
    assert meaning is not None
    assert tmp_path / "vectors.sqlite3" in meaning.__reduce__()[1]  # type: ignore[operator]  # a tuple
