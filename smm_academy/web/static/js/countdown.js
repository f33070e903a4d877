/** Time left by the server's clock: `<time data-countdown="ISO end" data-now="ISO server time">`.
 *  Says the last minutes aloud once each, and sends `form[data-send-at-end]` when time is up. */

const SPOKEN_MINUTES = new Set([5, 1]);

function two(number) {
  return String(number).padStart(2, "0");
}

class Countdown {
  constructor(element) {
    this.element = element;
    this.end = Date.parse(element.dataset.countdown);
    // The reader's clock may be wrong and may be set during the sitting: count from the server's
    // time by the steady clock of the page.
    this.server = Date.parse(element.dataset.now);
    this.start = performance.now();
    this.voice = document.querySelector("[data-countdown-voice]");
    this.said = new Set();
    this.tick();
  }

  tick() {
    const now = this.server + performance.now() - this.start;
    const left = Math.max(0, Math.ceil((this.end - now) / 1000));
    const hours = Math.floor(left / 3600);
    const minutes = Math.floor((left % 3600) / 60);
    const clock = `${two(minutes)}:${two(left % 60)}`;
    this.element.textContent = hours ? `${hours}:${clock}` : clock;
    this.speak(Math.ceil(left / 60));
    if (left === 0) {
      document.querySelector("form[data-send-at-end]")?.submit();
      return;
    }
    setTimeout(() => this.tick(), 1000 - ((performance.now() - this.start) % 1000));
  }

  speak(minutes) {
    if (this.voice && SPOKEN_MINUTES.has(minutes) && !this.said.has(minutes)) {
      this.said.add(minutes);
      this.voice.textContent = this.voice.dataset[`left${minutes}`] ?? this.element.textContent;
    }
  }
}

document.querySelectorAll("[data-countdown]").forEach((element) => new Countdown(element));
