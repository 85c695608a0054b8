"""Making the plan: content, research and the candidate's papers become a frozen interview."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from interviewer.content.company import Company, Post
from interviewer.content.copies import copies_used
from interviewer.content.format import STEP_TYPES, Format, Round
from interviewer.content.ladder import ladders_for
from interviewer.content.library import Library
from interviewer.content.persona import Persona
from interviewer.content.rubric import Question, Rubric
from interviewer.errors import InputError
from interviewer.interview import seeds
from interviewer.interview.breaks import BREAK_MINUTES, break_question
from interviewer.interview.choosing import (
    KNOWLEDGE_COMPETENCY,
    PAY_COMPETENCY,
    QUESTIONS_COMPETENCY,
    SAMPLE_COMPETENCY,
    Choice,
    Chooser,
    rubrics_of,
)
from interviewer.interview.conduct import Conduct
from interviewer.interview.difficulty import difficulty_of
from interviewer.interview.grounding import FactFinder, states_fact
from interviewer.interview.ladder_items import LadderItems, ladder_count
from interviewer.interview.plan import Lead, Offer, Plan, PlannedItem, PlannedRound
from interviewer.interview.planned_offer import offer_from
from interviewer.interview.profile import Profile, WorkLine, read_profile
from interviewer.interview.requirement_leads import requirement_leads
from interviewer.interview.requirements import (
    Requirement,
    advert_requirements,
    is_area,
    merged,
    speakable_requirement,
)
from interviewer.interview.self_assessment import SelfAssessment
from interviewer.interview.starting import Start
from interviewer.interview.written.choosing import written_rounds
from interviewer.transcript import Passage


@dataclass(frozen=True, slots=True)
class Wish:
    """What an interview is asked to be.

    Attributes:
        company: The employer.
        post: The post; for an employer without posts one made from the title that was given.
        format: The interview format.
        language: Language of the interview.
        seed: What plan and voice vary by.
        today: The day it is made, from which a fact's age is told.
        passages: The research on the employer.
        cv: Text of the CV, None without one.
        advert: Text of the job advert, None without one.
        own: What the candidate says of themselves: for the brief alone, no plan is made from it.
        conduct: How it is to be held.
        start: The earlier interview whose gaps it starts from, None to start anew.
    """

    company: Company
    post: Post
    format: Format
    language: str
    seed: int
    today: datetime.date
    passages: tuple[Passage, ...] = ()
    cv: str | None = None
    advert: str | None = None
    own: SelfAssessment = field(default_factory=SelfAssessment)
    conduct: Conduct = field(default_factory=Conduct)
    start: Start | None = None


def asked_for(wish: Wish) -> tuple[Requirement, ...]:
    """Return what the post and the advert ask for, each once."""
    of_post = (Requirement(r.text, r.must) for r in wish.post.requirements)
    return merged(of_post, advert_requirements(wish.advert, wish.language))


def build_plan(library: Library, wish: Wish) -> Plan:
    """Return the frozen plan; the same wish gives the same plan.

    Raises:
        InputError: An examiner of the format does not speak the language, or the format is a
            written test alone and the post has none.
    """
    plan = _Planner(library, shared(wish) if wish.format.same_questions else wish).plan()
    return replace(plan, seed=wish.seed)


def shared(wish: Wish) -> Wish:
    """Return what all candidates for a post have in common: no papers, the seed that of the post.

    So questions, their order and the facts before them are the same for everybody (Campion et al.
    1997, component 2); only the voice varies by the candidate's own seed.
    """
    seed = seeds.number(0, wish.company.id, wish.post.id)
    return replace(wish, seed=seed, cv=None, advert=None)


def in_language(words: Mapping[str, str], language: str) -> str:
    """Return a text in the language, else in English, else in any it has."""
    return words.get(language) or words.get("en") or next(iter(words.values()))


@dataclass
class _Planner:
    """Holds what is used up while a plan is made: facts, CV lines, requirements, questions."""

    library: Library
    wish: Wish
    facts: FactFinder = field(init=False)
    profile: Profile = field(init=False)
    asked: set[str] = field(default_factory=set)
    projects: list[WorkLine] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    break_asked: bool = False

    def __post_init__(self) -> None:
        wish = self.wish
        requirements = tuple(requirement.text for requirement in asked_for(wish))
        today = wish.today.isoformat()[:7]
        self.profile = read_profile(wish.cv, requirements, wish.language, today)
        self.facts = FactFinder(
            passages=wish.passages,
            names=tuple(wish.company.name.values()),
            telling=" ".join((*wish.post.duties, *requirements)),
            seed=wish.seed,
            today=wish.today,
        )
        self.projects = seeds.shuffled(self.profile.projects[:6], wish.seed, "projects")
        self.leads = requirement_leads(self.profile, self.wish.language, self.wish.seed)

    def plan(self) -> Plan:
        wish = self.wish
        paper, notes = written_rounds(
            self.library, wish.format, wish.post.title, language=wish.language,
            seed=wish.seed,
        )  # fmt: skip
        self.notes += notes
        if wish.start is not None and self.start is None:
            self.notes.append(
                "This format asks all candidates for a post the same: the earlier interview "
                "changes nothing."
            )
        rounds = (*paper, *(self._round(part) for part in wish.format.rounds))
        cited = {item.lead.cites for part in rounds for item in part.items if item.lead}
        passages = {p.id: p for p in wish.passages if p.id in cited}
        copies = copies_used(
            self.library,
            personas=frozenset(part.persona for part in rounds),
            rubrics=frozenset(item.competency or "" for part in rounds for item in part.items),
            format_id=wish.format.id,
        )
        return Plan(
            company=wish.company.id,
            company_name=in_language(wish.company.name, wish.language),
            post=wish.post.id,
            post_title=in_language(wish.post.title, wish.language),
            seniority=wish.post.seniority,
            language=wish.language,
            format=wish.format.id,
            probing=wish.format.probing,
            seed=wish.seed,
            rounds=rounds,
            passages=MappingProxyType(passages),
            notes=tuple(self.notes),
            difficulty=wish.conduct.difficulty,
            practice=wish.conduct.practice,
            thinking_time=wish.format.thinking_time,
            anonymous=wish.format.anonymous,
            start=self.start,
            copies=copies,
        )

    def _round(self, part: Round) -> PlannedRound:
        wish = self.wish
        persona = self.library.personas[part.persona]
        if wish.language not in persona.languages:
            raise InputError(
                f"The examiner `{persona.id}` does not speak `{wish.language}`. Choose one of: "
                f"{', '.join(self.library.languages)}."
            )
        name, title = self._examiner(persona)
        manner = wish.conduct.manners.get(part.id, "")
        patience = self.library.manners.of(manner)
        put_again = difficulty_of(wish.conduct.difficulty).put_again(patience.put_again)
        return PlannedRound(
            id=part.id,
            persona=persona.id,
            version=persona.about.version,
            name=name,
            title=title,
            minutes=part.minutes,
            items=self._items(part, persona),
            keeps_out=persona.about.may_not,
            offer=self._offer() if "pay" in part.steps else None,
            by_scale=wish.post.pay_scale and "pay" in part.steps,
            manner=manner,
            put_again=put_again,
            silences=max(patience.silences, put_again + 1),
        )

    def _examiner(self, persona: Persona) -> tuple[str, str]:
        language = self.wish.language
        name = in_language(persona.about.name, language)
        title = in_language(persona.about.title, language)
        for examiner in self.wish.company.examiners:
            if examiner.persona == persona.id:
                given = examiner.name
                name = given if isinstance(given, str) else in_language(given, language)
                title = in_language(examiner.title, language) if examiner.title else title
        return name, title

    def _items(self, part: Round, persona: Persona) -> tuple[PlannedItem, ...]:
        own = self._ladder_items(part, persona)
        ladders = ladder_count(part) if own else 1
        fewer = {"scored_questions": part.scored_questions - (ladders - 1)}
        chooser = Chooser(
            part=part.model_copy(update=fewer),
            rubrics=self._rubrics(persona),
            language=self.wish.language,
            seed=self.wish.seed,
            groundable=self._groundable,
            taken=frozenset(self.asked),
            first=self.start.first if self.start else (),
            before=self._before,
        )
        choices = chooser.choose()
        self.asked.update(choice.question.id for choice in choices)
        count = len(choices) + ladders - 1
        if count < part.scored_questions - ("pay" in part.steps):
            self.notes.append(
                f"Round {part.id} asks {count} questions from the rubrics, fewer than the "
                f"{part.scored_questions} of its format: its competencies hold no more."
            )
        items: list[PlannedItem] = []
        for step in part.steps:
            for choice in choices:
                if choice.step == step:
                    made = self._asked(part, choice, own, ladders)
                    # A competency that comes twice has the post's own task once.
                    twice = {item.id for item in items} & {item.id for item in made}
                    items += [self._item(part, choice)] if twice else made
            if step == "background":
                items += self._break_items(part)
            if step not in STEP_TYPES:
                items += self._frame_items(part, persona, step)
        return tuple(items)

    @property
    def start(self) -> Start | None:
        """What it starts from; nothing where all candidates get the same questions."""
        return None if self.wish.format.same_questions else self.wish.start

    @property
    def _before(self) -> frozenset[str]:
        return frozenset(self.start.asked if self.start else ())

    def _rubrics(self, persona: Persona) -> tuple[Rubric, ...]:
        """Return what a persona asks about: in its order, or in one that belongs to the post."""
        own = rubrics_of(persona.about.competencies, self.library.rubrics)
        if not self.wish.format.same_questions:
            return own
        return tuple(seeds.shuffled(own, self.wish.seed, persona.id))

    def _ladder_items(self, part: Round, persona: Persona) -> LadderItems | None:
        """Return what makes items from the post's own ladders, None where there are none."""
        wish = self.wish
        file = ladders_for(self.library.ladders, wish.post.title)
        rubric = self.library.rubrics.get(KNOWLEDGE_COMPETENCY)
        knows = KNOWLEDGE_COMPETENCY in persona.about.competencies and "knowledge" in part.steps
        if file is None or rubric is None or not knows:
            return None
        return LadderItems(
            file=file,
            round=part.id,
            language=wish.language,
            seed=wish.seed,
            required=rubric.level_required(wish.post.seniority),
            asked_for=[requirement.text for requirement in asked_for(wish)],
            lead=self._requirement_lead,
            shift=difficulty_of(wish.conduct.difficulty).ladder_shift,
            before=self._before,
        )

    def _requirement_lead(self, requirement: str | None) -> Lead | None:
        """Return the lead of a requirement and use it up; of the next area when none is named."""
        spoken = speakable_requirement(requirement, self.wish.language) if requirement else None
        for lead in self.leads:
            if lead.text == spoken or (requirement is None and is_area(lead.text)):
                self.leads.remove(lead)
                return lead
        return None

    def _asked(
        self, part: Round, choice: Choice, own: LadderItems | None, ladders: int
    ) -> list[PlannedItem]:
        """Return the items of a choice: the post's own where it has them, else the rubric's."""
        made: list[PlannedItem] = []
        competency = choice.rubric.id
        if own is not None and (choice.step, competency) == ("knowledge", KNOWLEDGE_COMPETENCY):
            made = own.ladders(ladders, competency)
        elif own is not None and (choice.step, competency) == ("scenario", SAMPLE_COMPETENCY):
            made = [item for item in [own.sample(competency)] if item]
        elif own is not None and choice.step == "explain":
            made = [item for item in [own.explanation(competency)] if item]
        return made or [self._item(part, choice)]

    def _break_items(self, part: Round) -> list[PlannedItem]:
        """Return the question on the newest break of the CV, once an interview."""
        wish = self.wish
        found = break_question(self.profile.breaks, wish.language, wish.seed, wish.today)
        if found is None or self.break_asked:
            return []
        self.break_asked = True
        lead, text = found
        return [
            PlannedItem(
                f"{part.id}.break", "question", "background", type="background",
                text=text, lead=lead, minutes=BREAK_MINUTES,
            )
        ]  # fmt: skip

    def _frame_items(self, part: Round, persona: Persona, step: str) -> list[PlannedItem]:
        has = persona.about.competencies
        if step == "conditions":
            return [PlannedItem(f"{part.id}.conditions", "conditions", step, minutes=2)]
        if step == "pay":
            competency = PAY_COMPETENCY if PAY_COMPETENCY in has else None
            return [PlannedItem(f"{part.id}.pay", "expectation", step, competency, minutes=4)]
        if step == "candidate_questions":
            competency = QUESTIONS_COMPETENCY if QUESTIONS_COMPETENCY in has else None
            kind = "candidate_questions"
            return [
                PlannedItem(
                    f"{part.id}.{step}", "candidate_questions", kind, competency, minutes=4
                )
            ]
        return []

    def _item(self, part: Round, choice: Choice) -> PlannedItem:
        question, language = choice.question, self.wish.language
        lead = self._lead(choice, self.library.personas[part.persona].about.talk_share)
        probes: dict[str, tuple[str, ...]] = {
            slot: texts
            for slot, variants in question.probes.items()
            if (texts := tuple(v[language] for v in variants if language in v))
        }
        return PlannedItem(
            id=f"{part.id}.{question.id}",
            kind="question",
            step=choice.step,
            competency=choice.rubric.id,
            type=question.type,
            text=question.text[language],
            lead=lead,
            probes=MappingProxyType(probes),
            minutes=question.minutes,
            link=lead.text if lead and lead.kind in ("requirement", "gap") else "",
        )

    def _lead(self, choice: Choice, talk_share: float) -> Lead | None:
        question = choice.question
        if states_fact(question, self.wish.seed, talk_share):
            return self.facts.take(question.topics, question.id, talk_share)
        if choice.step == "project" and self.projects:
            project = self.projects.pop(0)
            return Lead("cv", project.text, line=project.line)
        if choice.step == "knowledge" and choice.rubric.id == KNOWLEDGE_COMPETENCY:
            return self._requirement_lead(None)
        return None

    def _groundable(self, question: Question) -> bool:
        if self.facts.has(question.topics):
            return True
        if question.grounding == "required":
            missing = ", ".join(question.topics)
            note = f"No fact to speak on {missing}: questions that need one were left out."
            if note not in self.notes:
                self.notes.append(note)
        return False

    def _offer(self) -> Offer | None:
        pay = self.wish.post.pay
        vocabulary = self.library.vocabularies.get(self.wish.language)
        return None if pay is None or vocabulary is None else offer_from(pay, vocabulary)
