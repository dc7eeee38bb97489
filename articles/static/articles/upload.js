// The upload form: files may be dropped anywhere on it, what was chosen is listed and may be taken away again, and a form
// that is refused comes back with its files, which a browser would have forgotten.
let form = document.getElementById("upload");
let files = []; // what was chosen so far: folders are often dropped one after another
let sending = false;

const part = (id) => form.querySelector(`#${id}`);
const input = () => form.querySelector("input[type=file]");
const mark = (file) => `${file.name} ${file.size} ${file.lastModified}`;
const said = (name, value) => form.dataset[name].replace("{}", value);

function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 2 ** 20 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 2 ** 20).toFixed(1)} MB`;
}

function line(file) {
  const item = document.createElement("li");
  const away = document.createElement("button");
  item.textContent = `${file.name} · ${size(file.size)}`;
  if (file.size > Number(form.dataset.limit) || file.size === 0) {
    item.className = "desk-error";
    item.textContent += ` · ${file.size ? form.dataset.large : form.dataset.empty}`;
  }
  away.type = "button";
  away.textContent = "×";
  away.ariaLabel = said("remove", file.name);
  away.addEventListener("click", () => choose(files.filter((other) => other !== file)));
  item.append(away);
  return item;
}

function choose(wanted) {
  files = wanted;
  const kept = new DataTransfer();
  for (const file of files) kept.items.add(file);
  input().files = kept.files;
  show();
}

function show() {
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  part("chosen").replaceChildren(...files.map(line));
  part("sent").textContent = files.length ? `${said("total", files.length)} · ${size(bytes)}` : "";
}

function rest(text) {
  sending = false;
  form.querySelector("[type=submit]").disabled = false;
  part("failed").textContent = text;
  part("failed").hidden = text === "";
  show();
}

const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

// What a page of a fault says in the reader's language.
function fault(request) {
  const page = parsed(request.responseText);
  const own = (p) => (p.lang || page.documentElement.lang).slice(0, 2) === document.documentElement.lang.slice(0, 2);
  return [...page.querySelectorAll("main p")].find(own)?.textContent ?? said("refused", request.status);
}

function send() {
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", (event) => {
    part("sent").textContent = said("sent", `${Math.floor((event.loaded / event.total) * 100)} %`);
  });
  request.addEventListener("error", () => rest(form.dataset.lost));
  request.addEventListener("load", () => {
    if (request.status === 200) location.assign(request.responseURL);
    else if (request.status === 422) take(request.responseText);
    else rest(fault(request));
  });
  request.open("POST", location.href);
  request.send(new FormData(form));
}

function take(text) {
  const refused = document.importNode(parsed(text).getElementById("upload"), true);
  form.replaceWith(refused);
  form = refused;
  if (files.length) part("choose-again").remove();
  bind();
  sending = false;
  choose(files);
  form.querySelector(".errors :is(input, select)")?.focus();
}

function carriesFiles(event) {
  return event.dataTransfer !== null && event.dataTransfer.types.includes("Files");
}

function bind() {
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
    choose([...files, ...event.dataTransfer.files]);
  });
  input().addEventListener("change", () => {
    const known = new Set(files.map(mark));
    choose([...files, ...Array.from(input().files).filter((file) => !known.has(mark(file)))]);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (sending) return;
    rest("");
    sending = true;
    form.querySelector("[type=submit]").disabled = true;
    send();
  });
}

bind();
choose([...input().files]);
