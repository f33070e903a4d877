/** A text that is checked and saved while it is typed:
 *  `<form data-editor="/teach/drafts/7">` with a textarea, `[data-lines]` under it, a field
 *  `version`, `[data-save-state]`, `[data-voice]`; beside it `[data-proof]`, which the server draws.
 *
 *  What the server has not confirmed waits in localStorage. A save that comes on top of somebody
 *  else's is answered 409; the ordinary way of sending the form then shows both texts. */

import { forget, keep, kept } from "./kept.js";
import { markLines, openLine } from "./lines.js";

const CHECK_MS = 350;
const SAVE_MS = 1200;
const RETRY_MS = 10000;

class Editor {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.editor;
    this.key = `text ${this.url}`;
    this.text = form.elements.source;
    this.saved = this.text.value;
    this.state = form.querySelector("[data-save-state]");
    form.querySelector("[data-check]").hidden = true;
    this.recover();
    this.text.addEventListener("input", () => this.change());
    form.addEventListener("submit", (event) => this.submit(event));
    document.addEventListener("keydown", (event) => this.shortcut(event));
    document.addEventListener("click", (event) => this.jump(event));
    addEventListener("online", () => this.save());
    markLines(this.form, document);
  }

  recover() {
    const unsent = kept(this.key);
    if (!unsent || unsent.source === this.text.value) {
      forget(this.key);
      return;
    }
    this.text.value = unsent.source;
    this.form.elements.version.value = unsent.version;
    this.check();
    this.save();
  }

  change() {
    keep(this.key, { version: this.form.elements.version.value, source: this.text.value });
    markLines(this.form, document);
    clearTimeout(this.checking);
    this.checking = setTimeout(() => this.check(), CHECK_MS);
    if (this.state.dataset.state !== "conflict") {
      this.say("saving");
      clearTimeout(this.saving);
      this.saving = setTimeout(() => this.save(), SAVE_MS);
    }
  }

  send(address, accept, source) {
    const body = new FormData();
    ["csrf_token", "version"].forEach((name) => body.set(name, this.form.elements[name].value));
    body.set("source", source);
    return fetch(address, { method: "POST", headers: { Accept: accept }, body });
  }

  async check() {
    const source = this.text.value;
    const response = await this.send(`${this.url}/check`, "text/html", source).catch(() => null);
    if (!response?.ok || source !== this.text.value) {
      return;
    }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const [shown, drawn] = [document, page].map((one) => one.querySelector("[data-proof]"));
    const [before, after] = [shown, drawn].map((one) => one.querySelector("[data-preview]"));
    if (!after.hasAttribute("data-shown") && before.hasAttribute("data-shown")) {
      // What cannot be read is not shown; the last state that could be stays in sight.
      before.setAttribute("data-stale", "");
      after.replaceWith(before);
    }
    const place = before.querySelector(".proof-sheet").scrollTop;
    shown.replaceChildren(...drawn.children);
    shown.querySelector(".proof-sheet").scrollTop = place;
    const count = shown.querySelector("[data-count]").dataset.count;
    this.form.querySelector("[data-voice]").textContent = count;
    markLines(this.form, document);
  }

  async save() {
    const source = this.text.value;
    clearTimeout(this.saving);
    if (source === this.saved || this.busy) {
      return;
    }
    this.busy = true;
    const response = await this.send(this.url, "application/json", source).catch(() => null);
    const answer = await response?.json().catch(() => null);
    this.busy = false;
    if (response?.ok && answer) {
      this.form.elements.version.value = answer.version;
      this.saved = source;
      forget(this.key);
      this.text.value === source ? this.say("saved") : this.change();
    } else if (response?.status === 404) {
      this.tell(this.form.dataset.gone);
    } else if (response && response.status < 500 && response.status !== 429) {
      this.tell(answer?.error ?? this.form.dataset.offline);
    } else {
      this.tell(this.form.dataset.offline, "waiting");
      this.saving = setTimeout(() => this.save(), RETRY_MS);
    }
  }

  tell(words, state = "conflict") {
    this.state.dataset.state = state;
    this.state.textContent = words;
  }

  say(state) {
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
    this.tell(this.state.dataset[state].replace("{time}", time), state);
  }

  /** Saving leaves the page only where there are two texts to look at. */
  submit(event) {
    clearTimeout(this.saving);
    if ("save" in (event.submitter?.dataset ?? {}) && this.state.dataset.state !== "conflict") {
      event.preventDefault();
      this.save();
    }
  }

  shortcut(event) {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      this.form.requestSubmit(this.form.querySelector("[data-save]"));
    }
  }

  jump(event) {
    const place = event.target.closest("a[data-line]")?.dataset;
    if (place) {
      event.preventDefault();
      openLine(this.form, Number(place.line), Number(place.column));
    }
  }
}

document.querySelectorAll("form[data-editor]").forEach((form) => new Editor(form));
