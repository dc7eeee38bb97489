/* The split workbench by keyboard and mouse. Everything it does is a button of the form, which works without it. */
"use strict";
(() => {
  const form = () => document.getElementById("bench");
  const ticks = () => [...form().querySelectorAll(".bench-line input")];
  const typing = (at) => at.matches("select, textarea, input:not([type=checkbox])");
  let anchor = null; // where a selection with Shift began
  let busy = false; // while the archive answers
  const waiting = []; // what was asked for meanwhile
  let caret = null; // {text, from, to}: words chosen by keys within a line

  function current() {
    const at = document.activeElement;
    return at && at.name === "span" ? at : null;
  }

  function focus(tick) {
    caret = null;
    getSelection().removeAllRanges();
    tick.focus();
    tick.closest("li").scrollIntoView({ block: "nearest" });
  }

  function go(step, several) {
    const all = ticks();
    const at = all.indexOf(current());
    const next = all[Math.max(0, Math.min(all.length - 1, at + step))];
    if (!next) return;
    if (several) {
      anchor = anchor ?? (at < 0 ? next : all[at]);
      const [a, b] = [all.indexOf(anchor), all.indexOf(next)].sort((x, y) => x - y);
      all.forEach((tick, k) => { tick.checked = k >= a && k <= b; });
    } else {
      anchor = null;
    }
    focus(next);
  }

  /* Words within the line in focus: → moves the caret, Shift+→ takes characters in. */
  function choose(step, grow) {
    const text = current()?.closest("li").querySelector(".bench-text").firstChild;
    if (!text) return;
    caret = caret && caret.text === text ? caret : { text, from: 0, to: 0 };
    caret.to = Math.max(0, Math.min(text.length, caret.to + step));
    if (!grow) caret.from = caret.to;
    getSelection().setBaseAndExtent(text, caret.from, text, caret.to);
  }

  /* The stretch of the page that is selected as text, as "start-end" in code points; "" where none is. */
  function stretch() {
    const selection = getSelection();
    if (selection.rangeCount === 0) return "";
    const range = selection.getRangeAt(0);
    const from = place(range.startContainer, range.startOffset);
    if (from === null) return "";
    if (selection.isCollapsed) return caret && caret.to > 0 ? `${from}-${from + 1}` : "";
    const to = place(range.endContainer, range.endOffset);
    return to === null || to <= from ? "" : `${from}-${to}`;
  }

  function place(node, offset) {
    const label = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".bench-text");
    const tick = label?.closest("li").querySelector("input");
    if (!label) return null;
    const [start, end] = tick.value.split("-").map(Number);
    if (node.nodeType === Node.TEXT_NODE) return start + [...node.data.slice(0, offset)].length;
    return offset ? end : start;
  }

  function send(button, chosen = stretch()) {
    if (!button) return;
    if (busy) return remember(button, chosen);
    if (button.disabled) return;
    const at = current();
    if (at && !ticks().some((tick) => tick.checked)) at.checked = true;
    form().elements.stretch.value = chosen;
    button.click();
  }

  function remember(button, chosen) {
    const { article, role } = form().elements;
    const at = current()?.id;
    waiting.push({ what: button.value, at, chosen, article: article.value, role: role.value });
  }

  function next() {
    busy = false;
    while (waiting.length > 0 && !busy) {
      const asked = waiting.shift();
      if (asked.at) document.getElementById(asked.at)?.focus();
      set("article", asked.article);
      set("role", asked.role);
      send(button(asked.what), asked.chosen);
    }
  }

  const button = (value) => form().querySelector(`button[name=do][value="${value}"]`);

  function set(name, value) {
    const select = form().elements[name];
    select.value = value;
    return select.value === value;
  }

  function verdict(which) {
    const row = document.activeElement.closest(".bench-value");
    if (row) send(row.querySelector(`button[value^="${which}:"]`));
    return Boolean(row);
  }

  const back = () => focus(ticks().find((tick) => tick.tabIndex === 0));

  /* Words typed are marked in the line last in focus, as if chosen there; white space counts for nothing. */
  function mark(field) {
    const words = field.value.replace(/\s/g, "");
    const tick = ticks().find((one) => one.tabIndex === 0);
    const text = tick.closest("li").querySelector(".bench-text").firstChild;
    const solid = [...text.data.matchAll(/\S/g)].map((sign) => sign.index);
    const at = text.data.replace(/\s/g, "").indexOf(words);
    if (!words || at < 0) {
      say(words ? "missing" : null);
      return;
    }
    field.value = "";
    back();
    caret = { text, from: solid[at], to: solid[at + words.length - 1] + 1 };
    getSelection().setBaseAndExtent(text, caret.from, text, caret.to);
  }

  function say(what) {
    const said = form().querySelector(".bench-said");
    said.textContent = said.dataset[what] ?? "";
  }

  function pressed(event) {
    if (!form() || event.isComposing || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.target.name === "words" && (key === "Enter" || key === "Escape") && !event.ctrlKey) {
      event.preventDefault();
      if (key === "Enter") mark(event.target);
      else back();
      return;
    }
    if ((event.ctrlKey || event.metaKey) && key === "Enter" && form().contains(event.target)) {
      event.preventDefault();
      send(button("apply"));
      return;
    }
    if (typing(event.target)) return;
    if (event.ctrlKey || event.metaKey) {
      const command = key === "z" ? (event.shiftKey ? "redo" : "undo") : key === "y" ? "redo" : null;
      if (!command || !form().contains(document.activeElement)) return;
      event.preventDefault();
      send(button(command));
      return;
    }
    const onLine = current() !== null || document.activeElement === document.body;
    const role = form().querySelector(`option[data-role-key="${CSS.escape(key)}"]`);
    const tool = form().querySelector(`button[data-key="${CSS.escape(key)}"]`);
    if (key === "ArrowDown" || key === "ArrowUp") {
      if (!onLine) return;
      go(key === "ArrowDown" ? 1 : -1, event.shiftKey);
    } else if (key === "Home" || key === "End") {
      if (!onLine) return;
      go(key === "Home" ? -ticks().length : ticks().length, event.shiftKey);
    } else if (key === "e" && current()) {
      form().elements.words.focus();
    } else if ((key === "ArrowRight" || key === "ArrowLeft") && current()) {
      choose(key === "ArrowRight" ? 1 : -1, event.shiftKey);
    } else if ((key === "v" || key === "x") && verdict(key === "v" ? "accept" : "reject")) {
      // done
    } else if (/^[0-9]$/.test(key) && onLine) {
      if (set("article", key === "0" ? "" : key)) send(button("move"));
    } else if (key === "g" || key === "r") {
      form().elements[key === "g" ? "article" : "role"].focus();
    } else if (tool) {
      send(tool);
    } else if (role && onLine) {
      set("role", role.value);
      send(button("role"));
    } else {
      return;
    }
    event.preventDefault();
  }

  document.addEventListener("keydown", pressed);

  document.addEventListener("click", (event) => {
    // Words marked with the mouse are no click on their line.
    if (event.target.closest(".bench-text") && !getSelection().isCollapsed) event.preventDefault();
    const pressedButton = event.target.closest("#bench button[name=do]");
    if (!pressedButton) return;
    if (busy) {
      event.preventDefault();
      if (event.detail < 2) remember(pressedButton, stretch()); // not the second half of a double click
    } else if (event.detail > 0) {
      form().elements.stretch.value = stretch();
    }
  });
  // A button would take the marked words away before they are read.
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest("#bench button[name=do]")) event.preventDefault();
  });

  document.addEventListener("htmx:beforeRequest", () => { busy = true; });
  document.addEventListener("htmx:afterSettle", next);
  for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.addEventListener(failure, (event) => {
      busy = false;
      waiting.length = 0;
      const said = form().querySelector(".bench-said");
      const answer = event.detail.xhr;
      const told = answer?.getResponseHeader("Content-Type")?.startsWith("text/plain") && answer.responseText;
      said.textContent = told || said.dataset.failed;
      said.classList.add("desk-error");
      const login = told && answer.getResponseHeader("X-Login");
      if (login) {
        const way = document.createElement("a");
        Object.assign(way, { href: login, target: "_blank", rel: "noopener", className: "desk-link" });
        way.textContent = document.getElementById("desk-main").dataset.login;
        said.append(" ", way);
      }
    });
  }
  document.addEventListener("htmx:afterSwap", () => { anchor = caret = null; });
})();
