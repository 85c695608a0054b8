"""Which address leads to which page."""

from __future__ import annotations

from fastapi import FastAPI

from interviewer.evaluation.kept.shelf import FOLDER, Shelf
from interviewer.ui.judging import JudgingRoom
from interviewer.ui.pages.deflect import DeflectPages
from interviewer.ui.pages.evaluate import EvaluatePages
from interviewer.ui.pages.history import HistoryPages
from interviewer.ui.pages.judging import JudgingPages
from interviewer.ui.pages.loop import LoopPages
from interviewer.ui.pages.models import ModelPages
from interviewer.ui.pages.prepare import PreparePages
from interviewer.ui.pages.privacy import PrivacyPages
from interviewer.ui.pages.quiz import QuizPages
from interviewer.ui.pages.research import ResearchPages
from interviewer.ui.pages.studio import StudioPages
from interviewer.ui.pages.studio_trials import StudioTrialPages
from interviewer.ui.pages.telling import Page, told_in_a_page
from interviewer.ui.pages.voice import VoicePages
from interviewer.ui.pages.written import WrittenPages
from interviewer.ui.studio import Studio
from interviewer.ui.study import Study
from interviewer.ui.trials import TrialRoom
from interviewer.ui.visitors import Visitors
from interviewer.wiring import open_studio


def add_pages(
    app: FastAPI,
    study: Study,
    visitors: Visitors,
    judges: JudgingRoom | None = None,
    trials: TrialRoom | None = None,
) -> None:
    """Add the pages beside the interview to an application."""
    research = ResearchPages(study.collection, visitors)
    prepare = PreparePages(study, visitors)
    quiz = QuizPages(study, visitors)
    deflect = DeflectPages(study.collection.desk, visitors)
    written = WrittenPages(study.collection.desk, visitors)
    models = ModelPages(study.collection.desk, visitors)
    voice = VoicePages(study.collection.desk, visitors, models)
    judging = JudgingPages(judges or JudgingRoom(study.collection.desk), visitors)
    loop = LoopPages(study.collection.desk, visitors)
    history = HistoryPages(study.collection.desk, visitors)
    shelf = Shelf(study.collection.settings.home / FOLDER)
    privacy = PrivacyPages(study.collection, visitors)
    evaluate = EvaluatePages(study.collection.desk, visitors, shelf)
    trials = trials or TrialRoom(study.collection.desk, studio_of(study))
    studio = StudioPages(trials, visitors)
    tried = StudioTrialPages(trials, visitors)
    pages: tuple[tuple[str, str, Page], ...] = (
        ("GET", "/research", research.employers),
        ("POST", "/research", research.begin),
        ("GET", "/research/{company}", research.employer),
        ("GET", "/research/{company}/progress", research.progress),
        ("POST", "/research/{company}/files", research.files),
        ("POST", "/research/{company}/text", research.text),
        ("POST", "/research/{company}/page", research.web_page),
        ("POST", "/research/{company}/remove", research.remove),
        ("POST", "/research/{company}/delete", research.delete),
        ("GET", "/prepare", prepare.employers),
        ("GET", "/prepare/{company}", prepare.brief),
        ("POST", "/prepare/{company}", prepare.brief_with_papers),
        ("GET", "/prepare/{company}/quiz", quiz.quiz),
        ("POST", "/self", prepare.save_self),
        ("GET", "/deflect", deflect.start),
        ("POST", "/deflect", deflect.go_on),
        ("GET", "/progress", history.progress),
        ("GET", "/privacy", privacy.told),
        ("GET", "/privacy/mine.jsonl", privacy.mine),
        ("POST", "/privacy/forget", privacy.forget),
        ("GET", "/evaluate", evaluate.runs),
        ("GET", "/evaluate/{run}", evaluate.run),
        ("GET", "/evaluate/{run}/files/{file}", evaluate.file),
        ("GET", "/evaluate/{run}/{number}", evaluate.transcript),
        ("POST", "/evaluate/{run}/{number}", evaluate.label),
        ("GET", "/studio", studio.files),
        ("GET", "/studio/{kind}/{name}/{language}", studio.editor),
        ("POST", "/studio/{kind}/{name}/{language}", studio.save),
        ("POST", "/studio/{kind}/{name}/{language}/look", studio.look),
        ("POST", "/studio/{kind}/{name}/{language}/back", studio.back),
        ("POST", "/studio/{kind}/{name}/{language}/delete", studio.delete),
        ("GET", "/studio/{kind}/{name}/{language}/versions/{number}", studio.version),
        ("GET", "/studio/{kind}/{name}/{language}/versions/{number}/preview", tried.preview),
        ("POST", "/studio/{kind}/{name}/{language}/versions/{number}/preview", tried.preview_with),
        ("POST", "/studio/{kind}/{name}/{language}/versions/{number}/trial", tried.evaluate),
        ("GET", "/studio/{kind}/{name}/{language}/versions/{number}/trial", tried.trial),
        ("POST", "/studio/{kind}/{name}/{language}/versions/{number}/publish", tried.publish),
        ("POST", "/studio/{kind}/{name}/{language}/withdraw", tried.withdraw),
        ("GET", "/models", models.models),
        ("POST", "/models", models.connect),
        ("POST", "/models/disconnect", models.disconnect),
        ("POST", "/voice", voice.connect),
        ("POST", "/voice/disconnect", voice.disconnect),
        ("POST", "/sessions/{session}/hearing", voice.hearing),
        ("GET", "/sessions/{session}/speech/{seq:int}", voice.speech),
        ("GET", "/written/{session}", written.paper),
        ("POST", "/written/{session}", written.hand_in),
        ("POST", "/sessions/{session}/rating", loop.rating),
        ("GET", "/sessions/{session}/judging", judging.progress),
        ("GET", "/sessions/{session}/judging/progress", judging.progress),
        ("POST", "/sessions/{session}/judging", judging.begin),
        ("POST", "/sessions/{session}/redo", loop.redo),
        ("POST", "/sessions/{session}/drill", loop.drill),
        ("POST", "/sessions/{session}/dispute", loop.dispute),
    )
    for method, path, handler in pages:
        app.add_route(path, told_in_a_page(handler, visitors), methods=[method])


def studio_of(study: Study) -> Studio:
    """Return the studio of an app."""
    desk, settings = study.collection.desk, study.collection.settings
    return Studio(open_studio(desk.store), settings.personas, lambda: desk.library)
