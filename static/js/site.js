"use strict";
// Everything works without this file; it only spares steps.

const PATIENCE = 250; // milliseconds without a key before what was typed is sent

// Enter while an input method composes chooses a word; it must not send the form. Safari reports the key after
// composition has ended, with the old key code 229.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) {
      event.stopPropagation();
      if (event.target.form) event.preventDefault();
    }
  },
  true,
);

// A button that copies what stands beside it, shown only where copying works.
function offerCopying(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.copy);
      await navigator.clipboard.writeText(source.textContent.trim());
      const before = button.textContent;
      button.textContent = button.dataset.done;
      setTimeout(() => (button.textContent = before), 2000);
    });
  }
}

// Selects and ticks that steer a list send their form when changed; the button beside them then is not needed.
function sendOnChange(root) {
  for (const form of root.querySelectorAll("form[data-send-on-change]")) {
    form.addEventListener("change", (event) => {
      if (event.target.matches("select, [type=checkbox]")) form.requestSubmit();
    });
  }
}

// A box whose form changes a list in place sends it while one types, but not what an input method is still composing.
function sendWhileTyping(root) {
  for (const box of root.querySelectorAll("input[data-send-while-typing]")) {
    let sent = box.value;
    let timer;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (box.value === sent) return;
        sent = box.value;
        box.form.requestSubmit();
      }, PATIENCE);
    };
    box.addEventListener("input", (event) => event.isComposing || later());
    box.addEventListener("compositionend", later); // some browsers send no input event after it
    box.form.addEventListener("submit", () => {
      sent = box.value;
    });
  }
}

function start(root) {
  offerCopying(root);
  sendOnChange(root);
  sendWhileTyping(root);
}

document.addEventListener("DOMContentLoaded", () => start(document));
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) start(event.target);
});
