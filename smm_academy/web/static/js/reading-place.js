/** Remembers the part of a lesson that a reader has reached: the last `[data-passage]` that was
 *  in view for two seconds goes to `[data-reading-url]`. */

const STAY_MS = 2000;
const text = document.querySelector("[data-reading-url]");
let reached = "";
let waiting;

function keep(id) {
  if (id === reached) {
    return;
  }
  reached = id;
  const body = new URLSearchParams({ block: id, csrf_token: text.dataset.token });
  fetch(text.dataset.readingUrl, { method: "POST", body, keepalive: true }).catch(() => {
    reached = "";
  });
}

const observer = new IntersectionObserver((entries) => {
  const seen = entries.filter((entry) => entry.isIntersecting).at(-1);
  if (seen) {
    clearTimeout(waiting);
    waiting = setTimeout(() => keep(seen.target.id), STAY_MS);
  }
});

text?.querySelectorAll("[data-passage]").forEach((passage) => observer.observe(passage));
