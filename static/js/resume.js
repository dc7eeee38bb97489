"use strict";
// Where a reader stopped in an article stays in this browser, and is offered at the next visit.

const KEY = "archive.reading";
const KEPT = 50; // articles
const BEGUN = 2; // paragraphs that must be behind for a place to be worth keeping
const text = document.getElementById("text");
const offer = document.getElementById("resume");

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) || {};
  } catch {
    return {}; // no storage, or somebody else's
  }
}

function keep(places) {
  const latest = Object.entries(places).sort(([, a], [, b]) => b.at - a.at).slice(0, KEPT);
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(latest)));
  } catch {
    // A reader who keeps nothing loses nothing.
  }
}

if (text && offer) {
  const id = document.querySelector("[data-article]").dataset.article;
  const paragraphs = [...text.querySelectorAll("[data-runs]")];
  const place = kept()[id];
  const target = place && paragraphs[place.paragraph];

  if (target && !location.hash) {
    const link = offer.querySelector("[data-resume]");
    offer.hidden = false;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      offer.hidden = true;
      target.scrollIntoView({ block: "start" });
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
    });
    offer.querySelector("[data-forget]").addEventListener("click", () => {
      const { [id]: _gone, ...others } = kept();
      keep(others);
      offer.hidden = true;
    });
  }

  // The paragraph at the top of the window; the end of the text is a place to forget.
  const note = () => {
    const first = paragraphs.findIndex((paragraph) => paragraph.getBoundingClientRect().bottom > 0);
    const done = text.getBoundingClientRect().bottom < innerHeight;
    const { [id]: before, ...others } = kept();
    if (!done && first >= BEGUN) keep({ ...others, [id]: { paragraph: first, at: Date.now() } });
    else if (before && done && scrollY > 0) keep(others);
  };
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && note());
  addEventListener("pagehide", note);
}
