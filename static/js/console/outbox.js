// Commands on their way. Each gets its client_id once and is sent again after every reconnect until it is
// answered; the server does it once however often it comes. What must survive a reload is kept in the browser.

import { parsed } from "./storage.js";
import { say } from "./words.js";

const RETRIED = new Set(["try_again", "internal"]);
const RETRIES = 5;
const RETRY_PAUSE = 2_000;
const FRAME_BYTES = 64 * 1024;
// The server takes 40 frames in 2 seconds.
const BURST = 25;
const BURST_TIME = 2_000;

export class Outbox {
  /** `transmit(text)` sends a frame and returns whether it went out; `onChange()` is told of every change. */
  constructor({ storage, transmit, onChange }) {
    Object.assign(this, { storage, transmit, onChange });
    this.entries = new Map();
    this.round = 0;
    this.sentAt = [];
    this.restore();
  }

  /** Take up again what a page before this one could not bring to an answer. */
  restore() {
    const kept = this.storage.keys("out.").map((key) => parsed(this.storage.get(key)));
    kept.sort((one, other) => (one?.order ?? 0) - (other?.order ?? 0));
    for (const entry of kept) {
      if (entry?.frame?.client_id) this.entries.set(entry.frame.client_id, { ...entry, keep: true, tries: 0 });
    }
  }

  /**
   * Send a command. Returns a promise of the frame that answers it, which may be an `error`; it never fails.
   * `keep`: it survives a reload of the page.
   */
  submit(command, { keep = false } = {}) {
    const frame = { ...command, client_id: crypto.randomUUID() };
    const entry = { frame, order: Date.now(), keep, tries: 0 };
    const answer = new Promise((resolve) => (entry.resolve = resolve));
    answer.clientId = frame.client_id;
    if (new TextEncoder().encode(JSON.stringify(frame)).length > FRAME_BYTES) {
      entry.resolve({ type: "error", code: "too_long", detail: say("frame.long"), client_id: frame.client_id });
      return answer;
    }
    this.entries.set(frame.client_id, entry);
    if (keep) this.storage.set(`out.${frame.client_id}`, JSON.stringify({ frame, order: entry.order }));
    this.flush();
    this.onChange();
    return answer;
  }

  /** A new connection stands: everything that is not answered goes out again. */
  connected() {
    this.round += 1;
    this.flush();
    this.onChange();
  }

  flush() {
    clearTimeout(this.timer);
    const now = Date.now();
    this.sentAt = this.sentAt.filter((at) => now - at < BURST_TIME);
    for (const entry of this.entries.values()) {
      if (entry.answered || entry.refused || entry.round === this.round || entry.notBefore > now) continue;
      if (this.sentAt.length >= BURST) {
        this.timer = setTimeout(() => this.flush(), BURST_TIME / 4);
        return;
      }
      if (!this.transmit(JSON.stringify(entry.frame))) return;
      entry.round = this.round;
      this.sentAt.push(now);
    }
  }

  /** See whether a frame answers a command. */
  settle(frame) {
    const entry = frame.client_id && this.entries.get(frame.client_id);
    if (!entry) return;
    if (frame.type === "error" && RETRIED.has(frame.code) && entry.tries < RETRIES) {
      this.retry(entry);
      return;
    }
    if (frame.type === "error" && entry.frame.type === "message.send") {
      entry.refused = frame.detail; // its words stay until the trainee takes them back
    } else {
      this.storage.remove(`out.${frame.client_id}`);
      if (frame.type === "message.ack") entry.answered = true; // shown as sent until its message comes
      else this.entries.delete(frame.client_id);
    }
    entry.resolve?.(frame);
    this.onChange();
  }

  retry(entry) {
    entry.tries += 1;
    entry.round = undefined;
    entry.notBefore = Date.now() + RETRY_PAUSE * entry.tries;
    setTimeout(() => this.flush(), RETRY_PAUSE * entry.tries + 50);
  }

  /** Return the messages that the store may not hold yet, oldest first. */
  messages() {
    return [...this.entries.values()].filter((entry) => entry.frame.type === "message.send");
  }

  /** Forget a command. */
  discard(clientId) {
    this.entries.delete(clientId);
    this.storage.remove(`out.${clientId}`);
    this.onChange();
  }
}
