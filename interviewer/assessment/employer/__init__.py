"""What the candidate said about the employer, held against the research. Pure.

`remarks` finds what was said about the employer and not about the candidate's own past, `against`
says what a passage contradicts, and `knowing` puts together right, wrong and missed. Whatever no
passage says or contradicts is not judged.
"""

from interviewer.assessment.employer.knowing import EmployerKnowledge, employer_knowledge

__all__ = ["EmployerKnowledge", "employer_knowledge"]
