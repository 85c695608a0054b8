"""Finds what identifies or reaches a person by its form: addresses, phones, account numbers.

Forms alone make false alarms, so what has a checksum or a numbering plan is held against it: phone
numbers by `phonenumbers` (Google's plan of every country), account, card and identity numbers by
`python-stdnum`. Names and places have no form; they are not found here.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from interviewer.errors import SetupError

# Where a number is written without its country.
_REGIONS = ("GB", "US", "CN", "DE", "FR", "IN")
# What a host ends in when it is written without www. and without a scheme.
_HOSTS = "com|org|net|edu|gov|io|dev|app|me|info|co|ai|cn|uk|de|fr|eu|us|in|jp|hk|tw|sg|au|ca|ch"
_REST = r"[^\s<>\"'“”‘’，。；、（）《》]+"
_URL = re.compile(
    rf"(?:https?://|www\.){_REST}|(?<![A-Za-z0-9@.-])(?:[a-z0-9-]+\.)+(?:{_HOSTS})/{_REST}",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"[A-Za-z0-9](?:[A-Za-z0-9._%+-]*[A-Za-z0-9_+-])?@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}"
)
# What stands before or after may be a letter of a language that is written without spaces.
_IP4 = re.compile(r"(?<![A-Za-z0-9.])(?:\d{1,3}\.){3}\d{1,3}(?![A-Za-z0-9]|\.\d)")
_IP6 = re.compile(r"(?<![A-Za-z0-9:])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![A-Za-z0-9:])")
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}")
_CARD = re.compile(r"(?<![\d.,+-])\d(?:[ -]?\d){12,18}(?![\d-])")
_SSN = re.compile(r"(?<![\d-])\d{3}[- ]\d{2}[- ]\d{4}(?![\d-])")
_NINO = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![A-Za-z0-9])")
_CHINESE = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])")
_ABROAD = re.compile(r"\+\d(?:[ ()./-]{0,2}\d){6,14}(?!\d)")
_CLOSING = ".,;:!?)]}'\""


@dataclass(frozen=True, slots=True)
class Identifier:
    """Where in a text something identifies or reaches somebody.

    Attributes:
        kind: `web`, `email`, `address`, `account`, `card`, `identity` or `phone`.
        start: Where it begins.
        end: Where it has ended.
    """

    kind: str
    start: int
    end: int


def check_installed() -> None:
    """Make sure that the packages are there.

    Raises:
        SetupError: They are not.
    """
    try:
        import phonenumbers  # noqa: F401  # looked for, not used here
        import stdnum  # noqa: F401  # the same
    except ImportError:
        raise SetupError(
            "INTERVIEWER_REDACT needs two packages. Install them with "
            "`pip install 'three-rounds[redact]'`."
        ) from None


def identifiers(text: str) -> tuple[Identifier, ...]:
    """Return what is found in a text, in its order; nothing overlaps."""
    taken: list[Identifier] = []
    for found in _candidates(text):
        if all(found.end <= other.start or found.start >= other.end for other in taken):
            taken.append(found)
    return tuple(sorted(taken, key=lambda each: each.start))


def _candidates(text: str) -> Iterator[Identifier]:
    """Yield what is found, the surest kinds first."""
    for kind, pattern, fits in _KINDS:
        for match in pattern.finditer(text):
            whole = match.group()
            shown = whole.rstrip(_CLOSING) if kind == "web" else whole
            if length := fits(shown):
                yield Identifier(kind, match.start(), match.start() + length)
    yield from _phones(text)


def _phones(text: str) -> Iterator[Identifier]:
    import phonenumbers

    if not any(sign.isdigit() for sign in text):
        return
    for abroad in _ABROAD.finditer(text):
        if _plan_knows(abroad.group()):
            yield Identifier("phone", abroad.start(), abroad.end())
    for region in _REGIONS:
        for match in phonenumbers.PhoneNumberMatcher(text, region):
            yield Identifier("phone", match.start, match.end)


def _plan_knows(number: str) -> bool:
    import phonenumbers

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, None))
    except phonenumbers.NumberParseException:
        return False


def _any(text: str) -> int:
    return len(text)


def _ip(text: str) -> int:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return 0
    return len(text) if any(sign.isdigit() for sign in text) else 0


def _iban(text: str) -> int:
    """Return the length of an account number at the beginning of a text that may go on."""
    from stdnum import iban

    for end in range(len(text), 14, -1):
        if text[end - 1].isalnum() and iban.is_valid(text[:end], check_country=False):
            return end
    return 0


def _card(text: str) -> int:
    from stdnum import luhn

    digits = re.sub(r"\D", "", text)
    return len(text) if luhn.is_valid(digits) and len(set(digits)) > 1 else 0


def _ssn(text: str) -> int:
    from stdnum.us import ssn

    return len(text) if ssn.is_valid(text.replace(" ", "-")) else 0


def _chinese(text: str) -> int:
    """Look at date and check digit (GB 11643); which counties there were when is left alone."""
    from stdnum.iso7064 import mod_11_2

    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return 0
    return len(text) if mod_11_2.is_valid(text.upper()) else 0


def _nino(text: str) -> int:
    """Leave out prefixes that are never given out (HMRC, NIM39110)."""
    never = {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}
    first, second = text[0], text[1]
    odd = first in "DFIQUV" or second in "DFIOQUV" or text[:2] in never
    return 0 if odd else len(text)


_KINDS: tuple[tuple[str, re.Pattern[str], Callable[[str], int]], ...] = (
    ("email", _MAIL, _any),
    ("web", _URL, _any),
    ("account", _IBAN, _iban),
    ("identity", _CHINESE, _chinese),
    ("identity", _SSN, _ssn),
    ("identity", _NINO, _nino),
    ("card", _CARD, _card),
    ("address", _IP4, _ip),
    ("address", _IP6, _ip),
)
