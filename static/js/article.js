"use strict";
// The page of one article. Without this file the record's links still lead to the words in the text.

const article = document.querySelector("[data-article]");
const CLEAR = 4; // pixels between a mark and what is said of it

// Every piece of the mark with this address (s=12-30): the first has it as id, the others name it.
function piecesOf(anchor) {
  const named = CSS.escape(anchor);
  return document.querySelectorAll(`#${named}, [data-of="${named}"]`);
}

// Pointing at a value lights up its words, wherever they are on the screen.
function lightUp() {
  for (const link of article.querySelectorAll("a.where")) {
    const anchor = decodeURIComponent(link.hash.slice(1));
    const pieces = piecesOf(anchor);
    const light = (on) => pieces.forEach((piece) => piece.classList.toggle("lit", on));
    for (const [begin, end] of [["mouseenter", "mouseleave"], ["focus", "blur"]]) {
      link.addEventListener(begin, () => light(true));
      link.addEventListener(end, () => light(false));
    }
  }
}

// What was read from the words under the pointer or in focus, said beside them; Escape takes it away.
function sayReadings() {
  const tip = document.createElement("div");
  tip.className = "reading";
  tip.id = "reading";
  tip.role = "status";
  tip.hidden = true;
  article.append(tip);
  let shown = null;

  const hide = () => {
    tip.hidden = true;
    tip.replaceChildren();
    shown = null;
  };
  const show = (mark) => {
    if (mark === shown) return;
    const list = document.createElement("ul");
    // From the outermost mark to the innermost: words may have been read for several values.
    for (let outer = mark; outer; outer = outer.parentElement.closest(".ev")) {
      const entries = outer.dataset.entries.split(" ");
      outer.dataset.label.split("\n").forEach((said, n) => list.prepend(line(said, entries[n])));
    }
    tip.replaceChildren(list);
    tip.hidden = false;
    shown = mark;
    const at = mark.getClientRects()[0];
    const frame = article.getBoundingClientRect();
    const left = Math.min(at.left - frame.left, frame.width - tip.offsetWidth);
    tip.style.left = `${Math.max(0, left)}px`;
    tip.style.top = `${at.bottom - frame.top + CLEAR}px`;
  };
  const line = (said, entry) => {
    const item = document.createElement("li");
    if (document.getElementById(entry)) {
      const link = document.createElement("a");
      link.href = `#${entry}`;
      link.textContent = said;
      item.append(link);
    } else {
      item.textContent = said;
    }
    return item;
  };

  const on = () => article.querySelector("#marks").checked;
  for (const mark of article.querySelectorAll(".ev")) {
    // Kept where assistive technology finds it; the browser's own hint would stand over ours.
    mark.dataset.label = mark.title;
    mark.setAttribute("aria-description", mark.title.replaceAll("\n", "；"));
    mark.removeAttribute("title");
    mark.addEventListener("mouseover", (event) => {
      event.stopPropagation();
      if (on() || mark.matches(":target")) show(mark);
    });
    mark.addEventListener("focus", () => show(mark));
  }
  const inside = (node) => node instanceof Element && (node.closest(".ev") || tip.contains(node));
  article.addEventListener("mouseover", (event) => {
    if (shown && !inside(event.target) && !shown.contains(document.activeElement)) hide();
  });
  article.addEventListener("focusout", (event) => {
    if (shown && !inside(event.relatedTarget)) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });

  // While the marks are shown the keyboard reaches each; otherwise the text is plain text.
  const reach = () => {
    for (const mark of article.querySelectorAll(".ev[id]")) {
      if (on()) mark.tabIndex = 0;
      else mark.removeAttribute("tabindex");
    }
    if (!on()) hide();
  };
  article.querySelector("#marks").addEventListener("change", reach);
  reach();
}

// #s=12-30 names a span of the page, in a second part #s=2:12-30. Most are marks of the page and need no script.
function goToSpan() {
  const [, part = "1", start, end] = /^#s=(?:(\d+):)?(\d+)-(\d+)$/.exec(location.hash) || [];
  CSS.highlights?.delete("found");
  article.querySelector(".found")?.classList.remove("found");
  if (!start || document.getElementById(location.hash.slice(1))) return;
  const ranges = [];
  for (const entry of article.querySelectorAll(`[data-part="${part}"]`)) {
    for (const run of entry.dataset.runs.split(";")) {
      const [at, from, length] = run.split(",").map(Number);
      const left = Math.max(from, Number(start));
      const right = Math.min(from + length, Number(end));
      if (left < right) ranges.push([entry, at + left - from, at + right - from]);
    }
  }
  if (!ranges.length) return;
  const [first] = ranges[0];
  if (CSS.highlights) {
    CSS.highlights.set("found", new Highlight(...ranges.map((range) => textRange(...range))));
  } else {
    first.classList.add("found");
  }
  first.scrollIntoView({ block: "center" });
}

// Offsets count code points of an entry's own text, without what the page says in between.
function textRange(entry, from, to) {
  const walker = document.createTreeWalker(entry, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest(".join, .role-name") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const range = new Range();
  let at = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const points = [...node.data];
    const place = (offset) => points.slice(0, offset - at).join("").length;
    if (from >= at && from < at + points.length) range.setStart(node, place(from));
    if (to > at && to <= at + points.length) {
      range.setEnd(node, place(to));
      break;
    }
    at += points.length;
  }
  return range;
}

lightUp();
sayReadings();
goToSpan();
addEventListener("hashchange", goToSpan);
