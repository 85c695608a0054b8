"""What checking and rendering prompt templates promises."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from interviewer.content.templates import read_template, render
from interviewer.errors import ContentError, Fault

_NEEDED = "{{ move.text }}{% for rule in rules %}{{ rule }}{% endfor %}"


def _write(folder: Path, text: str, name: str = "prompt.en.md.j2") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _faults(folder: Path, text: str) -> tuple[Fault, ...]:
    path = _write(folder, text)
    with pytest.raises(ContentError) as caught:
        read_template(path)
    assert all(fault.path == path and fault.fix for fault in caught.value.faults)
    return caught.value.faults


def test_everything_offered_can_be_used(tmp_path: Path) -> None:
    """Names, fields, loops, conditions and the filters of the guide make a prompt."""
    text = (
        "{{ persona.name | upper }} {{ company.name|lower }} {{ handoff|join(', ')|trim }}"
        "{% for line in history %}{{ loop.index }}. {{ line.speaker }}: {{ line.text }}"
        "{{ '' if loop.last else '; ' }}{% endfor %}"
        "{% if not facts and handoff|length > 1 or max_words == 5 %} few{% else %} many{% endif %}"
    )
    template = read_template(_write(tmp_path, text + _NEEDED))
    values = {
        "persona": {"name": "Helen"},
        "company": {"name": "ACME"},
        "handoff": ["a", "b"],
        "history": [{"speaker": "You", "text": "Hi"}, {"speaker": "Me", "text": "Ho"}],
        "facts": [],
        "max_words": 40,
        "move": {"text": "Ask."},
        "rules": ["R"],
    }
    assert render(template, values) == "HELEN acme a, b1. You: Hi; 2. Me: Ho fewAsk.R"


@pytest.mark.parametrize(
    ("attack", "what"),
    [
        ("{{ move.text.__class__ }}", "`.__class__` is no field"),
        ("{{ move.__class__.__mro__ }}", "`.__class__` is no field"),
        ("{{ rules.__init__.__globals__ }}", "`.__globals__` is no field"),
        ("{{ ''.__class__ }}", "`.__class__` is no field"),
        ("{{ persona.secret }}", "`.secret` is no field"),
        ("{{ company.reservation }}", "`.reservation` is no field"),
        ("{{ move['__class__'] }}", "`Getitem` is not allowed"),
        ("{{ persona.name.upper() }}", "`Call` is not allowed"),
        ("{{ range(10**9) }}", "`Call` is not allowed"),
        ("{{ rules|map(attribute='x')|list }}", "The filter `map` is not offered"),
        ("{{ move|attr('__class__') }}", "The filter `attr` is not offered"),
        ("{{ move.text|safe }}", "The filter `safe` is not offered"),
        ("{{ 9**9**9 }}", "`Pow` is not allowed"),
        ("{{ 'a' * 10 }}", "`Mul` is not allowed"),
        ("{% set x = 1 %}", "`Assign` is not allowed"),
        ("{% macro m() %}x{% endmacro %}", "`Macro` is not allowed"),
        ("{% import 'a' as a %}", "`Import` is not allowed"),
        ("{% extends 'base' %}", "`Extends` is not allowed"),
        ("{% if move is defined %}x{% endif %}", "`Test` is not allowed"),
        ("{{ [move] }}", "`List` is not allowed"),
        ("{{ {'a': move} }}", "`Dict` is not allowed"),
        ("{% block b %}x{% endblock %}", "`Block` is not allowed"),
    ],
)
def test_an_attack_is_a_fault_at_load(tmp_path: Path, attack: str, what: str) -> None:
    """Calls, hidden attributes, other filters and statements never reach the renderer."""
    faults = _faults(tmp_path, f"\n{attack}{_NEEDED}")
    assert any(what in fault.what and fault.line == 2 for fault in faults), faults


@pytest.mark.parametrize("name", ["os", "self", "request", "reservation", "config"])
def test_unknown_names_are_faults(tmp_path: Path, name: str) -> None:
    """A name the guide does not list is named, and the known ones with it."""
    (fault,) = _faults(tmp_path, f"{{{{ {name} }}}}{_NEEDED}")
    assert fault.what == f"Unknown names: {name}."
    assert "persona, company" in fault.fix


def test_forgotten_names_are_faults(tmp_path: Path) -> None:
    """A prompt without the move or the rules is refused."""
    (fault,) = _faults(tmp_path, "{{ persona.name }}")
    assert fault.what == "The template never uses: move, rules."


def test_all_faults_of_a_template_come_at_once(tmp_path: Path) -> None:
    """Every fault is named in one reading, with its line."""
    faults = _faults(tmp_path, "{{ os }}\n{{ move.a() }}\n{{ move.text|safe }}")
    assert [fault.line for fault in faults if fault.line] == [3, 2, 2] or {
        fault.line for fault in faults
    } == {None, 2, 3}
    assert len(faults) == 5


@pytest.mark.parametrize("text", ["{{ move", "{% if move %}", "{% endfor %}", "{{ move | }}"])
def test_what_does_not_parse_is_a_fault(tmp_path: Path, text: str) -> None:
    """Broken syntax is named with its line."""
    (fault,) = _faults(tmp_path, f"line\n{text}")
    assert fault.line == 2
    assert fault.what.startswith("The template does not parse: ")


def test_an_unknown_filter_is_a_fault(tmp_path: Path) -> None:
    """A filter that does not exist anywhere is a fault, not a crash."""
    faults = _faults(tmp_path, f"{{{{ move.text|shout }}}}{_NEEDED}")
    assert any("`shout` is not offered" in fault.what for fault in faults)


@pytest.mark.parametrize(
    "include",
    [
        '{% include "rules.md" %}',
        "{% include 'rules.md' %}",
        '{%- include "rules.md" %}',
        '{% include "rules.md" -%}',
        '{%- include "rules.md" -%}',
        '{%include "rules.md"%}',
        '{%  include  "rules.md"  %}',
    ],
)
def test_a_sibling_is_put_in_place(tmp_path: Path, include: str) -> None:
    """However the include is spaced, the sibling's text is part of the prompt."""
    _write(tmp_path, _NEEDED, "rules.md")
    template = read_template(_write(tmp_path, f"Hello. {include}"))
    said = render(template, {"move": {"text": "Ask."}, "rules": ["One."]})
    assert said.split() == ["Hello.", "Ask.One."] or said == "Hello.Ask.One."


def test_what_stands_in_a_sibling_is_checked(tmp_path: Path) -> None:
    """A sibling is no way around the check."""
    _write(tmp_path, "{{ move.__class__ }}", "evil.md")
    faults = _faults(tmp_path, f'{{% include "evil.md" %}}{_NEEDED}')
    assert any("__class__" in fault.what for fault in faults)


@pytest.mark.parametrize(
    "include",
    [
        '"../secret.md"',
        '"/etc/passwd"',
        '"sub/x.md"',
        r'"..\\secret.md"',
        "move",
        '["a.md", "b.md"]',
        "5",
    ],
)
def test_only_a_sibling_can_be_included(tmp_path: Path, include: str) -> None:
    """A path out of the folder, or a name made at rendering, is refused."""
    home = tmp_path / "hr"
    home.mkdir()
    (tmp_path / "secret.md").write_text("secret", encoding="utf-8")
    (fault,) = _faults(home, f"{{% include {include} %}}{_NEEDED}")
    assert fault.what == "An include names no sibling file."


def test_a_sibling_that_is_missing_is_a_fault(tmp_path: Path) -> None:
    """The missing file is the one that is named."""
    path = _write(tmp_path, '{% include "gone.md" %}')
    with pytest.raises(ContentError, match=r"gone\.md: The file is missing"):
        read_template(path)


def test_a_sibling_that_includes_itself_is_a_fault(tmp_path: Path) -> None:
    """Includes without an end are refused, not followed."""
    _write(tmp_path, '{% include "self.md" %}', "self.md")
    with pytest.raises(ContentError, match="An include names no sibling file"):
        read_template(_write(tmp_path, '{% include "self.md" %}'))


@pytest.mark.parametrize("include", ['{% include "rules.md" ignore missing %}'])
def test_an_include_in_another_form_is_a_fault(tmp_path: Path, include: str) -> None:
    """A form of include that is not read is named with the form that is."""
    _write(tmp_path, "text", "rules.md")
    (fault,) = _faults(tmp_path, include + _NEEDED)
    assert fault.fix == 'Write {% include "name" %}.'


def test_a_value_that_is_missing_is_an_error() -> None:
    """A prompt is never rendered with a hole in it."""
    with pytest.raises(UndefinedError):
        render("{{ move.text }}", {})


@given(st.text())
def test_what_a_candidate_says_is_never_run(said: str) -> None:
    """A value is put in as it is, template signs and all."""
    values = {"history": [{"text": said}, {"text": "{{ 7 * 7 }}"}]}
    text = render("{% for line in history %}{{ line.text }}|{% endfor %}", values)
    assert text == f"{said}|{{{{ 7 * 7 }}}}|"
