/** Keys for links, buttons and fields: `data-key="r" data-key-title="Reply"`.
 *  `?` shows the list in `dialog[data-shortcuts]`; a checkbox `[data-shortcuts-on]` in it turns
 *  them off. Keys sleep while somebody types. */

import { forget, keep, kept } from "./kept.js";

const STORE = "shortcuts off";
const dialog = document.querySelector("dialog[data-shortcuts]");

const isOff = () => kept(STORE) === true;

const isTyping = (target) =>
  target.isContentEditable ||
  target.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=button])");

const isShown = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;

function targetOf(key) {
  const named = document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`);
  return [...named].find((element) => isShown(element) && !element.matches(":disabled"));
}

function act(element) {
  if (element.matches("textarea, input:not([type=radio], [type=checkbox])")) {
    element.focus();
  } else {
    element.focus();
    element.click();
  }
}

function rowOf(element) {
  const row = document.createElement("tr");
  const keyCell = row.insertCell();
  const key = document.createElement("kbd");
  key.textContent = element.dataset.key;
  keyCell.append(key);
  row.insertCell().textContent = element.dataset.keyTitle || element.textContent.trim();
  return row;
}

function showList() {
  const body = dialog.querySelector("[data-shortcuts-list]");
  const seen = new Map();
  document.querySelectorAll("[data-key]").forEach((element) => {
    if (!seen.has(element.dataset.key)) {
      seen.set(element.dataset.key, element);
    }
  });
  body.replaceChildren(...[...seen.values()].map(rowOf));
  const box = dialog.querySelector("[data-shortcuts-on]");
  if (box) {
    box.checked = !isOff();
  }
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) {
    return;
  }
  if (isTyping(event.target)) {
    if (event.key === "Escape") {
      event.target.blur();
    }
    return;
  }
  if (dialog?.open) {
    return;
  }
  if (event.key === "?" && dialog) {
    event.preventDefault();
    showList();
    return;
  }
  const target = isOff() ? undefined : targetOf(event.key);
  if (target) {
    event.preventDefault();
    act(target);
  }
});

document.querySelectorAll("[data-shortcuts-open]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", showList);
});
dialog?.querySelector("[data-shortcuts-on]")?.addEventListener("change", (event) => {
  if (event.target.checked) {
    forget(STORE);
  } else {
    keep(STORE, true);
  }
});
