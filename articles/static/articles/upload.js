// The upload form: files may be dropped anywhere on it, and what was chosen is listed with its size.
const form = document.querySelector(".desk-form");
const input = form.querySelector("input[type=file]");
const chosen = document.getElementById("chosen");
const limit = Number(chosen.dataset.limit);

function size(bytes) {
  return bytes < 2 ** 20 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 2 ** 20).toFixed(1)} MB`;
}

function show() {
  chosen.replaceChildren(...Array.from(input.files, (file) => {
    const line = document.createElement("li");
    line.textContent = `${file.name} · ${size(file.size)}`;
    if (file.size > limit || file.size === 0) {
      line.className = "desk-error";
      line.textContent += ` · ${file.size ? chosen.dataset.large : chosen.dataset.empty}`;
    }
    return line;
  }));
}

function carriesFiles(event) {
  return event.dataTransfer !== null && event.dataTransfer.types.includes("Files");
}

form.addEventListener("dragover", (event) => {
  if (carriesFiles(event)) {
    event.preventDefault();
    form.classList.add("desk-over");
  }
});
form.addEventListener("dragleave", (event) => {
  if (!form.contains(event.relatedTarget)) form.classList.remove("desk-over");
});
form.addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  form.classList.remove("desk-over");
  // What was chosen before stays: folders are often dropped one after another.
  const together = new DataTransfer();
  for (const file of [...input.files, ...event.dataTransfer.files]) together.items.add(file);
  input.files = together.files;
  show();
});
input.addEventListener("change", show);
show();
