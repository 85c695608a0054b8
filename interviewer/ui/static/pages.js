// What the pages before the interview do in the browser: drops, progress, drafts, papers.
// Every page works without it, but for dropping several files one after another.
(function () {
  "use strict";
  const each = (selector, act, root) => (root || document).querySelectorAll(selector).forEach(act);
  const kept = (store, name) => { try { return store.getItem(name); } catch (error) { return null; } };
  const keep = (store, name, text) => {
    try { if (text) store.setItem(name, text); else store.removeItem(name); } catch (error) { /* no room: nothing is kept */ }
  };

  // Files: those dropped or chosen one after another are taken together.
  function dropping(form) {
    const input = form.querySelector("input[type=file]"), zone = form.querySelector(".drop");
    const list = form.querySelector(".chosen"), fault = form.querySelector(".drop-fault");
    const button = form.querySelector("button.button");
    let chosen = [];
    function show() {
      const moved = new DataTransfer();
      chosen.forEach((file) => moved.items.add(file));
      input.files = moved.files;
      list.replaceChildren(...chosen.map((file, place) => {
        const line = document.createElement("li"), name = document.createElement("span");
        const size = document.createElement("span"), away = document.createElement("button");
        name.className = "file-name"; name.textContent = file.name;
        size.className = "file-size"; size.textContent = file.size < 1e6 ? Math.ceil(file.size / 1e3) + " KB" : (file.size / 1e6).toFixed(1) + " MB";
        away.type = "button"; away.textContent = "×";
        away.setAttribute("aria-label", list.dataset.remove.replace("{name}", file.name));
        away.addEventListener("click", () => { chosen.splice(place, 1); show(); input.focus(); });
        line.append(name, size, away);
        return line;
      }));
      const total = chosen.reduce((sum, file) => sum + file.size, 0);
      const tooLarge = total > Number(form.dataset.most) - 100000;
      fault.hidden = !tooLarge;
      fault.textContent = tooLarge ? form.dataset.tooLarge : "";
      button.disabled = tooLarge;
      button.classList.toggle("button-quiet", !chosen.length && form.dataset.quiet === "yes");
    }
    form.dataset.quiet = button.classList.contains("button-quiet") ? "yes" : "no";
    input.addEventListener("change", () => {
      const known = new Set(chosen.map((file) => file.name + file.size));
      chosen = chosen.concat([...input.files].filter((file) => !known.has(file.name + file.size)));
      show();
    });
    ["dragenter", "dragover"].forEach((name) => zone.addEventListener(name, () => zone.classList.add("over")));
    ["dragleave", "drop", "dragend"].forEach((name) => zone.addEventListener(name, () => zone.classList.remove("over")));
    form.addEventListener("submit", () => { button.disabled = true; });
    window.addEventListener("pageshow", () => { button.disabled = false; });
  }
  // A file that misses the zone must not replace the page.
  ["dragover", "drop"].forEach((name) => document.addEventListener(name, (event) => {
    if (!(event.target.closest && event.target.closest(".drop"))) event.preventDefault();
  }));
  each(".drop-form", dropping);

  // Progress: asked for until it is over; then the page shows what there is now.
  async function poll() {
    const panel = document.querySelector("[data-poll]");
    if (!panel) return;
    try {
      const answer = await fetch(panel.dataset.poll, { cache: "no-store" });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#taking");
      if (answer.ok && (!fresh || !fresh.dataset.poll)) { location.reload(); return; }
      if (fresh) panel.replaceWith(fresh);
    } catch (error) { /* the server is away for a moment: asked again */ }
    setTimeout(poll, 700);
  }
  setTimeout(poll, 400);

  // Drafts: what is typed survives a reload until the server has it.
  const address = new URLSearchParams(location.search);
  const draftOf = (form) => "three-rounds-form-" + form + "-";
  function forgetDraft(form) {
    Object.keys(localStorage).filter((key) => key.startsWith(draftOf(form))).forEach((key) => keep(localStorage, key, ""));
  }
  if (address.has("saved")) {
    forgetDraft("self");
    each(".saved-note", (note) => { note.hidden = false; });
    address.delete("saved");
    const rest = address.toString();
    history.replaceState(null, "", location.pathname + (rest ? "?" + rest : "") + location.hash);
  }
  // A pasted text is in when the panel says so, not when it was sent.
  const textForm = "text-" + location.pathname.split("/").pop(), panelNow = document.querySelector("#taking");
  if (kept(sessionStorage, "three-rounds-sent-" + textForm) && !(panelNow && panelNow.dataset.poll)) {
    if (panelNow && panelNow.dataset.allIn && !document.querySelector("main > .note-fault")) forgetDraft(textForm);
    keep(sessionStorage, "three-rounds-sent-" + textForm, "");
  }
  each("form[data-draft]", (form) => {
    const name = (field) => draftOf(form.dataset.draft) + field.name;
    form.addEventListener("submit", () => keep(sessionStorage, "three-rounds-sent-" + form.dataset.draft, "yes"));
    each("input:not([type=hidden]), textarea", (field) => {
      const draft = kept(localStorage, name(field));
      if (field.type === "radio") {
        if (draft) field.checked = field.value === draft.trim();
        field.addEventListener("change", () => keep(localStorage, name(field), field.value || " "));
        return;
      }
      if (draft && draft !== field.value) {
        field.value = draft.trim() ? draft : "";
        const folded = form.closest("details");
        if (folded) folded.open = true;
      }
      field.addEventListener("input", () => keep(localStorage, name(field), field.value || " ")); // a space: emptied, not untouched
    }, form);
  });
  // The written test's clock: it tells how much time is left and ends nothing.
  const clock = document.querySelector("[data-seconds]");
  if (clock) {
    const ends = Date.now() + Number(clock.dataset.seconds) * 1000;
    setInterval(() => {
      const left = (ends - Date.now()) / 60000;
      const text = (left >= 0 ? clock.dataset.left : clock.dataset.over).replace("{minutes}", Math.round(Math.abs(left)));
      if (clock.textContent !== text) clock.textContent = text;
    }, 5000);
  }

  // Papers: kept in this tab, sent with the question what fits, never without it.
  const paper = (box) => "three-rounds-paper-" + box.dataset.paper;
  async function fitting(form) {
    const button = form.querySelector("button:not([type])");
    button.disabled = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = fresh.querySelector("#brief");
      if (!now) { form.dataset.failed = "yes"; form.submit(); return; }
      const self = document.querySelector("#self");
      now.querySelector("#self").replaceWith(self);
      document.querySelector("#brief").replaceWith(now);
      each("main > .note", (note) => note.remove());
      each("main > .note", (note) => document.querySelector(".columns").before(note), fresh);
      wirePapers();
    } catch (error) { form.submit(); }
  }
  function wirePapers() {
    const form = document.querySelector("#papers");
    if (!form) return;
    const boxes = [...form.querySelectorAll("[data-paper]")];
    const away = form.querySelector("[data-forget-papers]");
    const note = () => { away.hidden = !boxes.some((box) => box.value); };
    boxes.forEach((box) => {
      if (box.value) keep(sessionStorage, paper(box), box.value);
      box.addEventListener("input", () => { keep(sessionStorage, paper(box), box.value); note(); });
    });
    away.addEventListener("click", () => {
      boxes.forEach((box) => { box.value = ""; keep(sessionStorage, paper(box), ""); });
      each("input[type=file]", (input) => { input.value = ""; }, form);
      fitting(form);
    });
    form.addEventListener("submit", (event) => { event.preventDefault(); fitting(form); });
    note();
  }
  wirePapers();
  const papers = document.querySelector("#papers");
  if (papers) {
    const boxes = [...papers.querySelectorAll("[data-paper]")];
    const waiting = boxes.filter((box) => !box.value && kept(sessionStorage, paper(box)));
    waiting.forEach((box) => { box.value = kept(sessionStorage, paper(box)); });
    if (waiting.length) fitting(papers);
  }

  each("form[data-at-once]", (form) => {
    form.querySelector("button").hidden = !form.querySelector("input");
    each("select", (field) => field.addEventListener("change", () => form.requestSubmit()), form);
  });
  // What takes more than a moment says so on its button.
  each("form[data-busy]", (form) => form.addEventListener("submit", () => {
    const button = form.querySelector("button");
    button.disabled = true; button.textContent = form.dataset.busy; button.setAttribute("aria-live", "polite");
  }));
  each("[data-print]", (button) => { button.hidden = false; button.addEventListener("click", () => print()); });
  const focus = document.querySelector("[data-focus]");
  if (focus) focus.focus({ preventScroll: true });
  if (location.hash === "#taking") { const panel = document.querySelector("#taking"); if (panel) panel.focus({ preventScroll: true }); }
})();
