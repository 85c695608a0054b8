// What the page does in the browser besides Gradio: drafts, citation marks, keys, scrolling.
(function () {
  "use strict";
  const session = () => new URLSearchParams(location.search).get("s") || "";
  const box = () => document.querySelector("#answer textarea, #answer input");
  const key = () => "three-rounds-draft-" + session();

  function setText(field, text) {
    // Gradio listens to input events, so a value alone would be lost on sending.
    const prototype = field.tagName === "TEXTAREA" ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(prototype.prototype, "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("input", (event) => {
    const paper = event.target.closest && event.target.closest("#cv, #advert");
    if (paper) keepPaper(paper.id, event.target.value);
    if (session() && event.target === box()) {
      if (event.target.value) localStorage.setItem(key(), event.target.value);
      else localStorage.removeItem(key());
    }
  });

  // Papers lie in this tab, where the prepare page finds them and leaves them.
  const paperKey = (name) => "three-rounds-paper-" + name;
  function keepPaper(name, text) {
    try { if (text) sessionStorage.setItem(paperKey(name), text); else sessionStorage.removeItem(paperKey(name)); } catch (error) { /* no room: nothing is kept */ }
  }
  function layPapers() {
    for (const name of ["cv", "advert"]) {
      const field = document.querySelector("#" + name + " textarea");
      const text = sessionStorage.getItem(paperKey(name));
      if (field && text && !field.value) setText(field, text);
    }
  }

  function openSource(number) {
    const source = document.getElementById("source-" + number) ||
      document.getElementById("report-source-" + number);
    if (!source) return;
    let folded = source;
    while (folded) {
      if (folded.tagName === "DETAILS") folded.open = true;
      folded = folded.parentElement;
    }
    source.classList.remove("lit");
    void source.offsetWidth;
    source.classList.add("lit");
    source.scrollIntoView({ block: "nearest" });
    const summary = source.querySelector("summary");
    if (summary) summary.focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const mark = event.target.closest && event.target.closest("a.mark");
    if (!mark) return;
    event.preventDefault();
    openSource(mark.dataset.source);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) {
      const field = box();
      if (field) { event.preventDefault(); field.focus(); }
    }
  });

  function toEnd() {
    const log = document.querySelector("#chat .log");
    if (!log) return;
    // The word on a reply to an improper question is read before the question that follows it.
    const told = log.querySelector(".message-aside:nth-last-child(2):has(+ .message-examiner)");
    log.scrollTop = told ? log.scrollTop + told.getBoundingClientRect().top - log.getBoundingClientRect().top : log.scrollHeight;
  }

  // The start form, one step at a time. All its fields are always there, so nothing typed is lost.
  const STEPS = 4;
  const stepNow = () => Number(document.body.dataset.step || 1);
  function showStep(number, moved) {
    const step = Math.min(STEPS, Math.max(1, number));
    document.body.dataset.step = step;
    document.querySelectorAll(".form-steps [data-step]").forEach((button) => {
      if (Number(button.dataset.step) === step) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
      button.toggleAttribute("data-done", Number(button.dataset.step) < step);
    });
    if (step === STEPS) fillCheck();
    if (!moved) return;
    const lead = document.querySelector(".step-lead[data-step='" + step + "']");
    if (lead) { lead.tabIndex = -1; lead.focus({ preventScroll: true }); }
    const head = document.getElementById("new-heading");
    if (head && head.getBoundingClientRect().top < 0) head.scrollIntoView();
  }
  const stepInAddress = () => Number((/^#step-(\d)$/.exec(location.hash) || [])[1] || 1);
  function goStep(number) {
    if (number !== stepInAddress()) history.pushState(null, "", location.pathname + location.search + "#step-" + number);
    showStep(number, true);
  }
  // What was chosen, as the fields show it; papers are only said to be there.
  function fillCheck() {
    const check = document.querySelector("#check .check"), list = check && check.querySelector("dl");
    if (!list) return;
    const minutes = JSON.parse(check.dataset.minutes), rows = [];
    const length = document.querySelector("#length input");
    const place = length && length.value === check.dataset.short ? 1 : 0;
    document.querySelectorAll(".form-step input:not([type=file], [type=checkbox]), .form-step textarea").forEach((field) => {
      const part = field.closest("[id]"), label = part.querySelector("[data-testid=block-info]");
      if (!label || rows.some((row) => row[0] === label.textContent.trim())) return;
      let value = field.value.trim();
      if (field.tagName === "TEXTAREA") value = value ? check.dataset.given : check.dataset.none;
      if (minutes[value]) value += " · " + check.dataset.about.replace("{minutes}", minutes[value][place]);
      rows.push([label.textContent.trim(), value]);
    });
    list.replaceChildren(...rows.map(([label, value]) => {
      const row = document.createElement("div"), term = document.createElement("dt"), text = document.createElement("dd");
      term.textContent = label; text.textContent = value;
      row.append(term, text);
      return row;
    }));
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest(".form-steps button[data-step]");
    if (button) goStep(Number(button.dataset.step));
  });
  document.addEventListener("change", () => setTimeout(() => { if (stepNow() === STEPS) fillCheck(); }, 300));
  window.addEventListener("popstate", () => {
    // Going back out of the room opens the start page anew; within the form it turns a step back.
    if (document.querySelector("#home .form-steps")) showStep(stepInAddress(), true);
    else if (!session()) location.reload();
  });
  function keepWanted(wanted) {
    if (session()) return;
    const names = ["company", "post", "language", "format"], asked = new URLSearchParams();
    names.forEach((name, place) => { if (wanted[place]) asked.set(name, wanted[place]); });
    history.replaceState(null, "", location.pathname + "?" + asked + location.hash);
  }

  // The clock informs and can be hidden; whether it is, only this browser remembers.
  const CLOCK = "three-rounds-clock";
  let drawn = null, drawnAt = 0;
  function tick() {
    const clock = document.querySelector(".clock");
    if (!clock) return;
    if (clock !== drawn) { drawn = clock; drawnAt = Date.now(); }
    const hidden = localStorage.getItem(CLOCK) === "hidden";
    const gone = (Date.now() - drawnAt) / 1000, planned = Number(clock.dataset.minutes);
    const spent = Math.floor((Number(clock.dataset.seconds) + gone) / 60), think = Math.ceil(Number(clock.dataset.think) - gone);
    const line = (spent > planned ? clock.dataset.over : clock.dataset.within).replace("{spent}", spent).replace("{planned}", planned);
    const text = think > 0 ? line + " · " + clock.dataset.thinking.replace("{seconds}", think) : line;
    const time = clock.querySelector(".clock-time"), button = clock.querySelector("button");
    if (time.hidden !== hidden) time.hidden = hidden;
    if (time.textContent !== text) time.textContent = text;
    const word = hidden ? button.dataset.show : button.dataset.hide;
    if (button.textContent !== word) button.textContent = word;
  }
  setInterval(tick, 1000);
  document.addEventListener("click", (event) => {
    if (!event.target.closest || !event.target.closest(".clock-switch")) return;
    if (localStorage.getItem(CLOCK) === "hidden") localStorage.removeItem(CLOCK);
    else localStorage.setItem(CLOCK, "hidden");
    tick();
  });

  // On a phone the sources are folded until they are asked for; a redrawing leaves them as they are.
  let sourcesOpen = null;
  function foldSources() {
    const fold = document.querySelector(".sources-fold:not([data-laid])");
    if (!fold) return;
    fold.dataset.laid = "";
    fold.open = sourcesOpen === null ? matchMedia("(min-width: 801px)").matches : sourcesOpen;
    fold.addEventListener("toggle", () => { if (fold.isConnected) sourcesOpen = fold.open; });
  }
  function drawnAnew(changes) {
    // The clock's own ticking, and what is told beside the box, must not pull down a talk that somebody reads further up.
    const inClock = (node) => node.nodeType === 1 && node.closest(".clock-time, .clock-switch, #beside");
    if (changes.every((change) => inClock(change.target))) return;
    toEnd(); tick(); foldSources(); layRetake();
  }

  // The last answer taken again: told above the box until it is sent, or the first one is kept.
  const retakeKey = () => "three-rounds-retake-" + session();
  function setRetake(seq) {
    if (seq) { document.body.dataset.retake = seq; localStorage.setItem(retakeKey(), seq); }
    else { delete document.body.dataset.retake; localStorage.removeItem(retakeKey()); }
  }
  function layRetake() {
    const seq = document.body.dataset.retake;
    // Once it was sent, here or in another window, the room offers it no more.
    if (seq && !document.querySelector(".retake[data-retake='" + seq + "']")) setRetake("");
  }
  document.addEventListener("click", (event) => {
    const offer = event.target.closest && event.target.closest(".retake, .retake-keep");
    if (!offer || document.body.dataset.turn) return;
    setRetake(offer.dataset.retake || "");
    toEnd();
    const field = box();
    if (field) field.focus({ preventScroll: true });
  });

  // What was sent stands in the talk at once; the server's own drawing takes its place.
  function show(text) {
    const log = document.querySelector("#chat .log");
    if (!log || !text.trim()) return;
    const part = (tag, name, ...inside) => {
      const made = document.createElement(tag);
      made.className = name;
      made.append(...inside);
      return made;
    };
    const bubble = part("div", "bubble", part("p", "speaker", log.dataset.you), part("p", "said", text));
    log.append(part("div", "message message-candidate sent", bubble));
    toEnd();
  }

  // After the page was opened the draft is put back; after sending it goes with what was sent.
  function settle(opened) {
    delete document.body.dataset.turn;
    document.querySelectorAll("#chat .sent").forEach((sent) => sent.remove()); // it was not taken
    toEnd();
    if (!session()) {
      layPapers();
      if (opened) showStep(stepInAddress(), false);
      const note = document.querySelector("#note .note");
      if (note) note.scrollIntoView({ block: "nearest" });
      return;
    }
    if (!opened && windows) windows.postMessage({ session: session(), place: place() });
    // A written test has a page of its own; once it is handed in its drafts go.
    const door = document.querySelector("#chat a[data-goes]");
    if (door) { setTimeout(() => location.replace(door.href), 60); return; }
    // Before the report comes the form for one's own levels: its heading is read first.
    const rating = document.getElementById("rating-heading");
    if (rating && rating.offsetParent) { rating.focus({ preventScroll: true }); scrollTo(0, 0); return; }
    const paper = "three-rounds-form-written-" + session() + "-";
    Object.keys(localStorage).filter((name) => name.startsWith(paper)).forEach((name) => localStorage.removeItem(name));
    const field = box();
    if (!field) return;
    if (opened) { setRetake(localStorage.getItem(retakeKey()) || ""); layRetake(); }
    if (opened && !field.value) {
      const draft = localStorage.getItem(key());
      if (draft) setText(field, draft);
    } else if (!field.value) {
      localStorage.removeItem(key());
    }
    // Between two rounds the scene is read first; the button to go on follows it.
    const scene = document.getElementById("scene-heading");
    if (scene && scene.offsetParent) scene.focus({ preventScroll: true });
    else if (matchMedia("(min-width: 800px)").matches) field.focus({ preventScroll: true });
  }

  // Of two windows on one interview one goes on and the other follows; what was typed stays.
  const place = () => { const log = document.querySelector("#chat .log"); return log ? Number(log.dataset.next) : 1e9; };
  const windows = window.BroadcastChannel ? new BroadcastChannel("three-rounds") : null;
  if (windows) windows.onmessage = (event) => {
    const behind = event.data.session === session() && event.data.place > place();
    if (behind && !document.body.dataset.turn) location.reload();
  };
  // A stream that broke off while the network was away is taken up by opening the page again.
  window.addEventListener("online", () => setTimeout(() => {
    if (session() && document.body.dataset.turn) location.reload();
  }, 2500));

  window.addEventListener("resize", toEnd);
  // Recognised words join what is in the box, to be corrected there.
  function add(text, joint) {
    const field = box();
    if (!field) return;
    const before = field.value.trimEnd();
    setText(field, before ? before + joint + text : text);
    field.focus({ preventScroll: true });
  }

  window.threeRounds = { settle: settle, show: show, add: add, turn: (by) => goStep(stepNow() + by), keepWanted: keepWanted };
  new MutationObserver(drawnAnew).observe(document.documentElement, { childList: true, subtree: true });
})();
