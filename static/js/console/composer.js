// Where the trainee writes. Nothing typed is lost: a draft stays in the browser until it is sent.

import { byId, debounce, length, setText } from "./dom.js";
import { say, sayCount } from "./words.js";

const NEAR_LIMIT = 300;
const TYPING_EVERY = 4_000;

export function showComposer({ store, outbox, connection, storage, limit, onSent }) {
  const form = byId("composer");
  const field = byId("message");
  const count = byId("message-count");
  const send = byId("send");
  let told = 0;

  field.value = storage.get("draft") ?? "";
  const keepDraft = debounce(keep, 250);

  function keep() {
    if (store.state.finished) return;
    if (field.value) storage.set("draft", field.value);
    else storage.remove("draft");
  }

  function measure() {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
    const left = limit - length(field.value.trim());
    const word = left < 0 ? sayCount("message.over", -left) : left < NEAR_LIMIT ? sayCount("message.left", left) : "";
    setText(count, word);
    count.classList.toggle("is-over", left < 0);
    field.setAttribute("aria-invalid", String(left < 0));
    return left;
  }

  function submit() {
    const text = field.value.trim();
    if (!text || measure() < 0 || field.disabled) return;
    outbox.submit({ type: "message.send", text }, { keep: true });
    field.value = "";
    keep();
    measure();
    onSent();
    field.focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  field.addEventListener("input", () => {
    measure();
    keepDraft();
    if (Date.now() - told < TYPING_EVERY) return;
    told = Date.now();
    connection.send({ type: "typing" });
  });
  addEventListener("pagehide", keep);
  let width = 0;
  new ResizeObserver(([entry]) => {
    if (entry.contentRect.width === width) return;
    width = entry.contentRect.width;
    measure();
  }).observe(form);

  store.watch((state) => {
    const over = state.callOver && !state.items.some((item) => item.seq > state.shownTo);
    byId("call-over").hidden = !over;
    field.disabled = over || Boolean(state.finished);
    send.disabled = field.disabled;
  });
  measure();

  return {
    /** Put words back to be changed; what is there already stays, below them. */
    edit(text) {
      field.value = [text, field.value].filter(Boolean).join("\n");
      keep();
      measure();
      field.focus();
    },
  };
}
