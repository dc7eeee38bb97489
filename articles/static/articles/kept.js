// A form of the desk is sent when it will be taken: until then it stays as it is, with a sentence that says what is in the
// way. What the archive finds only later, it answers by giving the form back (archive.kept).
"use strict";
(() => {
  const desk = () => document.getElementById("desk-main");
  const WAIT = 15000; // milliseconds
  const sure = new WeakSet(); // forms that were asked about

  const filled = (form) =>
    [...form.elements].some((one) => one.name && !["hidden", "submit", "button", "reset"].includes(one.type));

  function bytes(form) {
    const files = [...form.elements].filter((one) => one.type === "file").flatMap((one) => [...one.files]);
    return files.reduce((sum, file) => sum + file.size, 0);
  }

  async function standing(form) {
    try {
      const size = bytes(form);
      const address = desk().dataset.standing + (size ? `?bytes=${size}` : "");
      const answer = await fetch(address, { signal: AbortSignal.timeout(WAIT) });
      if (answer.ok) return await answer.json();
    } catch {
      // told below
    }
    return { said: desk().dataset.silent, login: "" };
  }

  function say(form, { said, login }) {
    form.querySelector(":scope > .desk-refused")?.remove();
    if (!said) return;
    const line = document.createElement("p");
    line.className = "desk-error desk-refused";
    line.setAttribute("role", "alert");
    line.tabIndex = -1;
    line.append(said);
    if (login) {
      const way = document.createElement("a");
      Object.assign(way, { href: login, target: "_blank", rel: "noopener", className: "desk-link" });
      way.textContent = desk().dataset.login;
      line.append(" ", way);
    }
    form.prepend(line);
    line.scrollIntoView({ block: "center" });
    line.focus({ preventScroll: true });
  }

  function renew(form, token) {
    const field = form.elements.csrfmiddlewaretoken;
    if (token && field) field.value = token;
  }

  // Before anybody else hears of it: whoever warns of leaving a page must not think that it was saved.
  window.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (sure.delete(form) || form.method !== "post" || !desk()?.contains(form)) return;
    if (form.hasAttribute("hx-post") || !filled(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.dataset.asking) return;
    form.dataset.asking = "1";
    const found = await standing(form);
    delete form.dataset.asking;
    say(form, found);
    if (found.said) return;
    renew(form, found.token);
    sure.add(form);
    if (submitter?.form === form) form.requestSubmit(submitter);
    else form.requestSubmit();
  }, true);

  // What htmx sends has the token that is in force, not the one that the page came with.
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
    const fields = event.detail.formData; // `parameters` stands before it and does not know `in`
    if (token && fields.has("csrfmiddlewaretoken")) {
      fields.set("csrfmiddlewaretoken", token);
    }
  });
})();
