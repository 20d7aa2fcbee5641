// The console of one session: puts the store, the socket, the commands and the parts of the page together.

import { showChat } from "./chat.js";
import { heard, now, useTimezone } from "./clock.js";
import { showComposer } from "./composer.js";
import { Connection } from "./connection.js";
import { showDirectory } from "./directory.js";
import { byId } from "./dom.js";
import { showEnded, showFinish } from "./finish.js";
import { showKnowledge } from "./knowledge.js";
import { showNote } from "./note.js";
import { Outbox } from "./outbox.js";
import { fitToKeyboard, showPanes, showUnread, showWorkTabs } from "./panes.js";
import { openStorage } from "./storage.js";
import { begin, coming, createStore } from "./store.js";
import { showConnection, showTicket } from "./ticket.js";
import { showTools, toolLabels } from "./tools.js";
import { showVerification } from "./verification.js";

const start = JSON.parse(byId("start").textContent);
const { session, limits } = start;
const customer = session.ticket.reported_by.name;
const storage = openStorage(`firstline.session.${session.id}.`);
const redrawn = []; // parts that read differently with and without a connection

heard(session.now);
useTimezone(start.timezone);
const instant = document.documentElement.dataset.typingPace === "instant";
const store = createStore(begin(start, { now: now(), instant }));
const connection = new Connection({ address, onFrame, onState });
const outbox = new Outbox({ storage, transmit: (text) => connection.send(text), onChange: redraw });

function address() {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  return `${scheme}//${location.host}/ws/sessions/${session.id}/?after=${store.state.head}`;
}

function onFrame(frame) {
  if (frame.at) heard(frame.at);
  const isBehind = ["heartbeat", "pong"].includes(frame.type) && frame.head > store.state.head;
  if (isBehind) connection.send({ type: "resume", after: store.state.head });
  // Answered first, so that whoever waits for it finds the command done when the state tells the news.
  outbox.settle(frame);
  store.dispatch({ type: "frame", frame, now: now() });
}

function onState(word) {
  outbox.isConnected = word === "connected";
  showConnection(word);
  if (outbox.isConnected) outbox.connected();
  else redraw();
}

function redraw() {
  for (const draw of redrawn) draw();
}

// ---------------------------------------------------------------- the parts of the page

fitToKeyboard();
const tools = toolLabels();
const openTab = showWorkTabs(storage);
const note = showNote({ store, outbox, storage, limit: limits.note });
const panes = showPanes({ storage, onChange: countUnread });
const chat = showChat({
  store,
  outbox,
  tools,
  customer,
  onEdit: (text) => composer.edit(text),
});
const composer = showComposer({
  store,
  outbox,
  connection,
  storage,
  limit: limits.text,
  onSent: chat.follow,
});
const toolbox = showTools({ store, outbox, tools });
const finish = showFinish({ store, outbox, note, storage, limits });
showTicket({ store, startedAt: session.started_at });
showVerification({ store, outbox });
showDirectory({ store, outbox });
redrawn.push(note.show, chat.render, toolbox.render, finish.render);
connection.open();
showKnowledge({
  outbox,
  note,
  reading: session.reading,
  onReopen: () => openTab("knowledge"),
});

byId("go-finish").addEventListener("click", () => {
  panes.open("workbench");
  openTab("finish");
  byId("tab-finish").focus();
});

// ---------------------------------------------------------------- what comes with time

let seenTo = 0; // what the trainee has had before their eyes
let timer = 0;

function countUnread() {
  const { items, shownTo } = store.state;
  if (panes.isSeen("chat")) seenTo = shownTo;
  showUnread(items.filter(({ sender, seq }) => sender === "customer" && seq > seenTo && seq <= shownTo).length);
}

/** Wake up when the customer's next message has been typed. */
function waitForTyping() {
  clearTimeout(timer);
  const next = coming(store.state);
  if (!next) return;
  timer = setTimeout(() => {
    store.dispatch({ type: "time", now: now() });
    waitForTyping();
  }, Math.max(20, next.showAt - now()));
}

function leaveWhenOver({ finished }) {
  if (!finished || connection.ended) return;
  connection.end();
  showConnection("ended");
  storage.clear();
  showEnded(finished);
  if (finish.isOwnEnd(finished.clientId)) location.assign(finished.debrief);
}

store.watch(waitForTyping);
store.watch(countUnread);
store.watch(leaveWhenOver);
