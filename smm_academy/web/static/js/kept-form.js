/** What was filled in and not sent yet survives a look into another room, a move elsewhere and a lost
 *  network: `<form data-kept="shift post 3">`. It is forgotten when the desk has taken it
 *  (`taken`, from workspace.js) and brought back when the page has changed (`updated`). */

import { forget, keep, kept } from "./kept.js";

const keyOf = (form) => `form ${form.dataset.kept}`;
const isTold = (field) => field.name && !["hidden", "submit", "button"].includes(field.type);

function valuesOf(form) {
  const values = {};
  for (const field of form.elements) {
    const isChoice = field.type === "radio" || field.type === "checkbox";
    if (isTold(field) && (!isChoice || field.checked)) {
      values[field.name] = field.value;
    }
  }
  return values;
}

function fill(form, values) {
  for (const field of form.elements) {
    if (!isTold(field) || !(field.name in values)) {
      continue;
    }
    if (field.type === "radio" || field.type === "checkbox") {
      field.checked = field.value === values[field.name];
    } else {
      field.value = values[field.name];
    }
  }
}

/** Bring back what was filled in and not sent, in every form that says its name. */
function restoreForms() {
  document.querySelectorAll("form[data-kept]").forEach((form) => {
    const values = kept(keyOf(form));
    if (values) {
      fill(form, values);
    }
  });
}

document.addEventListener("input", ({ target }) => {
  if (target.form?.dataset.kept) {
    keep(keyOf(target.form), valuesOf(target.form));
  }
});

document.addEventListener("taken", ({ target }) => target.dataset.kept && forget(keyOf(target)));
document.addEventListener("updated", restoreForms);

restoreForms();
