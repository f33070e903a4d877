/** The theme switch: light and dark, kept in a cookie so that the server paints the right one.
 *  A choice equal to the system's own forgets the cookie, and the system is followed again. */

const YEAR = 31536000;
const system = matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement;
const button = document.querySelector("[data-theme-switch]");

const shown = () => root.dataset.theme ?? (system.matches ? "dark" : "light");

function remember(theme) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const age = theme ? YEAR : 0;
  document.cookie = `theme=${theme}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
}

function show(theme) {
  const followsSystem = theme === (system.matches ? "dark" : "light");
  if (followsSystem) {
    delete root.dataset.theme;
  } else {
    root.dataset.theme = theme;
  }
  remember(followsSystem ? "" : theme);
  describe();
}

function describe() {
  button.setAttribute("aria-pressed", String(shown() === "dark"));
  const use = button.querySelector("use");
  const [sprite] = use.getAttribute("href").split("#");
  use.setAttribute("href", `${sprite}#${shown() === "dark" ? "sun" : "moon"}`);
}

if (button) {
  button.hidden = false;
  button.addEventListener("click", () => show(shown() === "dark" ? "light" : "dark"));
  system.addEventListener("change", describe);
  describe();
}
