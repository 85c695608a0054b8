"""How well questions in other words are told from other questions, by meaning.

For each text to plant that says a question of the banks in other words: whether it is taken for
that question, in the interviews that asked it. And how often a question of these interviews is
taken for an earlier one of them, as if it stood in no bank.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from interviewer.content.library import Library
from interviewer.evaluation.meaning import Meaning
from interviewer.evaluation.metrics.known_questions import Ends, bank_questions
from interviewer.evaluation.metrics.other_words import Asked, OtherWords
from interviewer.evaluation.mutation.texts import paraphrases
from interviewer.evaluation.reading import files_in, parsed, sources_in
from interviewer.evaluation.speech import Speech
from interviewer.wiring import Settings, open_library


@click.command()
@click.argument("transcripts", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--vectors", type=click.Path(path_type=Path), help="Where vectors are kept.")
def main(transcripts: tuple[Path, ...], vectors: Path | None) -> None:
    """Print shares by language, of open and of held-out texts."""
    library, meaning = open_library(Settings.from_environment()), Meaning(vectors)
    held = [Speech(parsed(source)) for source in sources_in(files_in(transcripts))]
    for language in ("en", "zh"):
        own = OtherWords(library, language, meaning)
        asked = [list(_asked(s, library)) for s in held if s.language == language]
        for title, wanted in (("open", False), ("held out", True)):
            hits = list(_seen(own, library, language, asked, wanted))
            share = sum(hits) / len(hits) if hits else 0
            click.echo(f"{language} {title:9} texts seen {share:.3f} of {len(hits)}")
        taken = sum(len(own.before(questions, apart=True)) for questions in asked)
        number = sum(map(len, asked))
        click.echo(f"{language} other questions taken for one before {taken / number:.4f} "
                   f"of {number}")  # fmt: skip


def _asked(speech: Speech, library: Library) -> Iterator[Asked]:
    """Yield the questions of the banks that an interview asks."""
    ends = Ends(bank_questions(library, speech.language), speech.language)
    seen: set[int] = set()
    for sentence in speech.questions:
        entry = ends.find(sentence.bare)
        if entry is not None and entry not in seen:
            seen.add(entry)
            yield Asked(sentence.place, sentence.bare, sentence.bare)


def _seen(
    own: OtherWords, library: Library, language: str, asked: Sequence[list[Asked]], held_out: bool
) -> Iterator[bool]:
    """Yield for each text, in each interview that asks its question, whether it is seen."""
    ends = Ends(bank_questions(library, language), language)
    texts = {
        question.id: question.text[language]
        for rubric in library.rubrics.values()
        for question in rubric.questions
        if language in question.text
    }
    for key, told in paraphrases(language).items():
        entry = ends.find(texts[key])
        for text in (text for text in told if text.held_out == held_out):
            for questions in asked:
                places = [n for n, one in enumerate(questions) if ends.find(one.sentence) == entry]
                if places:
                    new = Asked(10_000, text.words, text.words)
                    yield own.before([*questions, new]).get(len(questions)) in places


if __name__ == "__main__":
    main()
