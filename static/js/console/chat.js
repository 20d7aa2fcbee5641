// The conversation: the log with what is on its way, the typing sign, and the way back to the newest message.

import { byId, fill, make, setText, slot } from "./dom.js";
import { now, showTime } from "./clock.js";
import { growing, isTyping } from "./store.js";
import { say, sayCount } from "./words.js";

const NEAR = 48; // pixels from the end that still count as reading along

export function showChat({ store, outbox, tools, customer, onEdit }) {
  const log = byId("log");
  const box = byId("log-box");
  const jump = byId("jump");
  const typing = byId("typing");
  const bubble = drawGrowing();
  const nodes = new Map();
  let follows = true;
  let unseen = 0;
  let height = 0;

  setText(byId("face"), initials(customer));
  const names = { trainee: say("sender.trainee"), customer, instructor: say("sender.instructor") };

  function render() {
    const { state } = store;
    const shown = state.items.filter((item) => item.seq <= state.shownTo && item.tool !== "look_up");
    const known = new Set(state.items.map((item) => item.key));
    const waiting = outbox.messages().filter((entry) => !known.has(entry.frame.client_id));
    const last = shown.findLast((item) => item.sender === "trainee");
    const entries = [
      ...shown.map((item) => ({ item, key: item.key, isLast: item === last && !waiting.length })),
      ...waiting.map((entry) => ({ entry, key: entry.frame.client_id, item: unsent(entry) })),
    ];
    place(entries);
    showGrowing(growing(state));
    typing.hidden = !isTyping(state, now());
    fill(typing, { words: say("typing", { name: customer }) });
    if (follows) toEnd();
  }

  function place(entries) {
    const wanted = new Set(entries.map(({ key }) => key));
    for (const [key, node] of nodes) {
      if (wanted.has(key)) continue;
      node.remove();
      nodes.delete(key);
    }
    entries.forEach((entry, index) => {
      let node = nodes.get(entry.key);
      if (!node) {
        node = draw(entry.item);
        nodes.set(entry.key, node);
        if (!follows && entry.item.sender === "customer") noteUnseen(unseen + 1);
      }
      if (log.children[index] !== node) log.insertBefore(node, log.children[index] ?? null);
      update(node, entry);
    });
  }

  function draw(item) {
    if (item.kind === "deed") return drawDeed(item);
    if (item.sender === "system") {
      const line = make("system");
      fill(line, { text: item.text });
      return line;
    }
    const node = make("message");
    node.classList.add(`entry-${item.sender}`);
    fill(node, { who: `${names[item.sender]}: `, name: names[item.sender], text: item.text });
    return node;
  }

  // Beside the log, not in it: whoever listens is told the message once, when it is whole.
  function drawGrowing() {
    const node = make("message");
    node.classList.add("entry-customer");
    byId("growing").append(node);
    return node;
  }

  function showGrowing(reply) {
    byId("growing").hidden = !reply;
    fill(bubble, { text: reply?.text ?? "" });
  }

  function drawDeed(item) {
    const line = make("deed");
    const how = item.warning ? say("tool.stopped") : item.forced ? `${say("tool.forced")}. ${item.text}` : item.text;
    line.classList.toggle("entry-breach", item.warning || item.forced);
    fill(line, { label: tools.get(item.tool) ?? item.tool, text: how });
    return line;
  }

  function update(node, { item, entry, isLast }) {
    if (item.at) showTime(slot(node, "time"), item.at);
    const state = slot(node, "state");
    if (!state) return;
    setText(state, entry ? wordOf(entry) : isLast ? say("message.sent") : "");
    const refused = Boolean(entry?.refused);
    node.classList.toggle("is-waiting", Boolean(entry) && !entry.answered);
    node.classList.toggle("is-refused", refused);
    const again = slot(node, "again");
    again.hidden = !refused || store.state.callOver;
    again.onclick = refused ? () => takeBack(entry) : null;
  }

  function wordOf(entry) {
    if (entry.refused) return say("message.refused", { detail: entry.refused });
    if (entry.answered) return say("message.sent");
    return say(outbox.isConnected ? "message.sending" : "message.waiting");
  }

  function takeBack(entry) {
    outbox.discard(entry.frame.client_id);
    onEdit(entry.frame.text);
  }

  function noteUnseen(number) {
    unseen = number;
    jump.hidden = follows;
    fill(jump, { words: unseen ? sayCount("jump", unseen) : say("jump.none") });
  }

  function toEnd() {
    box.scrollTop = box.scrollHeight;
  }

  function follow() {
    follows = true;
    toEnd();
    noteUnseen(0);
  }

  box.addEventListener("scroll", () => {
    if (box.clientHeight !== height) return; // the box was resized, nobody has scrolled
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    if (atEnd === follows) return;
    follows = atEnd;
    noteUnseen(atEnd ? 0 : unseen);
  });
  jump.addEventListener("click", () => {
    follow();
    byId("message").focus();
  });
  const resized = new ResizeObserver(() => {
    height = box.clientHeight;
    if (follows) toEnd();
  });
  resized.observe(box);
  resized.observe(log);

  store.watch(render);
  // What stands there already is not news: the log speaks from now on.
  requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
  return { render, follow };
}

/** A message that the server has not confirmed, as the log draws messages. */
function unsent(entry) {
  return { kind: "message", sender: "trainee", text: entry.frame.text, at: entry.order };
}

function initials(name) {
  const parts = name.split(/\s+/).filter(Boolean);
  return [parts[0], parts.length > 1 ? parts.at(-1) : ""].map((part) => part?.[0] ?? "").join("").toUpperCase();
}
