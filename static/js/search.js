// The box suggests what may be meant. Without this file, it is a plain box in a plain form.
// A combobox with a list, as ARIA 1.2 has it: the focus stays in the box, the arrows move a mark in the list.

const PATIENCE = 120; // milliseconds without a key before the archive is asked

class Suggesting {
  constructor(box) {
    this.box = box;
    this.list = document.createElement("div");
    this.list.id = `${box.id}-suggestions`;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", box.dataset.suggestions);
    this.said = document.createElement("span");
    this.said.className = "unseen";
    this.said.setAttribute("role", "status");
    box.form.append(this.list, this.said);
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-expanded", "false");
    box.setAttribute("aria-controls", this.list.id);
    this.marked = -1;
    this.listen();
  }

  listen() {
    // Nothing is asked while an input method composes; the end of composing is followed by no input event in
    // some browsers, so it asks by itself.
    this.box.addEventListener("input", (event) => event.isComposing || this.later());
    this.box.addEventListener("compositionend", () => this.later());
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("blur", () => this.close());
    // Pressing a suggestion must not take the focus from the box, which would close the list under the finger.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.go(option);
    });
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PATIENCE);
  }

  async ask() {
    this.asking?.abort();
    const typed = this.box.value.trim();
    if (!typed) return this.close();
    this.asking = new AbortController();
    try {
      const address = `${this.box.dataset.suggest}?q=${encodeURIComponent(typed.slice(0, 60))}`;
      const answer = await fetch(address, { signal: this.asking.signal });
      if (answer.ok) this.show(await answer.text());
    } catch (error) {
      if (error.name !== "AbortError") this.close(); // no network: the box goes on working
    }
  }

  show(html) {
    this.list.innerHTML = html; // the archive's own template, everything in it escaped
    this.marked = -1;
    this.box.removeAttribute("aria-activedescendant");
    const open = this.options.length > 0 && document.activeElement === this.box;
    this.list.hidden = !open;
    this.box.setAttribute("aria-expanded", String(open));
    this.said.textContent = open ? this.list.firstElementChild.dataset.said : "";
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.list.hidden = true;
    this.marked = -1;
    this.box.setAttribute("aria-expanded", "false");
    this.box.removeAttribute("aria-activedescendant");
    this.said.textContent = "";
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      if (this.list.hidden) this.ask();
      else this.move(steps[event.key]);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault(); // a second Escape empties the box, as the browser has it
      this.close();
    } else if (event.key === "Enter" && !this.list.hidden && this.marked >= 0) {
      event.preventDefault();
      this.go(this.options[this.marked]);
    } else if (event.key === "Enter") {
      this.close();
    }
  }

  // One step in the list; the box itself is a stop between the last and the first.
  move(step) {
    const options = this.options;
    options[this.marked]?.setAttribute("aria-selected", "false");
    const stops = options.length + 1;
    this.marked = ((this.marked + 1 + step + stops) % stops) - 1;
    const option = options[this.marked];
    if (!option) return this.box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.box.setAttribute("aria-activedescendant", option.id);
  }

  go(option) {
    this.close();
    window.location.assign(option.dataset.href);
  }
}

function startSuggesting(root) {
  for (const box of root.querySelectorAll("input[data-suggest]:not([role=combobox])")) new Suggesting(box);
}

document.addEventListener("DOMContentLoaded", () => startSuggesting(document));
document.addEventListener("htmx:load", (event) => startSuggesting(event.target));

// htmx gives the focus back to a link that has an id and is still there. Where it is gone, as a chip is, reading goes on
// at what was found.
document.addEventListener("htmx:afterSettle", () => {
  if (document.activeElement === document.body) {
    document.querySelector("#search .search-summary")?.focus({ preventScroll: true });
  }
});

// An answer that is an error replaces no part of a page: the link is followed as without script, and the page that it
// leads to says what is the matter.
document.addEventListener("htmx:responseError", (event) => {
  const link = event.detail.elt.closest("a[href]");
  if (link) window.location.assign(link.href);
});

// In an article, from hit to hit. The list of numbered links that stands there without script gives way.
function startStepping(bar) {
  const hits = [...document.querySelectorAll("mark[id^=hit-]")];
  const steps = bar.querySelector(".hits-steps");
  if (!hits.length || !steps) return;
  steps.hidden = false;
  bar.querySelector(".hits-list").hidden = true;
  const said = bar.querySelector("[data-at]");
  let at = hits.findIndex((hit) => `#${hit.id}` === window.location.hash);
  const show = () => {
    said.textContent = `${at < 0 ? "–" : at + 1} / ${hits.length}`;
    for (const [number, hit] of hits.entries()) hit.classList.toggle("current", number === at);
  };
  show();
  const go = (step) => {
    at = at < 0 ? (step > 0 ? 0 : hits.length - 1) : (at + step + hits.length) % hits.length;
    show();
    hits[at].scrollIntoView({ block: "center" });
  };
  bar.addEventListener("click", (event) => {
    const step = Number(event.target.closest("[data-step]")?.dataset.step);
    if (step) go(step);
  });
  // With Alt, so that no letter typed by voice or by chance moves the page; reading goes on at the hit.
  document.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !event.altKey || event.ctrlKey || event.metaKey || event.target.closest("select")) return;
    event.preventDefault();
    go(step);
    hits[at].focus({ preventScroll: true });
  });
}

document.addEventListener("DOMContentLoaded", () => {
  for (const bar of document.querySelectorAll("[data-hits]")) startStepping(bar);
});
