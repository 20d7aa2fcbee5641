// What moves on the ticket: its status, the time since it was taken, and the two clocks of the service level.

import { byId, fill, setText, slot } from "./dom.js";
import { now, spell } from "./clock.js";
import { isTyping, waitedFor } from "./store.js";
import { say } from "./words.js";

const SOON = 0.25; // share of the time that is left when a clock turns amber

export function showTicket({ store, startedAt }) {
  const started = Date.parse(startedAt);
  const response = byId("clock-response");
  const resolution = byId("clock-resolution");

  function tick() {
    const { state } = store;
    const { ticket } = state;
    const at = now();
    setText(byId("elapsed"), spell((ticket.closed_at ? Date.parse(ticket.closed_at) : at) - started));
    const waited = waitedFor(state, at);
    const isPaused = isTyping(state, at);
    showClock(response, Date.parse(ticket.first_response_due_at), ticket.first_responded_at);
    showClock(resolution, Date.parse(ticket.resolution_due_at), ticket.closed_at);

    function showClock(clock, due, stopped) {
      const whole = due - started;
      // What was waited for before the clock stopped belongs to it; what came after does not.
      const end = stopped ? Date.parse(stopped) : at;
      const left = due + (stopped ? waitedFor(state, end) : waited) - end;
      fill(clock, { words: wordsOf(clock, left, stopped, end) });
      const meter = clock.querySelector("progress");
      meter.value = Math.max(0, Math.min(100, (left / whole) * 100));
      meter.hidden = Boolean(stopped);
      clock.dataset.state = left < 0 ? "over" : stopped ? "met" : left < whole * SOON ? "soon" : "running";
    }

    function wordsOf(clock, left, stopped, end) {
      if (stopped && clock === response) return say(left < 0 ? "clock.missed" : "clock.met", { time: spell(end - started) });
      if (left < 0) return say("clock.over", { time: spell(-left) });
      if (stopped) return say("clock.stopped", { time: spell(left) });
      return say(isPaused ? "clock.paused" : "clock.left", { time: spell(left) });
    }
  }

  store.watch((state) => {
    setText(byId("ticket-status"), say(`status.${state.ticket.status}`));
    tick();
  });
  setInterval(tick, 1_000);
}

/** Show the connection in words. */
export function showConnection(word) {
  const sign = byId("connection");
  sign.dataset.state = word;
  setText(slot(sign, "word"), say(`connection.${word}`));
}
