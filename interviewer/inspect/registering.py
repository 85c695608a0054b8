"""What the entry point `inspect_ai` names: it registers scorers, and scanners where Scout is."""

from __future__ import annotations

from importlib.util import find_spec

from interviewer.inspect import scoring

scoring.register()
if find_spec("inspect_scout") is not None:
    from interviewer.inspect import scanning

    scanning.register()
