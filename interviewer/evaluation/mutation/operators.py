"""Every way an interview is changed, and which metric has to see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from interviewer.evaluation.mutation import asking, claims, equivalent, rounds
from interviewer.evaluation.mutation.mutant import Base, Draw, Mutant


@dataclass(frozen=True, slots=True)
class Operator:
    """A way to change an interview.

    Attributes:
        name: Its name on cards.
        make: Returns a mutant, None where the interview has nothing it could change.
        sees: Metrics that must find the mutant worse; none for an equivalent one.
        moves: Metrics that may find it worse too, for good reason.
    """

    name: str
    make: Callable[[Base, Draw], Mutant | None]
    sees: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()

    @property
    def equivalent(self) -> bool:
        """Whether no metric may find its mutants worse."""
        return not self.sees


OPERATORS: Mapping[str, Operator] = MappingProxyType({
    operator.name: operator
    for operator in (
        Operator("ungrounded_claim", claims.ungrounded_claim, ("grounding",),
                 ("citation_validity", "research_use")),
        Operator("number_swap", claims.number_swap, ("grounding",), ("citation_validity",)),
        Operator("entity_swap", claims.entity_swap, ("grounding",), ("citation_validity",)),
        Operator("negate_claim", claims.negate_claim, ("grounding",), ("citation_validity",)),
        Operator("cite_permute", claims.cite_permute, ("citation_validity",), ("grounding",)),
        Operator("cite_drop", claims.cite_drop, ("citation_validity",), ("grounding",)),
        Operator("cite_absent", claims.cite_absent, ("citation_validity",), ("grounding",)),
        Operator("delete_research", claims.delete_research, ("research_use",),
                 ("grounding", "citation_validity", "persona_fidelity")),
        Operator("persona_swap", rounds.persona_swap, ("persona_fidelity",),
                 ("role_breaks", "plan_coverage", "plan_order", "repetition", "retention",
                  "question_form", "grounding", "citation_validity", "research_use")),
        Operator("persona_break", asking.persona_break, ("role_breaks",),
                 ("persona_fidelity", "question_form", "grounding")),
        Operator("answer_leak", asking.answer_leak, ("role_breaks",),
                 ("persona_fidelity", "grounding")),
        Operator("illegal_direct", asking.illegal_direct, ("prohibited_questions",),
                 ("persona_fidelity", "research_use")),
        Operator("illegal_indirect", asking.illegal_indirect, ("prohibited_questions",),
                 ("persona_fidelity", "research_use", "question_form")),
        Operator("drop_plan_item", rounds.drop_plan_item, ("plan_coverage",),
                 ("citation_validity", "grounding", "research_use")),
        Operator("shuffle_rounds", rounds.shuffle_rounds, ("plan_order",),
                 ("repetition", "retention", "citation_validity", "grounding")),
        Operator("drop_round", rounds.drop_round, ("plan_order", "plan_coverage"),
                 ("persona_fidelity", "citation_validity", "grounding", "research_use",
                  "retention", "repetition", "role_breaks", "question_form")),
        Operator("repeat_verbatim", asking.repeat_verbatim, ("repetition",),
                 ("persona_fidelity", "research_use")),
        Operator("repeat_paraphrase", asking.repeat_paraphrase, ("repetition",),
                 ("persona_fidelity", "research_use")),
        Operator("re_ask", asking.re_ask, ("retention",),
                 ("repetition", "persona_fidelity", "research_use")),
        Operator("double_barrel", asking.double_barrel, ("question_form",),
                 ("repetition", "persona_fidelity", "research_use")),
        Operator("followup_swap", rounds.followup_swap, ("follow_up_relevance",),
                 ("retention", "repetition", "persona_fidelity", "plan_coverage")),
        Operator("whitespace", equivalent.whitespace),
        Operator("contractions", equivalent.contractions),
        Operator("rename", equivalent.rename),
        Operator("synonym_paraphrase", equivalent.synonym_paraphrase),
        Operator("permitted", asking.permitted),
        Operator("reorder_research", equivalent.reorder_research),
        Operator("pad_answer", equivalent.pad_answer),
    )
})  # fmt: skip

# A question more, even a lawful one, is no part of the plan and of nobody's phrasebook: what
# stands in its place is asked of the metric of prohibited questions alone.
ALARMS: Mapping[str, tuple[str, ...]] = MappingProxyType({"permitted": ("prohibited_questions",)})
