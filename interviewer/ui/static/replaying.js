// An interview played back: a slider over its turns, played with the time between them.
// Without it the page is the whole list, to be read.
(function () {
  "use strict";
  const player = document.getElementById("player");
  if (!player) return;
  const steps = [...document.querySelectorAll("#steps > li")];
  const scrub = document.getElementById("scrub"), place = document.getElementById("place");
  const toggle = player.querySelector("[data-toggle]");
  // Nobody waits for a night in which somebody slept; a step is seen for a moment at any speed.
  const LONGEST = 60, LEAST = 350;
  let now = 0, timer = 0, playing = false;

  function clock(seconds) {
    const whole = Math.round(seconds), hours = Math.floor(whole / 3600), minutes = Math.floor(whole / 60) % 60;
    const rest = String(whole % 60).padStart(2, "0");
    return hours ? hours + ":" + String(minutes).padStart(2, "0") + ":" + rest : minutes + ":" + rest;
  }
  function show(step, moved) {
    now = Math.max(0, Math.min(steps.length - 1, step));
    steps.forEach((turn, number) => {
      turn.hidden = number > now;
      turn.classList.toggle("now", number === now);
      if (number === now) turn.setAttribute("aria-current", "step"); else turn.removeAttribute("aria-current");
      const known = turn.querySelector(".known");
      if (known) known.open = number === now;
    });
    scrub.value = now + 1;
    const text = player.dataset.place.replace("{turn}", now + 1).replace("{turns}", steps.length)
      .replace("{at}", clock(Number(steps[now].dataset.at))).replace("{end}", clock(Number(steps[steps.length - 1].dataset.at)));
    place.textContent = text;
    scrub.setAttribute("aria-valuetext", text);
    if (!moved) return;
    history.replaceState(null, "", "#played-" + (now + 1));
    steps[now].scrollIntoView({ block: "nearest" });
  }
  function play(on) {
    clearTimeout(timer);
    playing = on && now < steps.length - 1;
    player.classList.toggle("playing", playing);
    toggle.setAttribute("aria-label", playing ? player.dataset.pause : player.dataset.play);
    if (!playing) return;
    const speed = Number(player.querySelector("[name=speed]:checked").value);
    const wait = Math.min(LONGEST, Number(steps[now + 1].dataset.gap)) * 1000 / speed;
    timer = setTimeout(() => { show(now + 1, true); play(true); }, Math.max(LEAST, wait));
  }
  function go(step) { show(step, true); if (playing) play(true); }

  player.querySelectorAll("[data-step]").forEach((button) => button.addEventListener("click", () => go(now + Number(button.dataset.step))));
  toggle.addEventListener("click", () => {
    if (!playing && now === steps.length - 1) show(0, true);
    play(!playing);
  });
  scrub.addEventListener("input", () => go(Number(scrub.value) - 1));
  player.querySelectorAll("[name=speed]").forEach((choice) => choice.addEventListener("change", () => { if (playing) play(true); }));
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || /^(INPUT|TEXTAREA|SELECT|BUTTON|SUMMARY|A)$/.test(event.target.tagName)) return;
    const keys = { ArrowRight: now + 1, ArrowDown: now + 1, ArrowLeft: now - 1, ArrowUp: now - 1, Home: 0, End: steps.length - 1 };
    if (event.key === " ") { event.preventDefault(); toggle.click(); }
    else if (event.key in keys) { event.preventDefault(); go(keys[event.key]); }
  });

  player.hidden = false;
  const wanted = /^#played-(\d+)$/.exec(location.hash);
  show(wanted ? Number(wanted[1]) - 1 : 0, false);
})();
