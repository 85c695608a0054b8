// Beside an interview of one's own: who may be watching, and what a coach whispers for the answer.
(function () {
  "use strict";
  const session = () => new URLSearchParams(location.search).get("s") || "";
  const place = () => document.querySelector("#beside .beside-here");
  const inRoom = () => { const box = document.querySelector("#composer"); return session() && box && box.offsetParent; };
  const LEAST = 3, MOST = 30;

  function lay(fresh) {
    const here = place();
    if (!here || here.innerHTML === fresh.innerHTML) return;
    const log = document.querySelector("#chat .log");
    const atEnd = log && log.scrollHeight - log.scrollTop - log.clientHeight < 40;
    here.replaceChildren(...fresh.cloneNode(true).childNodes);
    // The question stays in sight when a hint takes some of its room.
    if (atEnd) log.scrollTop = log.scrollHeight;
  }
  let timer = 0;
  async function ask() {
    clearTimeout(timer);
    let every = LEAST;
    if (inRoom() && place() && !document.hidden) {
      try {
        const answer = await fetch("/sessions/" + encodeURIComponent(session()) + "/beside", { cache: "no-store" });
        const text = answer.ok ? await answer.text() : "";
        const fresh = new DOMParser().parseFromString(text, "text/html").querySelector(".beside");
        if (fresh) { every = Number(fresh.dataset.every) || LEAST; lay(fresh); }
        else if (answer.status === 404 || answer.status === 401) lay(document.createElement("div"));
      } catch (error) { every = LEAST; }
    }
    timer = setTimeout(ask, Math.min(MOST, Math.max(LEAST, every)) * 1000);
  }
  // Whoever comes back from another window may have shown or taken back something there.
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  // A hint is for the answer that is being given: it goes as soon as that is sent.
  new MutationObserver(() => {
    if (!document.body.dataset.turn) ask();
    else if (place()) place().querySelectorAll(".whisper").forEach((hint) => hint.remove());
  }).observe(document.body, { attributeFilter: ["data-turn"] });
  timer = setTimeout(ask, 1000);
})();
