/* The split workbench keeps its place: nothing shifts under the mouse, no click is lost, the view stays while it is drawn anew. */
"use strict";
(() => {
  const form = () => document.getElementById("bench");
  const ticks = () => [...form().querySelectorAll(".bench-line input")];
  const tickOf = (at) => at?.closest?.("#bench .bench-line")?.querySelector("input") ?? null;
  const start = (tick) => Number(tick.value.split("-")[0]);
  const top = (tick) => tick.closest("li").getBoundingClientRect().top;
  let kept = null; // what was in focus, and where, before the workbench was drawn anew
  let busy = false; // while the archive answers
  let held = null; // the box, or its line, that a mouse button is down on
  const late = new Map(); // boxes ticked while the archive answered

  /* The line that has most of what stood at an offset: lines are cut and joined. */
  const lineAt = (offset) => ticks().findLast((tick) => start(tick) <= offset) ?? ticks()[0];

  /* Why the line in focus is what it is, told in one place that is always there. Were it told within the line,
     everything below would move between the press of a mouse button and its release. */
  function tell(tick) {
    const why = tick.closest("li").querySelector(".bench-why");
    form().querySelector(".bench-about").textContent = why?.textContent ?? "";
  }

  /* The first line of what a button would take: words marked, else lines ticked, else the line in focus. */
  function chosen() {
    const marked = getSelection();
    const at = marked.rangeCount > 0 && !marked.isCollapsed ? marked.getRangeAt(0).startContainer.parentElement : null;
    const ticked = ticks().filter((one) => one.checked);
    const first = ticked.find((one) => one.closest("li").dataset.article) ?? ticked[0];
    return (tickOf(at) ?? first ?? tickOf(document.activeElement))?.closest("li");
  }

  /* The button that merges says into what. */
  function name() {
    if (!form()) return;
    const words = form().querySelector(".bench-merge span");
    const line = chosen();
    const into = line && form().querySelector(`[name=article] option[value="${line.dataset.above}"]`);
    const { plain, into: named } = words.dataset;
    words.textContent = into ? named.replace("{n}", into.value).replace("{title}", () => into.dataset.title) : plain;
    words.parentElement.title = into ? words.textContent : "";
  }

  /* The lines are one stop of the Tab key: the one last in focus. Arrows lead to the others. */
  const stop = () => ticks().find((tick) => tick.tabIndex === 0);
  function rove(tick) {
    for (const one of ticks()) one.tabIndex = one === tick ? 0 : -1;
  }

  /* The record of a line comes into view beside it, from its title on. */
  function follow(tick) {
    const card = document.getElementById(`article-${tick.closest("li").dataset.article}`);
    const pane = card?.closest(".bench-records");
    if (!pane || pane.scrollHeight <= pane.clientHeight) return;
    pane.scrollTop += card.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  }

  function attend(tick) {
    rove(tick);
    tell(tick);
    follow(tick);
    name();
  }

  document.addEventListener("focusin", (event) => {
    const tick = tickOf(event.target);
    if (tick) attend(tick);
  });
  document.addEventListener("selectionchange", name);
  if (form() && ticks().length > 0) rove(ticks()[0]);

  const legend = document.getElementById("bench-legend");
  const memory = "bench-legend";
  if (legend) {
    legend.open = (localStorage.getItem(memory) ?? (matchMedia("(width > 60rem)").matches ? "open" : "")) === "open";
    legend.addEventListener("toggle", () => localStorage.setItem(memory, legend.open ? "open" : "folded"));
  }

  // A line that is pressed while the workbench is drawn anew is ticked all the same.
  document.addEventListener("pointerdown", (event) => {
    held = event.target.closest?.("#bench .bench-line input, #bench .bench-text") ? tickOf(event.target) : null;
  });
  document.addEventListener("pointerup", () => {
    const tick = held && !held.isConnected && document.getElementById(held.id);
    held = null;
    if (!tick || !getSelection().isCollapsed) return;
    tick.checked = !tick.checked;
    tick.focus({ preventScroll: true });
  });
  document.addEventListener("change", (event) => {
    if (tickOf(event.target)) name();
    if (busy && tickOf(event.target) === event.target) late.set(event.target.id, event.target.checked);
  });

  document.addEventListener("htmx:beforeRequest", () => { busy = true; });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.failed) return;
    busy = false;
    late.clear();
  });
  document.addEventListener("htmx:beforeSwap", () => {
    if (!form()) return;
    const at = document.activeElement;
    const tick = tickOf(at) ?? tickOf(chosen()) ?? stop();
    const [words] = form().elements.stretch.value.split("-");
    kept = {
      offset: words ? Number(words) : tick ? start(tick) : 0,
      top: tick ? top(tick) : null,
      button: form().contains(at) && at.name === "do" ? at.value : null,
      page: form().querySelector(".bench-page").scrollTop,
      records: form().querySelector(".bench-records").scrollTop,
    };
  });
  document.addEventListener("htmx:afterSwap", () => {
    if (!kept || !form()) return;
    const pane = form().querySelector(".bench-page");
    const tick = lineAt(kept.offset);
    pane.scrollTop = kept.page;
    if (tick && kept.top !== null) pane.scrollTop += top(tick) - kept.top;
    const again = kept.button && form().querySelector(`button[value="${CSS.escape(kept.button)}"]:enabled`);
    if (tick) attend(tick);
    if (again) form().querySelector(".bench-records").scrollTop = kept.records;
    (again || tick)?.focus({ preventScroll: true });
    for (const [id, checked] of late) {
      const one = document.getElementById(id);
      if (one) one.checked = checked;
    }
    late.clear();
    busy = false;
    kept = null;
  });
})();
