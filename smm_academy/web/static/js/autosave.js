/** Keeps answers as they are given: `<form data-autosave-url="…" data-autosave-version="7">`.
 *
 *  Within two seconds of the last change the fields go to that address as JSON
 *  `{version, answers}`; the version grows with every change. What the server has not confirmed
 *  waits in localStorage and is sent again when the network or the tab comes back. The server
 *  answers 200 `{version}`; 409 `{version, answers}` where it knows something newer, which is then
 *  shown and never overwritten. */

import { forget, keep, kept } from "./kept.js";

const DELAY_MS = 1000;
const RETRY_MS = 10000;
const SKIPPED = new Set(["csrf_token"]);

function answersOf(form) {
  const answers = {};
  for (const [name, value] of new FormData(form)) {
    if (!SKIPPED.has(name) && typeof value === "string") {
      (answers[name] ??= []).push(value);
    }
  }
  return answers;
}

function fill(form, answers) {
  for (const field of form.elements) {
    if (!field.name || SKIPPED.has(field.name) || field.type === "submit") {
      continue;
    }
    const values = answers[field.name] ?? [];
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = values.includes(field.value);
    } else if (values.length) {
      field.value = values[0];
    }
  }
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.autosaveUrl;
    this.key = `autosave ${this.url}`;
    this.version = Number(form.dataset.autosaveVersion ?? 0);
    this.state = form.querySelector("[data-save-state]");
    this.sending = false;
    this.recover();
    form.addEventListener("input", () => this.change());
    form.addEventListener("change", () => this.change());
    addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => this.send());
  }

  recover() {
    const unsent = kept(this.key);
    if (!unsent || unsent.version <= this.version) {
      forget(this.key);
      return;
    }
    this.version = unsent.version;
    fill(this.form, unsent.answers);
    this.send();
  }

  change() {
    this.version += 1;
    keep(this.key, { version: this.version, answers: answersOf(this.form) });
    this.say("saving");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), DELAY_MS);
  }

  async send() {
    const unsent = kept(this.key);
    if (!unsent || this.sending) {
      return;
    }
    clearTimeout(this.timer);
    this.sending = true;
    try {
      await this.post(unsent);
    } catch {
      this.say("waiting");
      this.timer = setTimeout(() => this.send(), RETRY_MS);
    } finally {
      this.sending = false;
    }
    if (kept(this.key)?.version > unsent.version) {
      this.timer = setTimeout(() => this.send(), DELAY_MS);
    }
  }

  async post(unsent) {
    const token = this.form.elements.csrf_token?.value ?? "";
    const response = await fetch(this.url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify(unsent),
      keepalive: document.hidden,
    });
    if (response.status === 409) {
      this.yieldTo(await response.json());
    } else if (response.ok) {
      if (kept(this.key)?.version === unsent.version) {
        forget(this.key);
      }
      this.say("saved");
    } else {
      throw new Error(`not saved: ${response.status}`);
    }
  }

  yieldTo(newer) {
    this.version = newer.version;
    forget(this.key);
    fill(this.form, newer.answers);
    this.say("conflict");
  }

  say(state) {
    if (!this.state) {
      return;
    }
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
    this.state.dataset.state = state;
    this.state.textContent = (this.state.dataset[state] ?? "").replace("{time}", time);
  }
}

document.querySelectorAll("form[data-autosave-url]").forEach((form) => new Autosave(form));
