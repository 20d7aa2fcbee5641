// One ordered state of the session, made from the snapshot in the page and from frames. The reducer is pure: the
// time comes with each action. A frame that was seen already changes nothing, so a resume can overlap.
//
// `shownTo` is the seq up to which everything may be seen: a customer's message waits for its typing time, and
// what came after it waits with it, unless the trainee has written on since.
//
// `growing` is a reply that a language model is still wording, as far as it is known: `id`, `text`. It stays until
// the message of that id is shown. `typingSince` is when the server said that a reply is on its way.

const RANKS = ["none", "identified", "proven"];
const LONGEST_WAIT = 300_000; // ms after which nobody believes any more that the customer is typing

/** Whether a caller of this assurance may have what `needs` asks for. */
export function covers(assurance, needs) {
  return RANKS.indexOf(assurance) >= RANKS.indexOf(needs);
}

/** Return the state that the page was delivered with. `instant`: the reader wants no typing pauses. */
export function begin({ session, tool_results: results }, { now, instant }) {
  const seq = session.head_seq;
  const state = {
    instant,
    head: seq,
    shownTo: 0,
    items: [...session.messages.map((frame) => messageOf(frame, instant)), ...results.map(deedOf)],
    held: [],
    typingSince: 0,
    growing: null,
    callOver: session.call_over,
    finished: null,
    ticket: session.ticket,
    verification: { ...session.verification, seq },
    records: session.records.map((record) => ({ ...record, seq, changed: [] })),
    note: { ...session.note, seq },
  };
  state.items.sort((one, other) => one.seq - other.seq);
  return advance(state, now);
}

/** Return the next state. Actions: `frame` (with `frame`) and `time`; both bring `now`, the server's time in ms. */
export function reduce(state, action) {
  if (action.type === "time") return advance(state, action.now);
  const { frame } = action;
  if (frame.type === "resumed") return { ...state, head: Math.max(state.head, frame.head) };
  if (frame.type === "customer.typing") return { ...state, typingSince: action.now };
  if (frame.type === "message.delta") return grow(state, frame);
  // An acknowledgement also names a seq, but it is not the frame that has it.
  if (!(frame.type in CHANGES) || frame.seq <= state.head) return state;
  return advance(apply({ ...state, head: frame.seq }, frame), action.now);
}

/** Take what is known of a growing reply. Every delta holds all of it, so one that was overtaken says nothing new. */
function grow(state, { id, text }) {
  const known = state.growing?.id === id ? state.growing.text.length : 0;
  if (text.length <= known || state.finished || state.items.some((item) => item.key === id)) return state;
  return { ...state, growing: { id, text } };
}

function apply(state, frame) {
  if (frame.follows > state.shownTo && awaits(state, frame.follows)) {
    return { ...state, held: [...state.held, frame] };
  }
  return { ...state, ...CHANGES[frame.type](state, frame) };
}

function awaits(state, seq) {
  return state.items.some((item) => item.seq === seq);
}

const CHANGES = {
  "message.created": (state, frame) => ({
    items: [...state.items, messageOf(frame, state.instant)],
    callOver: state.callOver || frame.ends_call,
    // Where other words were stored than those that grew, nobody goes on reading these.
    growing: frame.id === state.growing?.id && frame.text.startsWith(state.growing.text) ? state.growing : null,
    typingSince: frame.sender === "customer" ? 0 : state.typingSince,
  }),
  "tool.result": (state, frame) => ({ items: [...state.items, deedOf(frame)] }),
  "ticket.updated": (state, frame) => ({ ticket: { ...state.ticket, ...frame.ticket } }),
  "verification.updated": (state, frame) =>
    frame.seq > state.verification.seq ? { verification: { ...frame.verification, seq: frame.seq } } : {},
  "estate.updated": (state, frame) => ({
    records: frame.records.reduce((records, record) => replace(records, record, frame.seq), state.records),
  }),
  "note.saved": (state, frame) =>
    frame.version > state.note.version
      ? { note: { text: frame.text, version: frame.version, seq: frame.seq } }
      : {},
  "session.finished": (state, frame) => ({
    finished: { outcome: frame.outcome, debrief: frame.debrief, clientId: frame.client_id },
  }),
};

function replace(records, record, seq) {
  return records.map((old) => {
    if (old.id !== record.id || old.seq >= seq) return old;
    const before = new Map(old.rows);
    const differs = ([label, value]) => before.get(label) !== value;
    return { ...record, seq, changed: record.rows.filter(differs).map(([label]) => label) };
  });
}

function messageOf(frame, instant) {
  const at = Date.parse(frame.at);
  return {
    kind: "message",
    key: frame.client_id ?? frame.id,
    seq: frame.seq,
    sender: frame.sender,
    text: frame.text,
    at,
    typing: frame.typing_ms,
    showAt: instant ? at : at + frame.typing_ms,
  };
}

function deedOf(frame) {
  const { seq, tool, ok, warning, text, data } = frame;
  const forced = frame.arguments.force === true;
  return { kind: "deed", key: `deed-${seq}`, seq, tool, ok, warning, text, data, forced, at: Date.parse(frame.at), showAt: 0 };
}

/** Let everything be seen whose time has come, in order; then apply what waited for it. */
function advance(state, now) {
  let { shownTo } = state;
  for (const item of state.items) {
    if (item.sender === "trainee" || item.sender === "instructor") shownTo = Math.max(shownTo, item.seq);
  }
  for (const item of state.items) {
    if (item.seq <= shownTo) continue;
    if (item.showAt > now) break;
    shownTo = item.seq;
  }
  if (shownTo === state.shownTo) return state;
  const ready = state.held.filter((frame) => frame.follows <= shownTo);
  const held = state.held.filter((frame) => frame.follows > shownTo);
  return ready.reduce(apply, { ...state, shownTo, held });
}

/** Return the customer's message that is on its way, or undefined. */
export function coming(state) {
  return state.items.find((item) => item.seq > state.shownTo && item.sender === "customer");
}

/** Whether the customer is typing: a message is on its way, or the server said that one will be. */
export function isTyping(state, now) {
  return Boolean(coming(state)) || (state.typingSince > 0 && now - state.typingSince < LONGEST_WAIT);
}

/** Return the reply that is growing, as long as the message that it becomes is not shown. */
export function growing(state) {
  const isShown = (item) => item.key === state.growing.id && item.seq <= state.shownTo;
  return state.growing && !state.items.some(isShown) ? state.growing : null;
}

/** Return for how long the customer has been waited for until `now`, in ms: the ticket's clocks stood still then. */
export function waitedFor(state, now) {
  const typed = (item) => Math.min(item.typing, Math.max(0, now - item.at));
  const still = state.typingSince ? Math.max(0, now - state.typingSince) : 0;
  return state.items.reduce((sum, item) => (item.kind === "message" ? sum + typed(item) : sum), still);
}

/** Return what the trainee did with tools and records, the newest last. */
export function deeds(state) {
  return state.items.filter((item) => item.kind === "deed");
}

/** Return a holder of the state that tells its listeners of every change. */
export function createStore(state) {
  const listeners = new Set();
  return {
    get state() {
      return state;
    },
    dispatch(action) {
      const next = reduce(state, action);
      if (next === state) return;
      const before = state;
      state = next;
      for (const listener of listeners) listener(state, before);
    },
    /** Call `listener(state, before)` now and after every change. */
    watch(listener) {
      listeners.add(listener);
      listener(state, null);
    },
  };
}
