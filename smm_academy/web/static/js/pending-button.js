/** A form is sent once: the pressed button says what happens and takes no second press.
 *  Works on any form with a button that carries `data-pending`. */

const RESTORE_AFTER_MS = 15000;

function settle(button) {
  button.removeAttribute("aria-disabled");
  if (button.dataset.title) {
    button.replaceChildren(...button.pendingNodes);
    delete button.dataset.title;
  }
  delete button.form?.dataset.sending;
}

function wait(button) {
  button.dataset.title = button.textContent.trim();
  button.pendingNodes = [...button.childNodes];
  button.setAttribute("aria-disabled", "true");
  button.replaceChildren(button.dataset.pending);
  setTimeout(settle, RESTORE_AFTER_MS, button);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  const button = event.submitter ?? form.querySelector("[data-pending]");
  if (!button?.dataset.pending || event.defaultPrevented) {
    return;
  }
  form.dataset.sending = "true";
  // After the browser has read the button's own name and value.
  setTimeout(wait, 0, button);
});

// The page came back from the browser's memory: nothing is being sent any more.
addEventListener("pageshow", (event) => {
  if (event.persisted) {
    document.querySelectorAll("[data-pending][aria-disabled]").forEach(settle);
  }
});
