// The internal note, which saves itself. What is written stays in the browser until the server has it; when the
// note was changed elsewhere meanwhile, both are shown and the trainee chooses.

import { byId, debounce, length, setText } from "./dom.js";
import { parsed } from "./storage.js";
import { say, sayCount } from "./words.js";

const QUIET = 900;

export function showNote({ store, outbox, storage, limit }) {
  const field = byId("note");
  const panel = byId("note-conflict");
  const listeners = new Set();
  let base = store.state.note; // what the words in the field were made from
  let other = null; // a stored note that contradicts them
  let saving = false;
  let refused = "";

  const saveSoon = debounce(save, QUIET);

  function take(note) {
    base = note;
    field.value = note.text;
    changed();
  }

  function changed() {
    if (field.value === base.text) storage.remove("note");
    else storage.set("note", JSON.stringify({ text: field.value, base }));
    refused = "";
    show();
    for (const listener of listeners) listener(field.value);
  }

  function show() {
    const tooMany = length(field.value) - limit;
    const key = !outbox.isConnected ? "note.kept" : saving ? "note.saving" : "note.unsaved";
    const word = other
      ? say("note.conflict")
      : refused
        ? say("note.refused", { detail: refused })
        : tooMany > 0
          ? sayCount("note.long", tooMany)
          : field.value !== base.text
            ? say(key)
            : say(field.value ? "note.saved" : "note.empty");
    setText(byId("note-state"), word);
    panel.hidden = !other;
    if (other) setText(byId("note-other"), other.text);
  }

  async function save() {
    if (saving || other || field.value === base.text || length(field.value) > limit) return;
    saving = true;
    show();
    const text = field.value;
    const answer = await outbox.submit({ type: "note.save", text, base_version: base.version });
    saving = false;
    if (answer.type === "note.saved") base = { text, version: answer.version };
    else if (answer.type === "note.conflict") meet({ text: answer.text, version: answer.version });
    else refused = answer.detail;
    if (field.value === base.text) storage.remove("note");
    else if (!refused) saveSoon();
    show();
  }

  /** Another version is stored. It replaces words that were not touched here, and stands beside those that were. */
  function meet(stored) {
    if (stored.version <= base.version) return;
    if (field.value === base.text || field.value === stored.text) take(stored);
    else other = stored;
    show();
  }

  function settle(text) {
    base = other;
    other = null;
    field.value = text;
    changed();
    save();
    field.focus();
  }

  field.addEventListener("input", () => {
    changed();
    saveSoon();
  });
  field.addEventListener("blur", save);
  byId("note-mine").addEventListener("click", () => settle(field.value));
  byId("note-theirs").addEventListener("click", () => settle(other.text));
  byId("note-both").addEventListener("click", () => settle(`${other.text}\n\n${field.value}`));

  const draft = parsed(storage.get("note"));
  field.value = typeof draft?.text === "string" ? draft.text : base.text;
  if (typeof draft?.base?.text === "string" && draft.text !== base.text) {
    const stored = base;
    base = draft.base;
    meet(stored);
    saveSoon();
  }
  store.watch((state) => {
    field.readOnly = Boolean(state.finished);
    // While a save is on its way its own answer decides; it comes with the frame.
    if (!saving) meet(state.note);
  });
  show();

  return {
    show,
    get text() {
      return field.value;
    },
    /** Call `listener(text)` with every change of the words. */
    watch: (listener) => listeners.add(listener),
    /** Put a line at the end, unless it stands there already. */
    add(line) {
      if (field.value.includes(line)) return;
      field.value = field.value.trim() ? `${field.value.trimEnd()}\n${line}\n` : `${line}\n`;
      changed();
      saveSoon();
    },
  };
}
