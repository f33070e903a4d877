/** Line numbers of a textarea: the same text, set alike and unseen under it, a block a line, so that
 *  a number stands beside the first row of its line however the line is broken. */

/** Draw the numbers of a form's text, and mark the lines that problems of a page lead to. */
export function markLines(form, page) {
  const lines = form.querySelector("[data-lines]");
  const written = form.elements.source.value.split("\n");
  while (lines.children.length > written.length) {
    lines.lastChild.remove();
  }
  while (lines.children.length < written.length) {
    const line = document.createElement("div");
    line.className = "editor-line";
    lines.append(line);
  }
  written.forEach((text, number) => {
    const line = lines.children[number];
    if (line.textContent !== text) {
      line.textContent = text;
    }
    delete line.dataset.problem;
  });
  page.querySelectorAll("[data-proof] a[data-line]").forEach((link) => {
    const line = lines.children[Number(link.dataset.line) - 1];
    if (line && line.dataset.problem !== "error") {
      line.dataset.problem = link.dataset.severity;
    }
  });
}

/** Put the cursor at a line and column, both from 1, and bring them into sight. */
export function openLine(form, line, column) {
  const text = form.elements.source;
  const before = text.value.split("\n").slice(0, line - 1);
  const start = before.reduce((sum, one) => sum + one.length + 1, 0);
  const end = text.value.indexOf("\n", start);
  const place = Math.min(start + column - 1, end < 0 ? text.value.length : end);
  text.focus({ preventScroll: true });
  text.setSelectionRange(place, place);
  form.querySelector("[data-lines]").children[line - 1]?.scrollIntoView({ block: "center" });
}
