// The studio's editor: what is typed is looked at a moment later, and a line can be gone to.
// Without it the same is shown when a version is kept.
(function () {
  "use strict";
  const form = document.querySelector("form[data-look]");
  if (!form) return;
  const text = form.querySelector("textarea");
  let waiting = 0, asked = null;
  async function look() {
    if (asked) asked.abort();
    asked = new AbortController();
    const notes = document.querySelector("#notes");
    notes.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.dataset.look, { method: "POST", body: new URLSearchParams({ text: text.value }), signal: asked.signal });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#notes");
      if (fresh) document.querySelector("#notes").replaceWith(fresh); else notes.removeAttribute("aria-busy");
    } catch (error) { if (error.name !== "AbortError") notes.removeAttribute("aria-busy"); }
  }
  text.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(look, 500); });
  document.addEventListener("click", (event) => {
    const line = Number(event.target.dataset && event.target.dataset.line);
    if (!line) return;
    const before = text.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    const end = text.value.indexOf("\n", before);
    text.focus();
    text.setSelectionRange(before, end < 0 ? text.value.length : end);
    const shown = document.createElement("div"), style = getComputedStyle(text);
    ["font", "lineHeight", "letterSpacing", "tabSize", "overflowWrap", "wordBreak"].forEach((name) => { shown.style[name] = style[name]; });
    shown.style.cssText += ";position:absolute;visibility:hidden;white-space:pre-wrap;overflow-wrap:break-word;width:" + (text.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)) + "px";
    shown.textContent = text.value.slice(0, before);
    document.body.append(shown);
    text.scrollTop = Math.max(0, shown.offsetHeight - text.clientHeight / 2);
    shown.remove();
  });
  // Leaving with something that is not kept asks first.
  const kept = text.value;
  let sent = false;
  form.addEventListener("submit", () => { sent = true; });
  window.addEventListener("beforeunload", (event) => { if (!sent && text.value !== kept) event.preventDefault(); });
})();
