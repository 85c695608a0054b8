"""Prompt templates: checked by their syntax tree, rendered in a sandbox.

A template may use the names and fields below, `if`, `for`, `include` of a sibling and a few
filters. It can call nothing, so a coach may edit it safely, and a name it forgets or invents is
an error at load, not a hole in a prompt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, meta, nodes
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from interviewer.content.form import read_text
from interviewer.errors import ContentError, Fault

NAMES: Mapping[str, frozenset[str]] = {
    "persona": frozenset({"name", "title", "mandate", "tone"}),
    "company": frozenset({"name"}),
    "post": frozenset({"title"}),
    "language": frozenset(),
    "round": frozenset({"minutes"}),
    "rules": frozenset(),
    "move": frozenset({"kind", "text", "instruction"}),
    "facts": frozenset({"id", "text"}),
    "handoff": frozenset(),
    "history": frozenset({"speaker", "text"}),
    "max_words": frozenset(),
}
LISTS = frozenset({"rules", "facts", "handoff", "history"})
"""The names that are lists: a loop goes over one of them and `join` joins one of them, so that a
template cannot grow with the square of a text."""
REQUIRED = frozenset({"move", "rules"})
FILTERS = frozenset({"join", "length", "lower", "trim", "upper"})
_LOOP = frozenset({"index", "first", "last", "length"})
_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Filter,
    nodes.If, nodes.For, nodes.Include, nodes.Const, nodes.Compare, nodes.Operand, nodes.And,
    nodes.Or, nodes.Not, nodes.CondExpr, nodes.Concat,
)  # fmt: skip


_MOST_INCLUDES = 10
_SIBLING = re.compile(r"[\w-][\w.-]*")
# A hyphen takes the white space beside the include away, as it does in Jinja.
_INCLUDE = r"(?:\s*{{%-|{{%)\s*include\s+([\"']){name}\1\s*(?:-%}}\s*|%}})"


def _environment() -> ImmutableSandboxedEnvironment:
    # Text for a model, not a page: nothing is escaped here; the screen escapes what it shows.
    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)


def read_template(path: Path) -> str:
    """Read a prompt template with its siblings put in, checked.

    Raises:
        ContentError: It uses a name, field, filter or statement that is not offered, forgets
            `move` or `rules`, or includes a file that is not there.
    """
    return template_in(read_text(path), path)


def template_in(text: str, path: Path) -> str:
    """Return the checked template that a text is, with siblings put in.

    Args:
        text: The text.
        path: Where the file lies or would lie: its siblings are there, and faults name it.

    Raises:
        ContentError: As for a file.
    """
    try:
        text = _with_siblings(path, text, depth=0)
        faults = _faults(path, text)
        if not faults:
            _compiled(text)
    except (RecursionError, SyntaxError, MemoryError):  # what only the compiler refuses
        faults = [Fault(path, None, "Its parts are nested too deep.", "Make it flatter.")]
    if faults:
        raise ContentError(*faults)
    return text


def render(template: str, values: Mapping[str, object]) -> str:
    """Render a checked template.

    Raises:
        TemplateError: A value is missing.
    """
    return _compiled(template).render(dict(values))


@lru_cache(maxsize=64)
def _compiled(template: str) -> Template:
    """Compile a template once; a persona says many turns with it."""
    return _environment().from_string(template)


def _with_siblings(path: Path, text: str, *, depth: int) -> str:
    """Put included siblings in place, so that what is checked is what is rendered."""
    try:
        tree = _environment().parse(text)
    except TemplateSyntaxError as error:
        raise ContentError(_syntax_fault(path, error)) from None
    includes = list(tree.find_all(nodes.Include))
    if len(includes) > _MOST_INCLUDES:
        what = f"There are more than {_MOST_INCLUDES} includes."
        raise ContentError(Fault(path, includes[0].lineno, what, "Leave some out."))
    for include in includes:
        name = include.template.value if isinstance(include.template, nodes.Const) else None
        named = isinstance(name, str) and _SIBLING.fullmatch(name)
        if not isinstance(name, str) or not named or depth > 3:
            what = "An include names no sibling file."
            raise ContentError(Fault(path, include.lineno, what, "Name a file beside this one."))
        inner = _with_siblings(path.parent / name, read_text(path.parent / name), depth=depth + 1)
        literal = inner.replace("\\", r"\\")
        text = re.sub(_INCLUDE.format(name=re.escape(name)), literal, text)
    return text


def _faults(path: Path, text: str) -> list[Fault]:
    try:
        tree = _environment().parse(text)
    except TemplateSyntaxError as error:
        return [_syntax_fault(path, error)]
    faults = [fault for node in tree.find_all(nodes.Node) if (fault := _node_fault(path, node))]
    faults += _growing(path, tree)
    try:
        used = meta.find_undeclared_variables(tree)
    except TemplateError as error:
        return [*faults, Fault(path, None, f"{error}", "Correct the template.")]
    # Jinja counts `self`, the template itself, among the names that are declared.
    used |= {node.name for node in tree.find_all(nodes.Name) if node.name == "self"}
    if unknown := used - set(NAMES):
        what = f"Unknown names: {', '.join(sorted(unknown))}."
        faults.append(Fault(path, None, what, f"Known are: {', '.join(NAMES)}."))
    if forgotten := REQUIRED - used:
        what = f"The template never uses: {', '.join(sorted(forgotten))}."
        faults.append(Fault(path, None, what, "Use it."))
    return faults


def _node_fault(path: Path, node: nodes.Node) -> Fault | None:
    line = getattr(node, "lineno", None)
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        fix = f"Use one of: {', '.join(sorted(FILTERS))}."
        return Fault(path, line, f"The filter `{node.name}` is not offered.", fix)
    if isinstance(node, nodes.Getattr):
        return _field_fault(path, node)
    if isinstance(node, nodes.Include):
        return Fault(path, line, "An include is written in a form that is not read.",
                     'Write {% include "name" %}.')  # fmt: skip
    # Keyword arguments of filters and loop targets hang below allowed nodes.
    if not isinstance(node, (*_ALLOWED, nodes.Keyword)):
        kind = type(node).__name__
        fix = "Use names, if, for, include and the filters offered; nothing can be called."
        return Fault(path, line, f"`{kind}` is not allowed in a prompt template.", fix)
    return None


def _growing(path: Path, tree: nodes.Template) -> Iterator[Fault]:
    """Yield what would let a template grow beyond all bounds."""
    for loop in tree.find_all(nodes.For):
        over = loop.iter.name if isinstance(loop.iter, nodes.Name) else ""
        if over not in LISTS or any(True for inner in loop.body for _ in _loops(inner)):
            fix = f"Loop over one of {', '.join(sorted(LISTS))}, and not inside another loop."
            yield Fault(path, loop.lineno, "A loop goes over what is no list, or over two.", fix)
    for joined in tree.find_all(nodes.Filter):
        subject = joined.node.name if isinstance(joined.node, nodes.Name) else ""
        plain = all(isinstance(given, nodes.Const) for given in joined.args)
        if joined.name == "join" and (subject not in LISTS or not plain):
            fix = f"Join one of {', '.join(sorted(LISTS))} with a text in quotation marks."
            yield Fault(path, joined.lineno, "`join` joins what is no list.", fix)


def _loops(node: nodes.Node) -> Iterator[nodes.For]:
    if isinstance(node, nodes.For):
        yield node
    yield from node.find_all(nodes.For)


def _field_fault(path: Path, node: nodes.Getattr) -> Fault | None:
    fields = frozenset().union(*NAMES.values()) | _LOOP
    owner = node.node.name if isinstance(node.node, nodes.Name) else None
    known = NAMES.get(owner or "", fields) or fields
    if not isinstance(node.node, nodes.Name) or node.attr not in known:
        what = f"`.{node.attr}` is no field that a template may read."
        return Fault(path, node.lineno, what, f"Known here: {', '.join(sorted(known))}.")
    return None


def _syntax_fault(path: Path, error: TemplateSyntaxError) -> Fault:
    return Fault(path, error.lineno, f"The template does not parse: {error.message}.",
                 "Correct the line.")  # fmt: skip
