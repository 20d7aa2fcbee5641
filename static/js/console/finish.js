// The end: resolve, escalate or refuse with the documentation that the next person works from, or give up.

import { byId, fill, length, setError, setText, slot } from "./dom.js";
import { parsed } from "./storage.js";
import { covers } from "./store.js";
import { say, sayCount } from "./words.js";

export function showFinish({ store, outbox, note, storage, limits }) {
  const form = byId("finish-form");
  const submit = byId("finish-submit");
  const documentation = byId("documentation");
  const team = byId("team");
  const reason = byId("reason");
  const dialog = byId("confirm-finish");
  const label = submit.textContent;
  const own = new Set(); // client_ids with which this tab ends the session
  let isOwn = false; // whether the documentation was changed here, apart from the note
  let sending = false;

  const ending = () => form.elements.ending.value;
  const isIdentified = () => covers(store.state.verification.assurance, "identified");

  function render() {
    const chosen = ending();
    byId("team-field").hidden = chosen !== "escalated";
    byId("reason-field").hidden = !["escalated", "refused"].includes(chosen);
    const blocked = chosen === "resolved" && !isIdentified();
    byId("resolve-blocked").hidden = !blocked;
    if (blocked) fill(byId("resolve-blocked"), { missing: missingFields() });
    byId("refill").hidden = !isOwn || !note.text || documentation.value === note.text;
    submit.setAttribute("aria-disabled", String(blocked || sending || Boolean(store.state.finished)));
    const word = outbox.isConnected ? "finish.sending" : "finish.kept";
    setText(submit, sending ? say(word) : label);
  }

  function missingFields() {
    const { fields } = store.state.verification;
    const open = Object.keys(fields).filter((field) => fields[field].outcome !== "matches");
    return open.length ? say("finish.missing", { fields: open.map((field) => say(`field.${field}`)).join(", ") }) : "";
  }

  /** Return the first thing that is wrong, as [error's name, words, element to go to]; null when all is well. */
  function faults() {
    const chosen = ending();
    const radios = form.querySelector('[name="ending"]');
    const over = (field, limit) => length(field.value.trim()) - limit;
    if (!chosen) return ["form", say("finish.choose"), radios];
    if (chosen === "escalated" && !team.value) return ["team", say("finish.team"), team];
    if (chosen !== "resolved" && !reason.value.trim()) return ["reason", say("finish.reason"), reason];
    if (chosen !== "resolved" && over(reason, limits.reason) > 0) {
      return ["reason", sayCount("finish.long", over(reason, limits.reason)), reason];
    }
    if (!documentation.value.trim()) return ["documentation", say("finish.documentation"), documentation];
    if (over(documentation, limits.note) > 0) {
      return ["documentation", sayCount("finish.long", over(documentation, limits.note)), documentation];
    }
    return null;
  }

  function showFault(name, text, field) {
    for (const place of form.querySelectorAll("[data-error]")) {
      setError(place, place.dataset.error === name ? text : "");
    }
    for (const one of [team, reason, documentation]) one.removeAttribute("aria-invalid");
    if (!field) return;
    if (field.tagName !== "INPUT") field.setAttribute("aria-invalid", "true");
    field.focus();
  }

  function ask() {
    showFault("", "");
    if (sending || store.state.finished) return;
    if (ending() === "resolved" && !isIdentified()) {
      form.querySelector('[value="resolved"]').focus();
      byId("resolve-blocked").scrollIntoView({ block: "nearest" });
      return;
    }
    const fault = faults();
    if (fault) {
      showFault(...fault);
      return;
    }
    fill(dialog, { title: say(`finish.${ending()}`, { team: team.value }), go: say(`finish.go.${ending()}`) });
    dialog.returnValue = "";
    dialog.showModal();
  }

  async function send(command) {
    sending = true;
    render();
    const answer = outbox.submit(command);
    own.add(answer.clientId);
    const frame = await answer;
    sending = false;
    if (frame.type === "error") showFault("form", frame.detail, byId("finish-submit"));
    render();
  }

  function keep() {
    const words = { ending: ending(), team: team.value, reason: reason.value };
    storage.set("finish", JSON.stringify({ ...words, documentation: isOwn ? documentation.value : null }));
  }

  function restore() {
    const kept = parsed(storage.get("finish"));
    documentation.value = note.text;
    if (!kept) return;
    form.elements.ending.value = kept.ending ?? "";
    team.value = kept.team ?? "";
    reason.value = kept.reason ?? "";
    isOwn = typeof kept.documentation === "string";
    if (isOwn) documentation.value = kept.documentation;
  }

  restore();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  form.addEventListener("input", (event) => {
    if (event.target === documentation) isOwn = documentation.value !== note.text;
    keep();
    render();
  });
  byId("refill").addEventListener("click", () => {
    isOwn = false;
    documentation.value = note.text;
    keep();
    render();
    documentation.focus();
  });
  note.watch((text) => {
    if (!isOwn) documentation.value = text;
    render();
  });
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "go") return;
    const chosen = ending();
    send({
      type: "session.end",
      resolution_type: chosen,
      documentation: documentation.value.trim(),
      team: chosen === "escalated" ? team.value : null,
      reason: chosen === "resolved" ? "" : reason.value.trim(),
    });
  });
  const giveUp = byId("confirm-give-up");
  byId("give-up").addEventListener("click", () => {
    giveUp.returnValue = "";
    giveUp.showModal();
  });
  giveUp.addEventListener("close", () => giveUp.returnValue === "go" && send({ type: "session.abandon" }));
  store.watch(render);

  return { render, isOwnEnd: (clientId) => own.has(clientId) };
}

/** Tell that the session has ended elsewhere, and where its debrief is. */
export function showEnded({ outcome, debrief }) {
  const box = byId("ended");
  slot(box, "why").textContent = say(`ended.${outcome}`);
  box.querySelector("a").href = debrief;
  box.hidden = false;
}
