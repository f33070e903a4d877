/** Text that was not sent yet survives a closed tab, a lost network and a session that ended:
 *  `<textarea data-draft="message 12 reply 1" data-limit="2000">`. It is forgotten when a page says
 *  that the server has it: `data-sent="message 12 reply 1"`, on the reply as it is shown.
 *  Also counts characters into `[data-count]` of the same form. Where the form carries a sealed
 *  `drill`, the address names it from the first word on, so that a reload shows the same message.
 *  A field with `data-prefilled` came with a text to work on: what was typed over it comes back. */

import { forget, keep, kept } from "./kept.js";

const keyOf = (name) => `draft ${name}`;

function count(field) {
  const output = field.form?.querySelector("[data-count]");
  const limit = Number(field.dataset.limit ?? 0);
  if (!output || !limit) {
    return;
  }
  const used = [...field.value].length;
  output.textContent = `${used} / ${limit}`;
  output.toggleAttribute("data-over", used > limit);
}

function nameDrill(form) {
  const drill = form?.elements.namedItem("drill")?.value;
  if (drill) {
    const named = new URLSearchParams(location.search);
    named.set("drill", drill);
    history.replaceState(history.state, "", `?${named}`);
  }
}

/** Bring back what was typed and not sent, in every composer under `root`. */
export function restoreDrafts(root) {
  root.querySelectorAll("[data-sent]").forEach((sent) => forget(keyOf(sent.dataset.sent)));
  root.querySelectorAll("[data-draft]").forEach((field) => {
    const typed = kept(keyOf(field.dataset.draft));
    if (typed && (!field.value || "prefilled" in field.dataset)) {
      field.value = typed;
    }
    count(field);
  });
}

document.addEventListener("input", (event) => {
  if (event.target.matches?.("[data-draft]")) {
    keep(keyOf(event.target.dataset.draft), event.target.value);
    count(event.target);
    nameDrill(event.target.form);
  }
});

restoreDrafts(document);
