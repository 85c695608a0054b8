"""E-mails: subject, date and text; what hangs on them is named, not opened."""

from __future__ import annotations

import email.policy
from email import message_from_bytes
from email.message import EmailMessage, Message

from interviewer.research.parsing.parsed import Parsed, RefusedError
from interviewer.research.parsing.plain import decode
from interviewer.research.parsing.web import page

_MOST_PARTS = 200


def read_eml(data: bytes) -> Parsed:
    """Read an e-mail: its plain text, else its HTML."""
    message = message_from_bytes(data, policy=email.policy.default)
    subject = " ".join(str(message.get("subject", "")).split())
    body, hidden = _body(message)
    if not body.strip():
        raise RefusedError("is an e-mail without text. Save what hangs on it as files.")
    names = [name for part in _parts(message) if (name := part.get_filename())]
    return Parsed(
        f"# {subject}\n\n{body}" if subject else body,
        title=subject or None,
        date=_date(message),
        hidden=hidden,
        notes=tuple(f"The attachment {name[:80]} was not read; give it alone." for name in names),
    )


def _parts(message: Message) -> list[Message]:
    found: list[Message] = []
    for part in message.walk():
        found.append(part)
        if len(found) >= _MOST_PARTS:
            break
    return found


def _body(message: EmailMessage) -> tuple[str, tuple[str, ...]]:
    texts: dict[str, str] = {}
    for part in _parts(message):
        kind = part.get_content_type()
        if part.get_filename() or kind not in {"text/plain", "text/html"} or kind in texts:
            continue
        texts[kind] = _text(part)
    if texts.get("text/plain", "").strip():
        return texts["text/plain"].strip(), ()
    if texts.get("text/html", "").strip():
        parsed = page(texts["text/html"])
        return parsed.text, parsed.hidden
    return "", ()


def _text(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = part.get_content_charset() or "utf-8"
    try:
        return data.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return decode(data)[0]


def _date(message: EmailMessage) -> str | None:
    header = message.get("date")
    moment = getattr(header, "datetime", None)
    return moment.date().isoformat() if moment else None
