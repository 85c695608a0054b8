"""Reading interview formats and telling whether the personas there are can hold them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from interviewer.content.faults import FaultCollector, read_named
from interviewer.content.form import read_document
from interviewer.content.format import Format
from interviewer.content.persona import Persona
from interviewer.content.rubric import Rubric
from interviewer.content.staffing import misfits
from interviewer.errors import ContentError, Fault


def read_formats(
    folder: Path,
    personas: Mapping[str, Persona],
    rubrics: Mapping[str, Rubric],
    collector: FaultCollector,
    *,
    taken: Collection[str] = (),
) -> dict[str, Format]:
    """Read the formats of a folder; the personas must be able to hold them.

    Args:
        folder: Where they lie.
        personas: All personas by id.
        rubrics: All competencies by id.
        collector: Keeps what is wrong.
        taken: Ids that other formats have.
    """
    formats = read_named(folder, Format, collector)
    for entry in formats.values():
        path = folder / f"{entry.id}.toml"
        if entry.id in taken:
            collector.add(path, f"There is a format `{entry.id}` already.", "Give it another id.")
        # With a persona or a rubric that cannot be read every format would seem at fault.
        for misfit in () if collector.faults else misfits(entry, personas, rubrics):
            collector.add(path, misfit.what, misfit.fix)
    return formats


def read_format(
    path: Path, personas: Mapping[str, Persona], rubrics: Mapping[str, Rubric]
) -> Format:
    """Read one format; the personas must be able to hold it.

    Raises:
        ContentError: The file is no format, or the personas cannot hold it; names every fault.
    """
    entry = read_document(path, Format)
    faults = [
        Fault(path, None, misfit.what, misfit.fix) for misfit in misfits(entry, personas, rubrics)
    ]
    if faults:
        raise ContentError(*faults)
    return entry
