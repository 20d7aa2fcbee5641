// The checklist: what the caller said about themselves, and what the trainee makes of it.

import { byId, setError, setText, slot } from "./dom.js";
import { say } from "./words.js";

export function showVerification({ store, outbox }) {
  const fields = [...byId("identity").querySelectorAll("[data-field]")];
  const error = byId("identity-error");
  const marking = new Map();

  function render() {
    const { verification, finished } = store.state;
    for (const row of fields) {
      const { field } = row.dataset;
      const { given, outcome } = verification.fields[field];
      const wished = marking.get(field) ?? outcome;
      const value = slot(row, "given");
      setText(value, given === null ? say("field.not_given") : given);
      row.dataset.given = String(given !== null);
      for (const button of row.querySelectorAll("[data-outcome]")) {
        button.disabled = given === null || Boolean(finished);
        button.setAttribute("aria-pressed", String(button.dataset.outcome === wished));
      }
    }
    for (const level of byId("levels").children) {
      if (level.dataset.level === verification.assurance) level.setAttribute("aria-current", "step");
      else level.removeAttribute("aria-current");
    }
  }

  async function mark(field, outcome) {
    const standing = marking.get(field) ?? store.state.verification.fields[field].outcome;
    if (standing === outcome) return;
    marking.set(field, outcome);
    setError(error, "");
    render();
    const answer = await outbox.submit({ type: "verification.mark", field, outcome }, { keep: true });
    if (marking.get(field) === outcome) marking.delete(field);
    if (answer.type === "error") setError(error, answer.detail);
    render();
  }

  byId("identity").addEventListener("click", (event) => {
    const button = event.target.closest("[data-outcome]");
    if (button) mark(button.closest("[data-field]").dataset.field, button.dataset.outcome);
  });
  store.watch(render);
}
