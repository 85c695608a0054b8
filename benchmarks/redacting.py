"""How many invented identifiers are found, and how often something is taken for one that is none.

python -m benchmarks.redacting [--each N]

Identifiers are drawn at random with the checksums and numbering plans of their kind and put into
sentences. False alarms are counted on the answers, CVs and research that come with the project; of
all kinds these hold the e-mail addresses of CVs only.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

import click
import phonenumbers
from stdnum import luhn
from stdnum.cn import ric

from interviewer.models.identifiers import identifiers
from interviewer.wiring import Settings

Maker = Callable[[random.Random], str]
SENTENCES = (
    "You can reach me at {}, most evenings.", "It is {}.", "({})", "我的联系方式是{}，随时可以。",
    "My details: {}; the rest is on my CV.", "请记下{}。", "contact={}",
    "Since 2019 I use {} for that",
)  # fmt: skip


def _digits(draw: random.Random, count: int) -> str:
    return "".join(draw.choice("0123456789") for _ in range(count))


def _mail(draw: random.Random) -> str:
    name = draw.choice(("ann.lee", "a_b+jobs", "lee-ann", "x9", "Wang.Wei88", "first%last"))
    host = draw.choice(("example.com", "mail.example.co.uk", "qq.com", "uni-x.example.de"))
    return f"{name}{_digits(draw, 2)}@{host}"


def _web(draw: random.Random) -> str:
    tail = _digits(draw, 3)
    return draw.choice(
        (f"https://example.com/ann/{tail}?q=1", f"www.example.cn/{tail}",
         f"linkedin.com/in/ann-lee-{tail}", f"http://127.0.0.1:80/{tail}")
    )  # fmt: skip


def _phone(draw: random.Random) -> str:
    region = draw.choice(("GB", "US", "CN", "DE", "FR", "IN"))
    while True:
        example = phonenumbers.example_number_for_type(region, draw.choice((0, 1)))
        if example is None:
            continue
        known = str(example.national_number)
        number = phonenumbers.PhoneNumber(
            country_code=example.country_code, national_number=int(known[:-4] + _digits(draw, 4))
        )
        if phonenumbers.is_valid_number(number):
            form = draw.choice((0, 1, 2))  # E164, international, national
            return phonenumbers.format_number(number, form)


def _card(draw: random.Random) -> str:
    body = draw.choice(("4", "51", "37", "6011", "62")) + _digits(draw, 15)
    number = body[: draw.choice((15, 15, 14))]
    number += luhn.calc_check_digit(number)
    return draw.choice((number, " ".join(number[i : i + 4] for i in range(0, len(number), 4))))


def _iban(draw: random.Random) -> str:
    country, bank = draw.choice((("DE", ""), ("GB", "NWBK"), ("NL", "ABNA"), ("BE", "")))
    while True:
        length = {"DE": 18, "GB": 14, "NL": 10, "BE": 12}[country]
        body = bank + _digits(draw, length)
        if country == "BE":
            body = body[:10] + f"{int(body[:10]) % 97 or 97:02d}"
        if country == "NL":
            account = body[4:]
            if sum((10 - n) * int(d) for n, d in enumerate(account)) % 11:
                continue
        moved = "".join(str(int(sign, 36)) for sign in f"{body}{country}00")
        number = f"{country}{98 - int(moved) % 97:02d}{body}"
        return draw.choice((number, " ".join(number[i : i + 4] for i in range(0, len(number), 4))))


def _ssn(draw: random.Random) -> str:
    area = draw.choice([n for n in range(1, 900) if n != 666])
    return f"{area:03d}-{draw.randint(1, 99):02d}-{draw.randint(1, 9999):04d}"


def _nino(draw: random.Random) -> str:
    number = draw.choice(("AB", "CE", "JG", "PA")) + _digits(draw, 6) + draw.choice("ABCD")
    spaced = f"{number[:2]} {number[2:4]} {number[4:6]} {number[6:8]} {number[8]}"
    return draw.choice((number, spaced))


def _chinese(draw: random.Random) -> str:
    place = draw.choice(("110105", "310101", "440304"))
    born = f"{draw.randint(1960, 2004)}{draw.randint(1, 12):02d}{draw.randint(1, 28):02d}"
    body = f"{place}{born}{_digits(draw, 3)}"
    return body + ric.calc_check_digit(f"{body}0")


def _ip(draw: random.Random) -> str:
    four = ".".join(str(draw.randint(1, 254)) for _ in range(4))
    six = ":".join(f"{draw.randint(0, 65535):x}" for _ in range(8))
    return draw.choice((four, six, "2001:db8::" + f"{draw.randint(1, 65535):x}"))


MAKERS: dict[str, Maker] = {
    "email": _mail, "web": _web, "phone": _phone, "card": _card, "account": _iban,
    "identity (US)": _ssn, "identity (UK)": _nino, "identity (CN)": _chinese, "address": _ip,
}  # fmt: skip


@click.command()
@click.option("--each", default=1_000, show_default=True, help="Identifiers of each kind.")
@click.option("--seed", default=7, show_default=True)
def main(each: int, seed: int) -> None:
    """Draw, find, and count."""
    draw = random.Random(seed)
    total = hidden = 0
    for kind, make in MAKERS.items():
        whole, missed = 0, ""
        for _ in range(each):
            given = make(draw)
            text = draw.choice(SENTENCES).format(given)
            spans = [text[found.start : found.end] for found in identifiers(text)]
            gone = any(given in span for span in spans)
            whole += gone
            missed = missed if gone else f"{given!r} in {text!r}"
        total, hidden = total + each, hidden + whole
        click.echo(
            f"{kind:15} {whole:5} of {each}" + (f"   missed, for one: {missed}" if missed else "")
        )
    click.echo(f"found {hidden} of {total}: {hidden / total:.4f}")
    _false_alarms()


def _false_alarms() -> None:
    settings = Settings.from_environment()
    paths = [p for kind in ("*.md", "*.txt") for p in sorted(settings.knowledge.rglob(kind))]
    found: Counter[str] = Counter()
    shown: list[str] = []
    letters = 0
    for path in paths:
        text = path.read_text(encoding="utf-8")
        letters += len(text)
        for each in identifiers(text):
            found[each.kind] += 1
            shown.append(f"{each.kind}: {text[each.start : each.end]!r} in {path.name}")
    click.echo(f"{len(paths)} documents, {letters:,} characters: {dict(found)}")
    for line in shown[:20]:
        click.echo(f"  {line}")


if __name__ == "__main__":
    main()
