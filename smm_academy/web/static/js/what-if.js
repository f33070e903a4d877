/** A what-if lives on while it is changed: `form[data-what-if]` is the ordinary form; this sends it
 *  when a choice or the time changes and puts in `[data-what-if-result]` of the page that comes back.
 *  Its verdict is said through `[data-what-if-voice]`. The newest wish wins. */

const form = document.querySelector("form[data-what-if]");
const voice = document.querySelector("[data-what-if-voice]");
const clock = form?.querySelector("[data-what-if-clock]");
const WAIT = 250;
let asked = 0;
let timer = 0;

function sayTime() {
  const slider = form.elements.minute;
  const minute = Number(form.dataset.begins) + Number(slider.value);
  const said = `${Math.floor(minute / 60) % 24}:${String(minute % 60).padStart(2, "0")}`;
  clock.textContent = said;
  slider.setAttribute("aria-valuetext", said);
}

const isUnfinished = () => form.elements.choice.value === "own" && !form.elements.text.value.trim();

async function live() {
  const number = ++asked;
  const old = document.querySelector("[data-what-if-result]");
  old.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      credentials: "same-origin",
    });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("[data-what-if-result]");
    if (number !== asked) {
      return;
    }
    if (!response.ok || !fresh) {
      // What is to be mended stands in the form: show it in the ordinary way.
      form.requestSubmit();
      return;
    }
    old.replaceWith(document.adoptNode(fresh));
    voice.textContent = fresh.querySelector("[data-what-if-verdict]")?.textContent ?? "";
  } catch {
    old.removeAttribute("aria-busy");
  }
}

function soon() {
  clearTimeout(timer);
  if (!isUnfinished()) {
    timer = setTimeout(live, WAIT);
  }
}

if (form) {
  sayTime();
  form.addEventListener("input", ({ target }) => target.name === "minute" && sayTime());
  form.addEventListener("change", soon);
}
