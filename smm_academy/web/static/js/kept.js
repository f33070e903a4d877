/** What the browser keeps for its reader: localStorage, or memory where that is full or forbidden. */

const memory = new Map();

/** The value kept under a key, or null. */
export function kept(key) {
  if (memory.has(key)) {
    return memory.get(key);
  }
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

/** Keep a value under a key until it is forgotten. */
export function keep(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    memory.delete(key);
  } catch {
    memory.set(key, value);
  }
}

export function forget(key) {
  memory.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept there.
  }
}
