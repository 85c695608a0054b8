"""The process that parses: it reads a document on standard input and answers on standard output.

A request is one line of JSON (`kind`, `size`) and that many bytes; an answer is one line of JSON,
`parsed` or `refused`. It goes on until its input ends, so that a thousand files do not need a
thousand starts.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import BinaryIO

from interviewer.research.parsing.parsed import Parsed, RefusedError

MOST_MEMORY = 1_500_000_000
MOST_TEXT = 3_000_000
_MOST_HIDDEN = 20
_DAMAGED = "cannot be read; it seems to be damaged. Open it and save it again, or give its text."


def readers() -> dict[str, Callable[[bytes], Parsed]]:
    """Return the reader of each kind."""
    from interviewer.research.parsing.links import read_links
    from interviewer.research.parsing.mail import read_eml
    from interviewer.research.parsing.pdf import read_pdf
    from interviewer.research.parsing.sheets import read_csv, read_xlsx
    from interviewer.research.parsing.slides import read_pptx
    from interviewer.research.parsing.web import read_html
    from interviewer.research.parsing.word import read_docx

    return {
        "pdf": read_pdf,
        "docx": read_docx,
        "pptx": read_pptx,
        "xlsx": read_xlsx,
        "csv": read_csv,
        "html": read_html,
        "eml": read_eml,
        "links": read_links,
    }


def parse(kind: str, data: bytes) -> Parsed:
    """Read one document.

    Raises:
        RefusedError: It cannot be used; whatever a parser raises has become this.
    """
    try:
        parsed = readers()[kind](data)
    except RefusedError:
        raise
    except (MemoryError, RecursionError) as error:
        raise RefusedError("is too deep or too large to be read. Give its text.") from error
    except Exception as error:  # parsers meet damage with every kind there is
        raise RefusedError(_DAMAGED) from error
    if not parsed.text.strip():
        what = "It may be a scan; text in pictures is not read." if kind == "pdf" else ""
        raise RefusedError(f"has no text. {what}".strip())
    if len(parsed.text) > MOST_TEXT:
        raise RefusedError("has over three million characters. Give the part about the employer.")
    return parsed


def answer(kind: str, data: bytes) -> dict[str, object]:
    """Return the answer to one request, ready for JSON."""
    try:
        parsed = parse(kind, data)
    except RefusedError as error:
        return {"refused": str(error)}
    found = asdict(parsed)
    found["hidden"] = [piece[:500] for piece in parsed.hidden[:_MOST_HIDDEN]]
    return {"parsed": found}


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Answer requests until the input ends."""
    while line := source.readline():
        request = json.loads(line)
        reply = answer(request["kind"], source.read(request["size"]))
        # Half characters cannot be written as UTF-8, so JSON escapes them.
        target.write(json.dumps(reply).encode("ascii") + b"\n")
        target.flush()


def limit() -> None:
    """Take from this process what parsing does not need: memory beyond a bound, and files."""
    try:
        import resource
    except ImportError:  # Windows; there the time limit alone holds
        return
    import contextlib

    for what, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_FSIZE, 0)):
        with contextlib.suppress(ValueError, OSError):  # macOS refuses some
            resource.setrlimit(what, (most, most))


def main() -> None:
    """Answer on the standard streams; nothing a parser prints reaches the answer."""
    target = sys.stdout.buffer
    sys.stdout = sys.stderr
    limit()
    serve(sys.stdin.buffer, target)


if __name__ == "__main__":
    main()
