// Names for what the admin leaves without: its lookups, which are not the fields their labels are for, and its side bar.
function nameOf(field) {
  if (field.labels?.length) return field.labels[0].innerText;
  const cell = field.closest("td");
  const head = cell?.closest("table")?.tHead?.rows[0].cells[cell.cellIndex];
  return head ? head.innerText : "";
}

function giveNames(root) {
  for (const field of root.querySelectorAll("select.admin-autocomplete")) {
    const box = field.nextElementSibling;
    const name = nameOf(field).replace("*", "").trim();
    if (!name || !box?.classList.contains("select2-container")) continue;
    const shown = box.querySelector(".select2-selection__rendered");
    const combo = box.querySelector(".select2-selection[role=combobox]");
    combo?.removeAttribute("aria-labelledby");
    combo?.setAttribute("aria-label", name);
    if (shown?.id) combo?.setAttribute("aria-describedby", shown.id);
    shown?.removeAttribute("role"); // what is chosen, and no field of its own
    shown?.removeAttribute("aria-readonly");
    box.querySelector(".select2-search__field")?.setAttribute("aria-label", name);
  }
}

// Cells of a list that hold nothing: cards leave them out.
function markEmpty(root) {
  for (const cell of root.querySelectorAll("#result_list .data-row > td")) {
    const empty = ["", "–", "-"].includes(cell.innerText.trim()) && !cell.querySelector("input, img, svg");
    cell.classList.toggle("desk-nothing", empty);
  }
}

// Lookups are made after the document is ready, and with each row that is added to a table.
document.addEventListener("DOMContentLoaded", () => {
  document.getElementById("nav-sidebar-inner")?.setAttribute("aria-label", document.title.split("|").pop().trim());
  giveNames(document);
  markEmpty(document);
  const isLookup = (node) => node.classList?.contains("select2-container");
  new MutationObserver((changes) => {
    if (changes.some((change) => [...change.addedNodes].some(isLookup))) giveNames(document);
  }).observe(document.body, { childList: true, subtree: true });
});
