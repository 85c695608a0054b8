"""An examiner: who they are, what they are there for, and the words they use."""

from __future__ import annotations

from pydantic import Field, field_validator

from interviewer.content.form import Document, Id, Text, Value, Words


class PersonaFile(Document):
    """`persona.toml` as it stands."""

    id: Id
    version: str
    name: Words
    title: Words
    mandate: Words
    competencies: tuple[Id, ...]
    may_discuss: tuple[Id, ...] = ()
    may_not: tuple[Id, ...] = ()
    minutes: float = Field(gt=0, le=240)
    talk_share: float = Field(gt=0, lt=1)
    tone: Text
    avatar: str = ""

    @field_validator("avatar")
    @classmethod
    def _beside_the_file(cls, avatar: str) -> str:
        if avatar and ("/" in avatar or "\\" in avatar or not avatar.endswith(".svg")):
            raise ValueError("the avatar must be an .svg file beside persona.toml")
        return avatar


class Phrasebook(Value):
    """What a persona says around the planned questions, in one language.

    Attributes:
        phrases: Variants by key, `ack.plain` and the like; `docs/content.md` lists the keys.
    """

    language: str
    phrases: dict[str, tuple[str, ...]]

    def variants(self, key: str) -> tuple[str, ...]:
        """Return the variants of a key; the loader has made sure that there are some."""
        return self.phrases[key]


class Persona(Value):
    """An examiner with everything their folder holds.

    Attributes:
        about: `persona.toml`.
        phrasebooks: By language.
        prompts: Checked template text by language.
        avatar_svg: The drawing, empty when there is none.
    """

    about: PersonaFile
    phrasebooks: dict[str, Phrasebook]
    prompts: dict[str, str]
    avatar_svg: str = ""

    @property
    def id(self) -> str:
        """The persona's id."""
        return self.about.id

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages this persona can hold an interview in: phrasebook and prompt exist."""
        return tuple(sorted(set(self.phrasebooks) & set(self.prompts)))
