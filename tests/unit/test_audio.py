"""Recordings within bounds; a server that hears and speaks, and how it fails."""

from __future__ import annotations

import asyncio
import builtins
import sys
import types
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from interviewer.audio.connecting import OpenVoice, WantedVoice, open_voice
from interviewer.audio.endpoint import LARGEST_SOUND, kind_of
from interviewer.audio.faults import AudioFault
from interviewer.audio.heard import Heard, HeardWord
from interviewer.audio.recording import LONGEST_SECONDS, MOST_BYTES, recording_of
from interviewer.audio.trial import tone, try_voice
from interviewer.audio.words import audio_fault, audio_words
from interviewer.errors import InputError, SetupError
from tests.fakes import FakeModel, Script
from tests.fakes.sound import wav

SAID = Script().heard


def wanted(fake: FakeModel, **changes: str) -> WantedVoice:
    """Return a connection to the fake."""
    made = WantedVoice("compatible", "whisper", "tts", "alloy", fake.base_url, "sk-secret")
    return replace(made, **changes)  # type: ignore[arg-type]  # names of its own fields


def with_voice(filled: WantedVoice, act: Callable[[OpenVoice], Coroutine[None, None, Any]]) -> Any:
    """Open a voice, do something with it, and close it."""

    async def run() -> Any:
        voice = await open_voice(filled)
        try:
            return await act(voice)
        finally:
            await voice.close()

    return asyncio.run(run())


def hearing(fake: FakeModel, sound: bytes) -> Heard:
    """Return what the fake hears in a recording."""

    async def act(voice: OpenVoice) -> Heard:
        assert voice.hears is not None
        return await voice.hears.hear(recording_of(sound), "en")

    heard: Heard = with_voice(wanted(fake), act)
    return heard


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "no_wav"),
        (b"\x1aE\xdf\xa3 webm", "no_wav"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "no_wav"),
        (wav(1, rate=44_100), "no_wav"),
        (wav(1, channels=2), "no_wav"),
        (wav(0.1), "too_short"),
        (wav(1, level=0), "silent"),
        (bytes(MOST_BYTES + 1), "too_long"),
    ],
)
def test_what_is_no_recording_is_refused_with_its_reason(data: bytes, cause: str) -> None:
    """Wrong kinds of file, too little, too much and silence each have a word and two sentences."""
    with pytest.raises(AudioFault) as fault:
        recording_of(data)
    assert fault.value.cause == cause
    for language in ("en", "zh"):
        assert cause in audio_words(language)
        assert audio_fault(cause, language).endswith((".", "。"))


def test_a_head_that_lies_about_its_length_does_not_count() -> None:
    """Length is counted from the samples that are there; a longest recording fits the bounds."""
    sound = wav(1.0)
    assert recording_of(sound[:-16_000]).seconds == 0.5
    assert recording_of(sound).seconds == 1.0
    assert LONGEST_SECONDS * 32_000 < MOST_BYTES


def test_words_come_with_their_times(fake: FakeModel) -> None:
    """Pace is taken from the first word to the last, without the silence around them."""
    heard = hearing(fake, wav(10))
    assert heard.text == SAID
    assert len(heard.words) == len(SAID.split())
    assert heard.spoken_seconds == pytest.approx(8.0)
    assert fake.requests[0].headers["authorization"] == "Bearer sk-secret"
    assert fake.requests[0].sound == wav(10)


def test_a_model_without_times_is_asked_again_without(fake: FakeModel) -> None:
    """It is asked for times once; the whole recording then stands for the time of speaking."""
    fake.script = Script(word_times=False)

    async def act(voice: OpenVoice) -> list[Heard]:
        assert voice.hears is not None
        return [await voice.hears.hear(recording_of(wav(4)), "en") for _ in range(2)]

    first, second = with_voice(wanted(fake), act)
    assert first == second == Heard(SAID, (), 4.0)
    assert first.spoken_seconds == 4.0
    assert [request.body["timed"] for request in fake.requests] == [True, False, False]


@pytest.mark.parametrize(
    ("fault", "cause"),
    [("status_401", "key"), ("status_404", "model_name"), ("status_429", "busy"),
     ("status_500", "server"), ("status_400", "request"), ("html_200", "garbled"),
     ("reset_before_headers", "connection")],
)  # fmt: skip
def test_a_failing_server_is_told_in_a_sentence(fake: FakeModel, fault: str, cause: str) -> None:
    """Each failure has its own word, and neither key nor the server's own text is told."""
    fake.script = Script(faults=(fault,), fault_rate=1)
    with pytest.raises(AudioFault) as caught:
        hearing(fake, wav(1))
    assert caught.value.cause == cause
    with pytest.raises(InputError) as told:
        with_voice(wanted(fake, hears=""), lambda voice: try_voice(voice, "en"))
    assert "secret" not in str(told.value)
    assert "CANARY" not in str(told.value)


def test_a_recording_without_words_says_so(fake: FakeModel) -> None:
    """Empty text is no answer."""
    fake.script = Script(heard="  ")
    with pytest.raises(AudioFault, match="nothing_heard"):
        hearing(fake, wav(1))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_trial_lets_it_speak_and_hear_itself(fake: FakeModel, language: str) -> None:
    """What works is said in plain words; only a sentence of ours is sent."""
    says = with_voice(wanted(fake), lambda voice: try_voice(voice, language))
    words = audio_words(language)
    assert SAID[:20] in says
    assert words["times"] in says
    assert words["stays"] in says
    assert fake.requests[0].body["input"] == words["say"]


def test_the_trial_of_what_only_hears_sends_a_tone(fake: FakeModel) -> None:
    """Nobody's voice is needed; that no word is heard in a tone is no failure."""
    fake.script = Script(heard="")
    says = with_voice(wanted(fake, speaks=""), lambda voice: try_voice(voice, "en"))
    assert says.startswith(audio_words("en")["hears_works"])
    assert fake.requests[0].sound == tone().wav
    fake.script = Script(word_times=False)
    says = with_voice(wanted(fake, speaks=""), lambda voice: try_voice(voice, "en"))
    assert audio_words("en")["times_not"] in says


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"hears": "", "speaks": ""}, "Name a model"),
        ({"voice": ""}, "Name the voice"),
        ({"address": "ftp://x"}, "address"),
        ({"kind": "openai", "key": ""}, "needs a key"),
        ({"hears": "x" * 501}, "500 characters"),
        ({"kind": "local", "hears": "/nowhere"}, "holds no speech model"),
    ],
)
def test_what_cannot_be_connected_is_told_before_anything_is_asked(
    fake: FakeModel, change: dict[str, str], says: str
) -> None:
    """Missing names, keys and folders are sentences, and no server hears of them."""
    with pytest.raises(InputError, match=says):
        with_voice(wanted(fake, **change), lambda voice: try_voice(voice, "en"))
    assert not fake.requests


def test_where_sound_goes_is_known() -> None:
    """OpenAI is another machine; a server on this one is not."""

    async def place(voice: OpenVoice) -> str | None:
        return voice.goes_to

    assert with_voice(WantedVoice("openai", "whisper-1", key="k"), place) == "api.openai.com"
    there = WantedVoice("compatible", "w", address="http://127.0.0.1:9/v1")
    assert with_voice(there, place) is None
    assert "sk-1" not in repr(WantedVoice("openai", key="sk-1"))


@pytest.mark.parametrize(
    ("start", "kind"),
    [(b"ID3\x04", "audio/mpeg"), (b"\xff\xfb\x90", "audio/mpeg"), (b"OggS", "audio/ogg"),
     (b"fLaC", "audio/flac"), (b"RIFF\0\0\0\0WAVE", "audio/wav"), (b"<!doctype", None),
     (b"", None)],
)  # fmt: skip
def test_speech_is_known_by_its_first_bytes(start: bytes, kind: str | None) -> None:
    """What a server says of its file does not matter; a page is no speech."""
    assert kind_of(start) == kind
    assert LARGEST_SOUND > MOST_BYTES


class Engine:
    """Stands for faster-whisper's model: its form, not its hearing."""

    def __init__(self, folder: str, **options: object) -> None:
        """Open a folder; one that is named for it cannot be opened."""
        if "broken" in folder:
            raise RuntimeError("no model")

    def transcribe(self, samples: Any, **options: object) -> tuple[Iterator[Any], None]:
        """Return two words, nothing for short recordings, and fail on long ones."""
        if len(samples) > 80_000:
            raise RuntimeError("out of memory")
        words = [types.SimpleNamespace(word=" Good", start=0.2, end=0.6),
                 types.SimpleNamespace(word=" morning.", start=0.6, end=1.2)]  # fmt: skip
        piece = types.SimpleNamespace(text=" Good morning.", words=words)
        return iter([piece] if len(samples) > 16_000 else []), None


def folder(tmp_path: Path, name: str = "tiny") -> str:
    """Return a folder that looks like a model's."""
    made = tmp_path / name
    made.mkdir()
    for file in ("config.json", "model.bin"):
        (made / file).write_bytes(b"{}")
    return str(made)


def test_a_folder_is_heard_with_on_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words come with their times, failures as faults, and nothing leaves the machine."""
    engine = types.SimpleNamespace(WhisperModel=Engine)
    monkeypatch.setitem(sys.modules, "faster_whisper", engine)

    async def act(voice: OpenVoice) -> Heard:
        assert voice.goes_to is None
        assert voice.hears is not None
        assert voice.hears.name == "tiny"
        with pytest.raises(AudioFault, match="nothing_heard"):
            await voice.hears.hear(recording_of(wav(1)), "en")
        with pytest.raises(AudioFault, match="engine"):
            await voice.hears.hear(recording_of(wav(6)), "en")
        return await voice.hears.hear(recording_of(wav(2)), "en-GB")

    heard = with_voice(WantedVoice("local", folder(tmp_path)), act)
    words = (HeardWord("Good", 0.2, 0.6), HeardWord("morning.", 0.6, 1.2))
    assert heard == Heard("Good morning.", words, 2.0)
    with pytest.raises(SetupError, match="cannot be loaded"):
        with_voice(WantedVoice("local", folder(tmp_path, "broken")), act)


def test_without_the_extra_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence says what to install."""
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "faster_whisper":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(SetupError, match=r"three-rounds\[voice\]"):
        with_voice(WantedVoice("local", folder(tmp_path)), lambda voice: try_voice(voice, "en"))
