"""The studio in a real browser: edited, found worse, not published without a reason."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.ui.conftest import PageMaker
from tests.ui.running import App

pytestmark = pytest.mark.browser
WORSE = "".join(f'    "That gets {n} full marks, great answer.",\n' for n in range(60))
REASON = "A drill on taking praise calmly."


def sound(page: Page) -> bool:
    """Whether axe finds nothing and nothing scrolls sideways."""
    found = Axe().run(page).response["violations"]
    assert [rule["id"] for rule in found] == []
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_a_persona_is_edited_found_worse_and_not_published_without_a_reason(
    app: App, open_page: PageMaker
) -> None:
    """Praise and a leak stand out while they are typed, and the evaluation finds them."""
    page = open_page()
    page.goto(f"{app.address}studio/phrases/technical/en")
    assert sound(page)
    text = page.input_value("#text")
    page.fill("#text", text.replace("\nplain = [\n", f"\nplain = [\n{WORSE}", 1))
    expect(page.locator(".studio-note[data-tag=praise]").first).to_be_visible()
    expect(page.locator(".studio-note[data-tag=leak]").first).to_be_visible()
    page.locator(".studio-note[data-tag=leak] .studio-line").first.click()
    chosen = (
        "() => { const t = document.querySelector('#text');"
        " return t.value.slice(t.selectionStart, t.selectionEnd); }"
    )
    assert "full marks" in page.evaluate(chosen)
    page.fill("[name=note]", "praises")
    page.click("#edit .button")
    page.click(".studio-versions a >> nth=0")
    page.get_by_role("button", name="Evaluate this version").click()
    expect(page.locator(".studio-verdict.is-worse")).to_be_visible(timeout=120_000)
    expect(page.locator("tr.worse", has_text="role_breaks")).to_be_visible()
    assert sound(page)
    publish = page.get_by_role("button", name="Publish it all the same")
    publish.click()
    expect(page.locator("#verdict .badge, h1 .badge")).to_have_count(0)
    page.fill("[name=reason]", REASON)
    publish.click()
    expect(page.locator(".studio-reason")).to_contain_text(REASON)
    page.goto(app.address)
    expect(page.locator("#copies")).to_have_count(1)
