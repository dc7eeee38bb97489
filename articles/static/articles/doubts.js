// A doubt leads to its field, on whichever tab that stands; lookups are reached by the box that stands for them.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-field]");
  const field = link && document.getElementById(link.dataset.field);
  if (!field) return;
  event.preventDefault();
  const table = field.closest("[data-inline-type]");
  const tab = table ? table.id.replace(/-group$/, "") : "general";
  document.querySelector(`a[href="#${tab}"]:not([data-field])`)?.click();
  reach(field.nextElementSibling?.querySelector?.(".select2-selection") ?? field, 60);
});

// The tab opens a moment later.
function reach(field, frames) {
  if (!field.checkVisibility() && frames) return requestAnimationFrame(() => reach(field, frames - 1));
  field.scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
}
