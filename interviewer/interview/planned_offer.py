"""What may be said of a post's pay, in the words of a language."""

from __future__ import annotations

from interviewer.content.company import Pay
from interviewer.content.words import Vocabulary
from interviewer.interview.plan import Offer


def offer_from(pay: Pay, vocabulary: Vocabulary) -> Offer:
    """Return what may be said of a post's pay; the reservation value stays behind."""
    pattern = vocabulary.currencies.get(pay.currency, "{amount} " + pay.currency)
    amounts = Offer("", "", "", "", pattern=pattern)
    money = amounts.money
    levers, lever_ids = [], []
    for lever in pay.levers:
        words = vocabulary.levers[lever.id]
        if "{max}" in words and lever.max is None:
            continue
        amount = lever.max or 0
        in_money = lever.id in ("sign_on", "training_budget")
        lever_ids.append(lever.id)
        levers.append(words.replace("{max}", money(amount) if in_money else f"{amount:g}"))
    return Offer(
        low=money(pay.band[0]),
        high=money(pay.band[1]),
        opening=money(pay.opening),
        period=vocabulary.periods.get(pay.period, pay.period),
        levers=tuple(levers),
        lever_ids=tuple(lever_ids),
        pattern=pattern,
    )
