// Voice in the room: answers spoken into the box, questions read aloud. Nothing is sent by itself.
(function () {
  "use strict";
  const RATE = 16000, SWITCH = "three-rounds-read-aloud";
  const panel = () => document.querySelector("#by-voice .voice-panel");
  const part = (name) => { const held = panel(); return held && held.querySelector(name); };
  const words = () => { const held = panel(); return held ? JSON.parse(held.dataset.words) : {}; };
  const session = () => new URLSearchParams(location.search).get("s") || "";
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  function tell(text) { const line = part(".voice-status"); if (line) line.textContent = text || ""; }

  // Reading aloud: by the connected voice, else by one of this machine's own in the browser.
  // A browser's other voices send the text to their maker, so they are not used.
  function ownVoice() {
    const held = panel();
    if (!held || !window.speechSynthesis) return null;
    const fits = speechSynthesis.getVoices().filter((voice) => voice.localService &&
      voice.lang.toLowerCase().startsWith(held.dataset.language));
    return fits.find((voice) => voice.default) || fits[0] || null;
  }
  let reading = 0, sound = null, saying = null; // a number a reading; the last one counts
  function stopReading() {
    reading += 1;
    if (sound) { sound.pause(); URL.revokeObjectURL(sound.src); sound = null; }
    if (window.speechSynthesis) speechSynthesis.cancel();
    document.querySelectorAll(".read-aloud.reading").forEach((button) => mark(button, false));
  }
  function mark(button, on) {
    button.classList.toggle("reading", on);
    button.setAttribute("aria-label", on ? button.dataset.stop : button.dataset.read);
    button.title = button.getAttribute("aria-label");
  }
  function bySelf(text, voice) {
    return new Promise((done) => {
      saying = new SpeechSynthesisUtterance(text); // held, or some browsers drop it half said
      saying.voice = voice; saying.lang = voice.lang;
      saying.onend = saying.onerror = done;
      speechSynthesis.speak(saying);
    });
  }
  async function byServer(seq, mine) {
    const given = await fetch("/sessions/" + encodeURIComponent(session()) + "/speech/" + seq, { cache: "no-store" });
    if (!given.ok) throw new Error((await given.json()).fault);
    const file = await given.blob();
    if (mine !== reading) return;
    await new Promise((done, failed) => {
      sound = new Audio(URL.createObjectURL(file));
      sound.onended = sound.onpause = done;
      sound.onerror = () => failed(new Error(words().unplayable));
      // Before anything was pressed a page may not make a sound: then it stays quiet.
      sound.play().catch((error) => (error.name === "NotAllowedError" || error.name === "AbortError" ? done() : failed(new Error(words().unplayable))));
    });
  }
  async function read(buttons) {
    stopReading();
    const mine = reading;
    for (const button of buttons) {
      if (mine !== reading) return;
      const text = button.closest(".message").querySelector(".said").textContent.replace(/\s?\[\d{1,3}\]/g, "");
      mark(button, true);
      try {
        if (panel().dataset.speaks) await byServer(button.dataset.aloud, mine);
        else if (ownVoice()) await bySelf(text, ownVoice());
      } catch (error) {
        if (mine === reading) tell(error instanceof TypeError ? words().away : error.message);
      }
      mark(button, false);
    }
  }

  // Recording: held in this page until its words are in the box, then dropped.
  const canRecord = () => !!(navigator.mediaDevices && window.MediaRecorder && window.OfflineAudioContext);
  let recorder = null, thrown = false, ticking = 0, held = null, opening = false;
  function look(state) {
    const button = part(".mic");
    if (!button) return;
    button.dataset.state = state;
    button.disabled = state === "busy";
    button.querySelector(".mic-label").textContent = words()[{ on: "stop", busy: "busy" }[state] || "record"];
    if (state !== "on") button.querySelector(".mic-time").textContent = "";
  }
  const clock = (seconds) => Math.floor(seconds / 60) + ":" + String(Math.floor(seconds % 60)).padStart(2, "0");
  async function record() {
    stopReading();
    if (opening) return;
    opening = true;
    let stream;
    try { stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } }); } catch (error) {
      tell(words()[{ NotAllowedError: "refused", NotFoundError: "missing" }[error.name] || "broken"]);
      return;
    } finally { opening = false; }
    const pieces = [], began = Date.now(), most = Number(panel().dataset.most), where = session();
    recorder = new MediaRecorder(stream);
    thrown = false;
    recorder.ondataavailable = (event) => pieces.push(event.data);
    recorder.onstop = () => {
      clearInterval(ticking);
      stream.getTracks().forEach((track) => track.stop());
      const type = recorder.mimeType;
      recorder = null;
      look("off");
      if (!thrown && where === session()) understand(new Blob(pieces, { type: type }));
    };
    recorder.start();
    look("on");
    tell(fill(words().recording, { minutes: Math.round(most / 60) }));
    ticking = setInterval(() => {
      const seconds = (Date.now() - began) / 1000, shown = part(".mic-time");
      if (shown) shown.textContent = clock(seconds);
      if (seconds >= most - 1) stop(true);
    }, 250);
  }
  function stop(keep) {
    if (!recorder) return;
    thrown = !keep;
    if (!keep) tell("");
    recorder.stop();
  }
  // 16-bit mono WAV, 16,000 samples a second: what every recogniser takes, whatever this browser records.
  async function asWav(blob) {
    const given = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(await blob.arrayBuffer());
    const count = given.length, view = new DataView(new ArrayBuffer(44 + 2 * count));
    const text = (place, signs) => [...signs].forEach((sign, n) => view.setUint8(place + n, sign.charCodeAt(0)));
    text(0, "RIFF"); view.setUint32(4, 36 + 2 * count, true); text(8, "WAVEfmt ");
    view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 1, true);
    view.setUint32(24, RATE, true); view.setUint32(28, 2 * RATE, true); view.setUint16(32, 2, true);
    view.setUint16(34, 16, true); text(36, "data"); view.setUint32(40, 2 * count, true);
    const channels = [...Array(given.numberOfChannels).keys()].map((n) => given.getChannelData(n));
    for (let n = 0; n < count; n += 1) {
      const value = channels.reduce((sum, channel) => sum + channel[n], 0) / channels.length;
      view.setInt16(44 + 2 * n, Math.max(-1, Math.min(1, value)) * 32767, true);
    }
    return new Blob([view], { type: "audio/wav" });
  }
  async function understand(blob) {
    const where = session();
    const again = part(".voice-again");
    if (again) again.hidden = true;
    look("busy"); tell(words().understanding);
    held = blob;
    try {
      const sent = blob.type === "audio/wav" ? blob : await asWav(blob);
      held = sent;
      const given = await fetch("/sessions/" + encodeURIComponent(where) + "/hearing", { method: "POST", body: sent });
      const told = await given.json();
      if (where !== session()) return;
      if (!given.ok) throw new Error(told.fault);
      held = null;
      window.threeRounds.add(told.text, words().joint);
      tell(words().check);
    } catch (error) {
      if (where !== session()) return;
      tell(error instanceof TypeError || error instanceof SyntaxError ? words().away : error.name === "EncodingError" ? words().unreadable : error.message);
      const retry = part(".voice-again");
      if (retry) retry.hidden = !held || error.name === "EncodingError";
    } finally { look("off"); }
  }

  document.addEventListener("click", (event) => {
    const at = (name) => event.target.closest && event.target.closest(name);
    const aloud = at(".read-aloud");
    if (aloud) { if (aloud.classList.contains("reading")) stopReading(); else read([aloud]); return; }
    if (at("#by-voice .mic")) { if (recorder) stop(true); else record(); return; }
    if (at("#by-voice .voice-again") && held) understand(held);
  });
  document.addEventListener("change", (event) => {
    if (!(event.target.closest && event.target.closest(".aloud-switch"))) return;
    if (event.target.checked) { localStorage.setItem(SWITCH, "on"); read(newest(-1).slice(-1)); }
    else { localStorage.removeItem(SWITCH); stopReading(); }
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") { stop(false); stopReading(); } });

  // What this browser can do decides what is shown; voices of its own may come late.
  function show() {
    if (!panel()) return;
    const can = !!(panel().dataset.speaks || ownVoice());
    document.body.classList.toggle("can-read-aloud", can);
    part(".aloud-switch").hidden = !can;
    part(".aloud-switch input").checked = localStorage.getItem(SWITCH) === "on";
    part(".mic").hidden = !(panel().dataset.hears && canRecord());
    panel().dataset.shown = "yes";
  }
  if (window.speechSynthesis && speechSynthesis.addEventListener) speechSynthesis.addEventListener("voiceschanged", show);
  new MutationObserver(() => { if (panel() && !panel().dataset.shown) show(); }).observe(document.documentElement, { childList: true, subtree: true });

  // A new turn ends what is read and recorded; when the examiner has spoken, it is read where that is wished.
  const newest = (after) => [...document.querySelectorAll("#chat .log .read-aloud")].filter((button) => Number(button.dataset.aloud) > after);
  let last = -1, turning = false;
  new MutationObserver(() => {
    const now = !!document.body.dataset.turn;
    if (now === turning) return;
    turning = now;
    if (now) {
      stopReading(); stop(false);
      held = null; tell("");
      last = Math.max(-1, ...newest(-1).map((button) => Number(button.dataset.aloud)));
    } else if (localStorage.getItem(SWITCH) === "on" && document.body.classList.contains("can-read-aloud")) read(newest(last));
  }).observe(document.body, { attributes: true, attributeFilter: ["data-turn"] });
  window.addEventListener("pagehide", () => { stop(false); stopReading(); });
})();
