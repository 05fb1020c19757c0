/* What the server cannot do: tick the clock, keep a draft, link points to words, move the focus. */
(() => {
  "use strict";
  const TICK_MS = 200;
  const DRAFT = "mlops-interviewer-draft-";
  const DRAFT_DAYS = 30;
  const answerBox = () => document.querySelector("#answer textarea");

  // ---- the clock: informs, never cuts off
  const stopwatch = (seconds) =>
    `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
  const started = new Map();
  function tickClock() {
    const clock = document.querySelector("[data-clock]");
    if (!clock) return;
    const { clock: id, used, allowed } = clock.dataset;
    if (!started.has(id)) started.set(id, performance.now() - Number(used) * 1000);
    const seconds = (performance.now() - started.get(id)) / 1000;
    const text = stopwatch(seconds);
    const shown = clock.querySelector(".used");
    if (shown && shown.textContent !== text) shown.textContent = text;
    clock.classList.toggle("over", seconds > Number(allowed));
  }

  // ---- drafts: what is typed and not sent yet outlives the tab
  let draftKey = null; // of the question that followState saw last
  const keyOnScreen = () => document.querySelector("#interview [data-draft]")?.dataset.draft;
  // What was asked, without the count of what was said beside the answer: that changes no draft.
  const askOf = (key) => key.slice(0, key.lastIndexOf("-"));
  const draftOf = (key) => DRAFT + askOf(key);
  function pruneDrafts() {
    const oldest = Date.now() - DRAFT_DAYS * 86400e3;
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(DRAFT)) continue;
      try {
        if (JSON.parse(localStorage[name]).at < oldest) localStorage.removeItem(name);
      } catch {
        localStorage.removeItem(name);
      }
    }
  }
  function keepDraft(text) {
    const key = keyOnScreen();
    if (!key) return;
    if (text) localStorage.setItem(draftOf(key), JSON.stringify({ text, at: Date.now() }));
    else localStorage.removeItem(draftOf(key));
  }
  function restoreDraft() {
    const box = answerBox();
    const stored = draftKey && localStorage.getItem(draftOf(draftKey));
    if (!box || box.value || !stored) return;
    box.value = JSON.parse(stored).text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // ---- a change of state: say it, and put the focus where one goes on
  let lastState = "";
  const announcer = document.createElement("div");
  announcer.className = "sr";
  announcer.setAttribute("role", "status");
  function followState() {
    const head = document.querySelector("#interview [data-state]");
    const report = document.querySelector("#report h2");
    const key = head ? head.dataset.draft : null;
    const state = head ? `${head.dataset.state} ${key}` : report ? "report" : "";
    if (state === lastState || (head && !drawn(head.dataset.state))) return;
    const spoke = lastState.startsWith("speaking");
    lastState = state;
    const sameAsk = key && draftKey && askOf(key) === askOf(draftKey);
    const waits = ["asked", "probed", "speaking"].includes(head?.dataset.state);
    const beside = sameAsk && waits && (spoke || key !== draftKey);
    if (key !== draftKey) {
      // What was typed was sent, unless another interview was begun meanwhile.
      const sent = draftKey && key && !sameAsk && draftKey.split("-")[0] === key.split("-")[0];
      if (sent) localStorage.removeItem(draftOf(draftKey));
      draftKey = key;
      if (beside) keepDraft(answerBox()?.value);
    }
    if (head) {
      announcer.textContent = head.dataset.announce;
      if (beside) settleBeside(head.dataset.state);
      else settle(head.dataset.state);
    } else if (report) {
      announcer.textContent = "Report";
      window.scrollTo({ top: 0 });
      report.focus({ preventScroll: true });
    }
  }
  function drawn(state) {
    if (state === "asked" || state === "probed") return answerBox() !== null;
    if (state === "graded" || state === "skipped") return document.querySelector("#next") !== null;
    return true;
  }
  const lastTurn = () => document.querySelector("#voice .turn:last-child") ??
    document.querySelector("#talk .turn:last-child");
  function settleBeside(state) {
    if (state !== "speaking") answerBox()?.focus({ preventScroll: true });
    lastTurn()?.scrollIntoView({ block: "nearest" });
  }
  function settle(state) {
    const narrow = matchMedia("(max-width: 860px)").matches;
    if (state === "asked") {
      window.scrollTo({ top: 0 });
      restoreDraft();
      if (narrow) document.querySelector("#progress h2")?.focus({ preventScroll: true });
      else answerBox()?.focus({ preventScroll: true });
    } else if (state === "probed") {
      restoreDraft();
      answerBox()?.focus({ preventScroll: true });
      lastTurn()?.scrollIntoView({ block: narrow ? "start" : "nearest" });
    } else if (state === "graded" || state === "skipped") {
      document.querySelector("#next")?.focus({ preventScroll: true });
      if (narrow) document.querySelector("#feedback .card")?.scrollIntoView({ block: "start" });
      else window.scrollTo({ top: 0 });
    } else if (state === "grading" || state === "speaking") {
      lastTurn()?.scrollIntoView({ block: "nearest" });
    }
  }

  // ---- on a wide screen the conversation stays in view beside a longer feedback card
  const sizes = new ResizeObserver(([entry]) =>
    document.documentElement.style.setProperty("--said-height", `${entry.target.offsetHeight}px`));
  let watched = null;
  function followSize() {
    const said = document.querySelector("#said");
    if (said === watched) return;
    sizes.disconnect();
    watched = said;
    if (said) sizes.observe(said);
  }

  // ---- points and the words that made them
  const area = (element) => element.closest("#stage, .replay") || document;
  const wordsOf = (element, label) =>
    [...area(element).querySelectorAll("mark[data-marks]")].filter((m) => m.dataset.marks.split(" ").includes(label));
  const linesOf = (mark) =>
    mark.dataset.marks.split(" ").flatMap((l) => [...area(mark).querySelectorAll(`.key[data-key="${CSS.escape(l)}"]`)]);
  function flash(elements) {
    elements[0]?.scrollIntoView({ block: "center", behavior: "smooth" });
    for (const element of elements) {
      element.classList.add("flash");
      setTimeout(() => element.classList.remove("flash"), 1600);
    }
  }
  document.addEventListener("click", (event) => {
    const goto = event.target.closest?.("[data-goto]");
    if (goto) return flash(wordsOf(goto, goto.dataset.goto));
    const mark = event.target.closest?.("mark[data-marks]");
    if (mark) flash(linesOf(mark));
  });
  for (const [name, lit] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, (event) => {
      const line = event.target.closest?.(".key[data-key]");
      const mark = event.target.closest?.("mark[data-marks]");
      const others = line ? wordsOf(line, line.dataset.key) : mark ? linesOf(mark) : [];
      for (const element of others) element.classList.toggle("lit", lit);
    });
  }

  // ---- the answer box
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.target !== answerBox()) return;
    event.preventDefault();
    document.querySelector("#send")?.click();
  });
  document.addEventListener("input", (event) => {
    if (event.target === answerBox()) keepDraft(event.target.value);
  });

  function begin() {
    document.body.append(announcer);
    pruneDrafts();
    setInterval(() => {
      tickClock();
      followState();
      followSize();
    }, TICK_MS);
  }
  if (document.body) begin();
  else addEventListener("DOMContentLoaded", begin);
})();
