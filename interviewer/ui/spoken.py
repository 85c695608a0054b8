"""Answers that are spoken in the room, and turns that are read aloud; no sound is kept."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from interviewer.assessment.aloud import (
    Aloud,
    aloud_in,
    aloud_note,
    aloud_of,
    together,
    was_spoken,
)
from interviewer.audio.faults import AudioFault
from interviewer.audio.heard import Sound
from interviewer.audio.recording import recording_of
from interviewer.audio.words import audio_fault
from interviewer.errors import InputError, InterviewerError
from interviewer.storage import SqlSessionStore
from interviewer.transcript import Transcript
from interviewer.ui.voices import ConnectedVoice
from interviewer.ui.words import words_for

# Answers that were recognised and not sent yet, over all visitors; and recordings of one answer.
MOST_WAITING = 500
MOST_PARTS = 30
_MARK = re.compile(r"\s?\[\d{1,3}\]")
# What a turn needs at most; longer ones are other people's files.
LONGEST_TURN = 3_000


@dataclass
class SpokenAnswers:
    """What was recognised of answers that are still in the box.

    Pace and fillers are counted from what was heard, and kept only when the answer is sent and
    still says most of it.

    Attributes:
        store: Where the counts go with the answer.
    """

    store: SqlSessionStore
    _waiting: OrderedDict[tuple[str, int], list[tuple[str, Aloud]]] = field(
        default_factory=OrderedDict
    )
    _at_work: set[str] = field(default_factory=set)

    async def hear(self, transcript: Transcript, voice: ConnectedVoice | None, data: bytes) -> str:
        """Return the words of a recording, for the candidate to correct.

        Args:
            transcript: The interview it is spoken in.
            voice: What its visitor has connected.
            data: The recording as the page sent it.

        Raises:
            InputError: It was not understood; the sentence says why and what to do.
        """
        language = transcript.interview.language or "en"
        hears = voice.open.hears if voice else None
        if voice is None or hears is None:
            raise InputError(words_for(language)["voice_gone"])
        if transcript.id in self._at_work:
            raise InputError(words_for(language)["voice_busy"])
        self._at_work.add(transcript.id)
        try:
            heard = await hears.hear(recording_of(data), language)
        except AudioFault as fault:
            sentence = audio_fault(fault.cause, language, place=voice.open.goes_to)
            raise InputError(sentence) from None
        finally:
            self._at_work.discard(transcript.id)
        waiting = self._waiting.setdefault((transcript.id, transcript.next_seq), [])
        waiting.append((heard.text, aloud_of(heard.text, heard.spoken_seconds, language)))
        del waiting[:-MOST_PARTS]
        while len(self._waiting) > MOST_WAITING:
            self._waiting.popitem(last=False)
        return heard.text

    async def settle(self, transcript: Transcript) -> None:
        """Keep the counts of an answer that was just sent, where it was spoken."""
        turn = transcript.last
        if turn is None or turn.seq is None:
            return
        waiting = self._waiting.pop((transcript.id, turn.seq), ())
        spoken = [aloud for heard, aloud in waiting if was_spoken(heard, turn.content)]
        if not spoken:
            return
        # The answer is kept already; that a count of it is not must not look like a fault of it.
        with suppress(InterviewerError):
            note = aloud_note(turn.seq, together(spoken, answers=1))
            await self.store.annotate(transcript.id, note, once=True)

    async def kept(self, transcript: Transcript) -> Mapping[int, Aloud]:
        """Return pace and fillers of the answers that were spoken, by the number of the turn."""
        return aloud_in(await self.store.annotations(transcript.id))


async def read_aloud(transcript: Transcript, voice: ConnectedVoice | None, seq: int) -> Sound:
    """Return an examiner's turn as speech.

    Args:
        transcript: The interview.
        voice: What its visitor has connected.
        seq: The number of the turn.

    Raises:
        InputError: There is no such turn, or it cannot be spoken; the sentence says why.
    """
    language = transcript.interview.language or "en"
    words = words_for(language)
    turn = next((turn for turn in transcript.turns if turn.seq == seq), None)
    if turn is None or not turn.by_examiner:
        raise InputError(words["voice_no_turn"])
    speaks = voice.open.speaks if voice else None
    if voice is None or speaks is None:
        raise InputError(words["voice_gone"])
    try:
        return await speaks.speak(_MARK.sub("", turn.content)[:LONGEST_TURN], language)
    except AudioFault as fault:
        sentence = audio_fault(fault.cause, language, place=voice.open.goes_to)
        raise InputError(sentence) from None
