// The bar of the review queue by keys, and “found right” that saves first what was changed on the page.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const bar = document.querySelector(".desk-at-work");
  const form = document.getElementById("article_form");
  if (!bar || !form) return;
  const save = document.querySelector('[name="articles_article_save_and_find_right"]');
  const said = () => new URLSearchParams(new FormData(form)).toString();
  let before = "";
  // Lookups and editors fill their fields in after the page has come.
  window.addEventListener("load", () => requestAnimationFrame(() => { before = said(); }));

  bar.addEventListener("click", (event) => {
    if (!event.target.closest('button[value="right"]') || !save || !before || said() === before) return;
    event.preventDefault();
    save.click();
  });

  const FIELDS = "input:not([type=checkbox]), textarea, select, [contenteditable], .select2-container, dialog";
  const typing = (where) => where.closest(FIELDS);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
    if (typing(event.target)) return;
    const button = [...bar.querySelectorAll("button[data-key]")].find((one) => one.dataset.key === event.key);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  bar.querySelectorAll("kbd, [data-keys]").forEach((one) => { one.hidden = false; });
});
