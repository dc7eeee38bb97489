// What was shown is what will be done: as soon as the form says something else, it has to be looked at again.
"use strict";
(() => {
  const form = document.getElementById("proposal");
  const line = document.getElementById("proposal-stale");
  const go = document.getElementById("proposal-go");
  if (!form || !line || !go) return;
  const said = () => new URLSearchParams(new FormData(form)).toString();
  const shown = said();

  function follow() {
    const stale = said() !== shown;
    go.disabled = stale;
    line.textContent = stale ? line.dataset.said : "";
  }
  form.addEventListener("input", follow);
  form.addEventListener("change", follow);
  // Fields that are looked up are told of by jQuery alone.
  window.django?.jQuery?.(form).on("change", follow);
  // A browser that goes back fills the form in again.
  window.addEventListener("pageshow", () => setTimeout(follow));
})();
