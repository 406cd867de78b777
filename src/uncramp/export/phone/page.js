"use strict";
// What is seen is read from the sound's own clock. A phone stops scripts when its screen goes
// dark, and goes on playing an audio element: whenever a script runs again, all is right.
(() => {
  const plan = JSON.parse(document.getElementById("plan").textContent);
  const byId = (id) => document.getElementById(id);
  const spans = plan.spans;
  const AHEAD_S = 3;
  const EXTRA_S = 15;
  const NOTE_S = 20;

  /** The track as a clock: its position is what is heard. */
  class TrackClock {
    constructor(element) {
      this.element = element;
      this.wanted = null;
      this.hasPlayed = false;
      element.addEventListener("playing", () => { this.hasPlayed = true; this.settle(); });
      element.addEventListener("error", () => this.useBlob());
    }
    // iOS takes no position before the element has played once.
    settle() {
      if (this.wanted === null) return;
      if (Math.abs(this.element.currentTime - this.wanted) > 0.3) {
        this.element.currentTime = this.wanted;
      }
      if (this.hasPlayed) this.wanted = null;
    }
    // Not every WebKit plays a data: URL.
    useBlob() {
      const url = this.element.src;
      const goesOn = !this.element.paused;
      if (!url.startsWith("data:")) { tellOfSilence(); return; }
      const [head, data] = url.split(",", 2);
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
      this.wanted = this.now();
      this.element.src = URL.createObjectURL(new Blob([bytes], { type: head.slice(5).split(";")[0] }));
      if (goesOn) this.play();
    }
    now() { return this.wanted ?? this.element.currentTime; }
    isPaused() { return this.element.paused; }
    play() {
      const begun = this.element.play();
      if (begun) begun.catch(() => draw());
    }
    pause() { this.element.pause(); }
    seek(second) {
      this.wanted = second;
      this.element.currentTime = second;
      if (this.hasPlayed) this.wanted = null;
    }
    tick() {}
  }

  /** Single clips on the audio clock, for a page that was made without an encoder. */
  class ClipClock {
    constructor(clips, sounds) {
      this.clips = clips;
      this.sounds = sounds;
      this.context = null;
      this.buffers = [];
      this.base = 0;
      this.since = null;
      this.playing = new Set();
      this.laid = 0;
    }
    now() {
      return this.since === null ? this.base : this.base + this.context.currentTime - this.since;
    }
    isPaused() { return this.since === null; }
    async play() {
      if (this.context === null) {
        this.context = new (window.AudioContext || window.webkitAudioContext)();
        await this.context.resume();
        this.buffers = await Promise.all(this.clips.map((clip) => this.context.decodeAudioData(
          Uint8Array.from(atob(clip), (letter) => letter.charCodeAt(0)).buffer)));
      }
      await this.context.resume();
      this.since = this.context.currentTime;
      this.laid = this.base;
      this.tick();
      stayAwake();
      draw();
    }
    pause() { this.base = this.now(); this.since = null; this.hush(); letSleep(); draw(); }
    seek(second) {
      const goesOn = this.since !== null;
      this.hush();
      this.base = second;
      this.laid = second;
      if (goesOn) { this.since = this.context.currentTime; this.tick(); }
    }
    hush() {
      for (const source of this.playing) source.stop();
      this.playing.clear();
    }
    tick() {
      if (this.since === null || !this.buffers.length) return;
      if (this.now() >= plan.length) { this.pause(); return; }
      const until = this.now() + AHEAD_S;
      for (const [begins, clip, ends] of this.sounds) {
        if (begins < this.laid || begins >= until) continue;
        const source = this.context.createBufferSource();
        source.buffer = this.buffers[clip];
        source.connect(this.context.destination);
        const when = this.since + begins - this.base;
        source.start(Math.max(when, 0));
        if (ends !== null) source.stop(this.since + ends - this.base);
        source.onended = () => this.playing.delete(source);
        this.playing.add(source);
      }
      this.laid = until;
    }
  }

  const element = byId("track");
  const clock = element ? new TrackClock(element) : new ClipClock(plan.clips, plan.sounds);
  let loops = 0;
  let owed = 0;
  let hasBegun = false;
  let shown = null;
  let locked = null;
  let asksForLock = false;
  // The first stretch of the step that a button, or a reload, led to.
  let reached = 0;

  // A page from a file or a mail may be allowed no store.
  const store = (() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      try {
        const found = window[name];
        found.setItem("uncramp-try", "1");
        found.removeItem("uncramp-try");
        return found;
      } catch { /* the next one */ }
    }
    return null;
  })();
  const key = `uncramp ${plan.id}`;
  function keep() {
    if (!store || !hasBegun) return;
    try {
      if (isOver()) store.removeItem(key);
      else store.setItem(key, JSON.stringify({ at: clock.now(), loops }));
    } catch { /* a full store */ }
  }
  function kept() {
    try {
      const found = JSON.parse(store.getItem(key));
      const isPlace = found && found.at > 1 && found.at < plan.end - 1;
      return isPlace && Number.isInteger(found.loops) ? found : null;
    } catch { return null; }
  }

  function indexAt(second) {
    let low = 0, high = spans.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (spans[middle].from <= second + 0.001) low = middle; else high = middle - 1;
    }
    return low;
  }
  const isOver = () => clock.now() >= plan.end - 0.02;
  const firstOf = (index) => spans[index].first;
  const waits = (span) => span.open && !span.loops;
  function afterStep(index) {
    let next = index + 1;
    while (next < spans.length && spans[next].first === spans[index].first) next += 1;
    return next;
  }

  function time(seconds) {
    const whole = Math.max(Math.floor(seconds), 0);
    const hours = Math.floor(whole / 3600);
    const parts = [Math.floor(whole / 60) % 60, whole % 60].map((n) => String(n).padStart(2, "0"));
    return hours ? `${hours}:${parts.join(":")}` : `${Math.floor(whole / 60)}:${parts[1]}`;
  }

  function go(second, reaches = indexAt(second)) {
    reached = firstOf(Math.min(reaches, spans.length - 1));
    loops = 0;
    owed = 0;
    clock.seek(Math.min(Math.max(second, 0), plan.length));
    keep();
    draw();
  }

  /** Did the step before go on by itself a moment ago? */
  function hasGoneOn(index) {
    const first = firstOf(index);
    const isRecent = first > 0 && clock.now() - spans[first].from < NOTE_S;
    return isRecent && first !== reached && waits(spans[first - 1]);
  }

  function begin() {
    hasBegun = true;
    byId("about").open = false;
    clock.play();
  }

  const steps = {
    main() {
      const span = spans[indexAt(clock.now())];
      if (isOver()) { go(0); begin(); }
      else if (clock.isPaused()) begin();
      else if (span.open) done();
      else clock.pause();
      draw();
    },
    forward() {
      const next = afterStep(lastAnswer(indexAt(clock.now())));
      go(next < spans.length ? spans[next].from : plan.end);
    },
    back() {
      const index = indexAt(clock.now());
      const begins = spans[firstOf(index)].from;
      const isFresh = (clock.now() - begins < 3 && loops === 0) || hasGoneOn(index);
      const first = isFresh && firstOf(index) > 0 ? firstOf(firstOf(index) - 1) : firstOf(index);
      go(spans[first].from);
    },
    // A step that waits is not lengthened: where it can, its answer "still" takes the place.
    more() {
      const index = indexAt(clock.now());
      if (spans[index].asksStill) go(spans[index + 1].from);
      else owed += EXTRA_S;
      draw();
    },
    over() {
      go(0);
      hasBegun = false;
      byId("about").open = true;
      draw();
    },
    night() {
      const isNight = document.body.classList.toggle("night");
      byId("night").setAttribute("aria-pressed", String(isNight));
    },
  };

  // The chime of its end is at the moment where it ends in the track; what comes only on
  // "still" stands in between.
  function done() {
    const last = lastAnswer(indexAt(clock.now()));
    go(spans[last].to - 0.02, afterStep(last));
  }
  function lastAnswer(index) {
    let last = index;
    if (spans[index].asksStill) while (spans[last + 1] && spans[last + 1].ifStill) last += 1;
    return last;
  }

  /** Lets an open step go round, and a lengthened one go back; nothing else moves the clock. */
  function steer() {
    const index = indexAt(clock.now());
    const span = spans[index];
    const length = span.to - span.from;
    const since = clock.now() - span.from;
    if (span.loops && since < length - 0.05) {
      const margin = Math.min(1.2, length / 3);
      if (since >= length - margin && !clock.isPaused()) {
        loops += 1;
        clock.seek(span.from);
      }
    } else if (!span.open && owed > 0) {
      const back = Math.min(owed, since);
      const nearEnd = since >= length - Math.min(4, length / 3);
      if (back === owed || nearEnd) {
        owed -= back;
        clock.seek(clock.now() - back);
      }
    }
  }

  function tellOfSilence() {
    byId("screen").textContent = plan.words.silent;
    byId("screen").hidden = false;
    say(plan.words.silent);
  }

  function say(words) { byId("said").textContent = words; }

  const called = (span) => [span.name, span.side].filter(Boolean).join(", ");

  function draw() {
    const now = clock.now();
    const index = indexAt(now);
    const span = spans[index];
    const over = isOver();
    const face = over ? "over" : index;
    if (face !== shown) {
      if (shown !== null) { loops = 0; owed = 0; }
      shown = face;
      drawStep(span, over);
    }
    const isGoing = !clock.isPaused();
    const passed = loops * (span.to - span.from) + now - span.from;
    const left = Math.ceil(span.to - now + owed - 0.05);
    byId("time").textContent = over ? "" : time(span.open ? passed : left);
    const goesOn = waits(span) ? ` · ${plan.words.goesOn} ${time(left)}` : "";
    byId("kind").textContent = over ? "" : span.kind + goesOn;
    const note = over ? "" : noteAt(now, span) || (hasGoneOn(index) ? plan.words.wentOn : "");
    if (byId("note").textContent !== note) byId("note").textContent = note;
    byId("bar").value = Math.min(now, plan.end);
    const begin = hasBegun ? plan.words.goOn : plan.words.start;
    const going = span.open ? plan.words.done : plan.words.pause;
    byId("main").textContent = over ? plan.words.again : isGoing ? going : begin;
    byId("more").disabled = (span.open && !span.asksStill) || over || !hasBegun;
    byId("more").textContent = span.asksStill ? plan.words.still : plan.words.more;
    byId("forward").disabled = over || !hasBegun;
    byId("back").disabled = !hasBegun;
    byId("over").hidden = over || isGoing || !hasBegun;
    byId("about").hidden = isGoing;
    document.body.classList.toggle("begin", !hasBegun);
  }

  function drawStep(span, over) {
    const step = plan.steps[span.step];
    const following = spans[afterStep(lastAnswer(indexAt(span.from)))];
    byId("name").textContent = over ? plan.words.finished : span.name;
    byId("side").textContent = over ? "" : span.side;
    byId("how").textContent = over || !step ? "" : step.how;
    byId("care").textContent = over || !step || !step.care ? "" : `${plan.words.care} ${step.care}`;
    byId("next").textContent = over || !following ? "" : `${plan.words.next} ${called(following)}`;
    byId("count").textContent = `${span.number} / ${spans[spans.length - 1].number}`;
    const picture = over ? null : span.picture;
    document.querySelectorAll("#pictures svg").forEach((one, number) => {
      one.toggleAttribute("hidden", number !== picture);
    });
    byId("pictures").hidden = picture === null;
    document.body.classList.toggle("bare", picture === null);
    byId("stage").scrollTop = 0;
    say(over ? plan.words.finished : [span.kind, called(span)].filter(Boolean).join(". "));
    tellPhone(span);
  }

  function noteAt(now, span) {
    let found = "";
    for (const [second, words] of plan.notes) {
      if (second > now) break;
      if (second >= span.from && now - second < NOTE_S) found = words;
    }
    return found;
  }

  function tellPhone(span) {
    if (!("mediaSession" in navigator)) return;
    try {
      navigator.mediaSession.metadata = new MediaMetadata({
        title: called(span), artist: plan.title, album: "uncramp",
      });
    } catch { /* an old one */ }
  }
  if ("mediaSession" in navigator) {
    const actions = {
      play: () => { begin(); draw(); },
      pause: () => { clock.pause(); draw(); },
      nexttrack: () => {
        const span = spans[indexAt(clock.now())];
        if (span.open) done(); else steps.forward();
      },
      previoustrack: steps.back,
    };
    for (const [name, act] of Object.entries(actions)) {
      try { navigator.mediaSession.setActionHandler(name, act); } catch { /* not known here */ }
    }
  }

  async function stayAwake() {
    if (!("wakeLock" in navigator) || locked || asksForLock) return;
    if (clock.isPaused() || document.hidden) return;
    asksForLock = true;
    try {
      locked = await navigator.wakeLock.request("screen");
      locked.addEventListener("release", () => { locked = null; });
      letSleep();
    } catch { /* not allowed: the sound goes on in the dark */ }
    asksForLock = false;
  }
  function letSleep() {
    if (locked && clock.isPaused()) locked.release();
  }

  for (const name of Object.keys(steps)) byId(name).addEventListener("click", steps[name]);
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("button, summary") || event.ctrlKey || event.altKey || event.metaKey) return;
    const act = { " ": steps.main, ArrowRight: steps.forward, ArrowLeft: steps.back, "+": steps.more }[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  // The picture is as high as what scrolls beside it.
  const fit = () => byId("stage").style.setProperty("--stage", `${byId("stage").clientHeight}px`);
  window.addEventListener("resize", fit);
  document.addEventListener("visibilitychange", () => { keep(); stayAwake(); draw(); });
  window.addEventListener("pagehide", keep);
  const watch = () => { clock.tick(); steer(); draw(); };
  if (element) {
    for (const name of ["timeupdate", "seeked", "playing", "pause", "ended"]) {
      element.addEventListener(name, watch);
    }
    element.addEventListener("pause", () => { keep(); letSleep(); });
    element.addEventListener("playing", stayAwake);
  }
  setInterval(() => { if (!clock.isPaused()) watch(); }, 100);
  setInterval(keep, 2000);

  const minute = new Date().getHours() * 60 + new Date().getMinutes();
  const [from, to] = plan.night;
  if (from <= to ? from <= minute && minute < to : from <= minute || minute < to) steps.night();
  const found = kept();
  byId("about").open = !found;
  if (found) {
    hasBegun = true;
    loops = found.loops;
    clock.seek(found.at);
    reached = firstOf(indexAt(found.at));
  }
  draw();
  fit();
})();
