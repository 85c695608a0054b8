// Filters findings and opens each one's turn. Text from transcripts is only ever set as text.
(function () {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent), words = data.words;
  const byId = (id) => document.getElementById(id);
  const list = byId("list"), more = byId("more"), form = byId("filters"), reader = byId("reader");
  const body = byId("reader-body"), title = byId("reader-title"), bar = reader.querySelector(".reader-bar");
  const STEP = 100;
  const findings = data.findings.map((f) => ({ ...f, look: [f.reason, f.span, f.id, f.tag, f.persona, f.metric, f.file].join("\n").toLowerCase() }));
  // The gravest first; those of one severity stay in the order of transcripts.
  const RANK = ["critical", "serious", "minor"], rank = (f) => (RANK.indexOf(f.severity) + RANK.length + 1) % (RANK.length + 1);
  const order = [...findings].sort((one, other) => rank(one) - rank(other));
  const told = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
  const known = (name) => (Object.hasOwn(words, name) ? words[name] : name);
  let shown = [], drawn = 0, current = null, from = null;

  function part(kind, name, text) {
    const made = document.createElement(kind);
    if (name) made.className = name;
    if (text) made.textContent = text;
    return made;
  }
  function entry(f) {
    const line = part("li"), button = part("button", "finding " + (["critical", "serious"].includes(f.severity) ? f.severity : "minor"));
    button.type = "button"; button.dataset.n = f.n;
    const what = part("span", "what");
    what.append(part("b", "", known(f.severity)), " " + f.metric + " · " + f.tag);
    button.append(what, part("span", "why", f.reason));
    if (f.span) { const said = part("span", "words", "“" + f.span + "”"); said.dir = "auto"; button.append(said); }
    const place = f.seq === null ? words.whole : told(words.turn, { seq: f.seq });
    button.append(part("span", "at", [f.id || f.file, place, f.persona].filter(Boolean).join(" · ")));
    if (f === current) button.setAttribute("aria-current", "true");
    line.append(button);
    return line;
  }
  function grow() {
    list.append(...shown.slice(drawn, drawn + STEP).map(entry));
    drawn = Math.min(drawn + STEP, shown.length);
    more.hidden = drawn >= shown.length;
    more.textContent = told(words.more, { count: Math.min(STEP, shown.length - drawn) });
  }
  function filter() {
    const wanted = Object.fromEntries(new FormData(form)), text = wanted.text.trim().toLowerCase();
    shown = order.filter((f) => (!wanted.metric || f.metric === wanted.metric) && (!wanted.severity || f.severity === wanted.severity)
      && (!wanted.persona || f.persona === wanted.persona) && (!text || f.look.includes(text)));
    list.replaceChildren(); drawn = 0; grow();
    byId("shown").textContent = told(words.shown_of, { shown: shown.length, total: findings.length });
    steps();
  }
  function steps() {
    const at = shown.indexOf(current);
    byId("previous").disabled = at <= 0;
    byId("next").disabled = at < 0 || at >= shown.length - 1;
  }
  function open(f, focus) {
    const kept = byId("t" + f.t);
    if (!current || current.t !== f.t || !body.querySelector(".turn")) {
      body.replaceChildren(kept ? kept.content.cloneNode(true) : part("p", "note", told(words.left_out, { file: f.file })));
    }
    current = f;
    bar.hidden = false;
    title.textContent = [f.id || f.file, f.seq === null ? words.whole : told(words.turn, { seq: f.seq })].join(" · ");
    body.querySelectorAll(".now").forEach((old) => old.classList.remove("now"));
    const turn = f.seq === null ? null : body.querySelector('.turn[data-seq="' + f.seq + '"]');
    body.querySelectorAll('mark[data-f~="' + f.n + '"], .here[data-n="' + f.n + '"]').forEach((mark) => mark.classList.add("now"));
    reader.classList.add("open");
    if (turn) turn.classList.add("now");
    body.scrollTop = turn ? turn.offsetTop - body.offsetTop - 40 : 0;
    list.querySelectorAll("[aria-current]").forEach((old) => old.removeAttribute("aria-current"));
    const button = list.querySelector('[data-n="' + f.n + '"]');
    if (button) button.setAttribute("aria-current", "true");
    history.replaceState(null, "", "#f" + f.n);
    steps();
    if (focus) title.focus({ preventScroll: true });
  }
  function step(by) {
    const at = shown.indexOf(current) + by;
    while (at >= drawn && drawn < shown.length) grow();
    if (shown[at]) open(shown[at], false);
  }
  function close() {
    reader.classList.remove("open");
    const button = from && list.querySelector('[data-n="' + from + '"]');
    if (button) button.focus();
  }
  list.addEventListener("click", (event) => {
    const button = event.target.closest(".finding");
    if (button) { from = button.dataset.n; open(findings[button.dataset.n - 1], true); }
  });
  body.addEventListener("click", (event) => {
    const button = event.target.closest(".cite");
    if (!button) return;
    const line = button.parentNode, next = line.nextElementSibling, was = next && next.classList.contains("passage") && next.dataset.p === button.dataset.p;
    if (next && next.classList.contains("passage")) next.remove();
    if (was) return;
    const passage = data.passages[button.dataset.p];
    const made = part("div", "passage", passage ? passage[3] + "\n— " + [passage[1], passage[2]].filter(Boolean).join(", ") : words.no_passage);
    made.dataset.p = button.dataset.p; made.dir = "auto";
    line.after(made);
  });
  document.querySelectorAll("[data-only]").forEach((button) => button.addEventListener("click", () => {
    form.reset(); form.elements.metric.value = button.dataset.only; filter();
    byId("findings").scrollIntoView({ block: "start" }); form.elements.metric.focus({ preventScroll: true });
  }));
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter, 0));
  more.addEventListener("click", grow);
  byId("previous").addEventListener("click", () => step(-1));
  byId("next").addEventListener("click", () => step(1));
  byId("close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  form.hidden = false;
  filter();
  const asked = /^#f(\d+)$/.exec(location.hash);
  if (asked && findings[asked[1] - 1]) open(findings[asked[1] - 1], false);
})();
