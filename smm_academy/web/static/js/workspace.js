/** The desk of a shift without page loads. Rows and moves stay ordinary links and forms; this
 *  fetches the same page and puts in what changed: every `[data-region]`, and the list of messages
 *  row by row, so that nothing moves under the pointer. New messages wait behind a button. */

import { restoreDrafts } from "./draft.js";

/** The server answered, and said why not: the session ended, say, or it was too often. */
class Refusal extends Error {}

const desk = document.querySelector("[data-workspace]");
const NARROW = matchMedia("(width < 52rem)");
const held = new Map();

const list = () => desk.querySelector("[data-message-list]");
const button = desk.querySelector("[data-new-messages]");
const idOf = (row) => row.dataset.message;
const rowsOf = (root) => [...root.querySelectorAll("[data-message]")];

function sayWaiting() {
  if (!button) return;
  const form = new Intl.PluralRules(document.documentElement.lang).select(held.size);
  const words = button.dataset[form] ?? button.dataset.other ?? "";
  button.textContent = words.replace("{n}", held.size);
  button.hidden = held.size === 0;
}

function updateList(page) {
  const fresh = page.querySelector("[data-message-list]");
  if (!fresh || !list()) return;
  const shown = new Map(rowsOf(list()).map((row) => [idOf(row), row]));
  held.clear();
  for (const row of rowsOf(fresh)) {
    const old = shown.get(idOf(row));
    if (!old) {
      held.set(idOf(row), row);
    } else if (!old.isEqualNode(row)) {
      const hadFocus = old.contains(document.activeElement);
      old.replaceWith(row);
      if (hadFocus) row.querySelector("a")?.focus();
    }
  }
  sayWaiting();
}

function showWaiting() {
  const rows = [...held.values()];
  list().prepend(...rows);
  held.clear();
  sayWaiting();
  rows[0]?.querySelector("a")?.focus();
}

function say(page) {
  const words = page.querySelector("[data-voice]")?.textContent.trim();
  if (words) desk.querySelector("[data-voice]").textContent = words;
}

function filter(typed) {
  const wanted = typed.trim().toLocaleLowerCase();
  desk.querySelectorAll("[data-filtered]").forEach((line) => {
    line.hidden = !line.textContent.toLocaleLowerCase().includes(wanted);
  });
}

function update(page) {
  const sought = desk.querySelector("[data-filter]")?.value ?? "";
  document.querySelectorAll("[data-region]").forEach((old) => {
    const fresh = page.querySelector(`[data-region="${CSS.escape(old.dataset.region)}"]`);
    if (fresh && !old.isEqualNode(fresh)) {
      old.replaceWith(document.adoptNode(fresh));
    }
  });
  updateList(page);
  say(page);
  restoreDrafts(desk);
  desk.dispatchEvent(new Event("updated", { bubbles: true }));
  const field = desk.querySelector("[data-filter]");
  if (field && sought) {
    field.value = sought;
    filter(sought);
  }
  if (document.activeElement === document.body) {
    desk.querySelector("[data-focus]")?.focus({ preventScroll: true });
  }
  const pane = page.querySelector('[name="pane"][checked]')?.value;
  if (pane && NARROW.matches) {
    desk.querySelector(`[name="pane"][value="${pane}"]`).checked = true;
  }
  desk.querySelector("[role=alert]")?.scrollIntoView({ block: "nearest" });
  const thread = desk.querySelector("[data-thread]");
  thread?.scrollTo({ top: thread.scrollHeight });
}

async function load(address, { taken, ...options } = {}) {
  const response = await fetch(address, { ...options, credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!page.querySelector("[data-workspace]")) {
    // Another page, such as the debrief or the sign-in: go there in the ordinary way.
    if (response.ok) {
      location.assign(response.url);
      return;
    }
    throw new Refusal(page.querySelector("main .lead")?.textContent.trim() ?? "");
  }
  if (response.ok) {
    history.replaceState(null, "", response.url);
    taken?.();
  }
  update(page);
}

function warn(error) {
  const notice = desk.querySelector("[data-offline]");
  if (error instanceof Refusal && error.message) {
    notice.querySelector("[data-offline-words]").textContent = error.message;
  }
  notice?.toggleAttribute("hidden", !error);
}

desk.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-open]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }
  event.preventDefault();
  load(link.href).catch(() => location.assign(link.href));
});

desk.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-move]");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  if (form.dataset.sending) return;
  form.dataset.sending = "true";
  const body = new FormData(form, event.submitter);
  try {
    await load(form.action, { method: "POST", body, taken: () => form.dispatchEvent(new Event("taken", { bubbles: true })) });
    warn(null);
  } catch (error) {
    warn(error);
  } finally {
    delete form.dataset.sending;
  }
});

desk.addEventListener("input", ({ target }) => target.matches("[data-filter]") && filter(target.value));

button?.addEventListener("click", showWaiting);
