// A coach's page beside an interview that goes on: asks what is new and lays it where it belongs.
// Without it the page shows the interview as it was when it was opened, and its forms work.
(function () {
  "use strict";
  const page = document.querySelector("[data-live]");
  if (!page) return;
  const SOON = 1500, LATER = 6000;
  const part = (name, root) => (root || document).getElementById(name);
  const log = part("log"), turns = part("turns"), fault = part("live-fault");
  const parsed = (text) => new DOMParser().parseFromString(text, "text/html");
  const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  let over = false;

  function end(sentence) {
    over = true;
    // What is not shown any more is taken off the page, not only out of sight.
    page.querySelector(".watch-columns").replaceChildren();
    page.classList.add("gone");
    part("live-state").remove();
    tell(sentence);
  }
  function tell(sentence) {
    fault.hidden = !sentence;
    if (fault.textContent !== sentence) fault.textContent = sentence;
  }
  function lay(fresh) {
    const state = part("live-state", fresh), shown = part("live-state");
    if (!state) return;
    const follow = atEnd();
    // Asked for twice at once, the same turns may come twice.
    part("turns", fresh).querySelectorAll("li").forEach((turn) => {
      if (part(turn.id)) return;
      turn.classList.add("fresh");
      turns.append(document.adoptNode(turn));
    });
    const nothing = part("nothing-yet");
    if (nothing && turns.children.length) nothing.remove();
    if (shown.outerHTML !== state.outerHTML) shown.replaceWith(document.adoptNode(state));
    const given = part("given", fresh), helps = fresh.querySelector("[data-helps]");
    if (given && part("given").innerHTML !== given.innerHTML) part("given").replaceWith(document.adoptNode(given));
    // Whether they may help has changed: the panel is drawn anew by the server.
    if (helps && helps.dataset.helps !== part("help").dataset.helps) location.reload();
    if (follow) log.scrollTop = log.scrollHeight;
  }
  async function ask() {
    const state = part("live-state");
    try {
      const known = new URLSearchParams({ known: state.dataset.token, after: state.dataset.count });
      const answer = await fetch(page.dataset.live + "?" + known, { cache: "no-store", redirect: "manual" });
      if (answer.status === 404 || answer.status === 401 || answer.type === "opaqueredirect") { end(page.dataset.gone); return; }
      tell(answer.ok ? "" : page.dataset.away);
      if (answer.status === 200) lay(parsed(await answer.text()));
    } catch (error) { tell(page.dataset.away); }
    if (!over && !part("live-state").hasAttribute("data-over")) setTimeout(ask, document.hidden ? LATER : SOON);
  }

  // A hint or a question goes without leaving the page; what stands in the other form stays.
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("[data-live-form]");
    if (!form) return;
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (answer.status === 404) { end(page.dataset.gone); return; }
      const fresh = parsed(await answer.text()), help = part("help");
      const old = help.querySelector(".note-fault"), said = fresh.querySelector("#help .note-fault");
      if (old) old.remove();
      if (said) help.querySelector("h2").after(document.adoptNode(said));
      else if (answer.ok) form.reset();
      const given = part("given", fresh);
      if (given) part("given").replaceWith(document.adoptNode(given));
    } catch (error) { tell(page.dataset.away); }
    button.disabled = false;
  });

  log.scrollTop = log.scrollHeight;
  if (!part("live-state").hasAttribute("data-over")) setTimeout(ask, SOON);
})();
