// The agent's tools with the desk's rule on each. One that the rule stops warns first; to do it all the same is a
// second, deliberate step.

import { byId, fill, make, setText, slot } from "./dom.js";
import { showTime } from "./clock.js";
import { covers, deeds } from "./store.js";
import { say } from "./words.js";

const MARKS = { passed: "chip chip-good", failed: "chip chip-bad", untried: "chip chip-line" };

/** Return the tools of the page: id → label. */
export function toolLabels() {
  const cards = document.querySelectorAll("[data-tool]");
  return new Map([...cards].map((card) => [card.dataset.tool, card.querySelector(".tool-run").textContent.trim()]));
}

export function showTools({ store, outbox, tools }) {
  const cards = [...document.querySelectorAll("[data-tool]")];
  const left = new Set(); // warnings that the trainee has laid aside
  const working = new Map(); // tool → whether its command is on its way
  const refusals = new Map();
  const drawn = new Map();

  async function run(card, args) {
    const { tool } = card.dataset;
    if (working.has(tool)) return;
    refusals.delete(tool);
    working.set(tool, true);
    render();
    const answer = await outbox.submit({ type: "tool.run", tool, arguments: args }, { keep: true });
    working.delete(tool);
    if (answer.type === "error") refusals.set(tool, answer.detail);
    render();
  }

  function render() {
    const { verification, finished } = store.state;
    const done = deeds(store.state);
    for (const card of cards) {
      const { tool, kind, needs } = card.dataset;
      const button = card.querySelector(".tool-run");
      button.setAttribute("aria-disabled", String(working.has(tool) || Boolean(finished)));
      if (kind === "proof") showProof(slot(card, "proof"), verification.proofs[tool]);
      else showRule(card, covers(verification.assurance, needs));
      showResult(card, done.findLast((deed) => deed.tool === tool));
    }
    listDeeds(done);
  }

  function showProof(chip, passed) {
    const word = passed === undefined ? "untried" : passed ? "passed" : "failed";
    if (chip.dataset.state === word) return;
    chip.dataset.state = word;
    chip.className = MARKS[word];
    const mark = byId(`t-${word}`)?.content.cloneNode(true);
    chip.replaceChildren(...(mark ? [mark] : []), say(`proof.${word}`));
  }

  function showRule(card, isAllowed) {
    card.querySelector('[data-rule="open"]').hidden = !isAllowed;
    card.querySelector('[data-rule="shut"]').hidden = isAllowed;
  }

  function showResult(card, deed) {
    const { tool } = card.dataset;
    const box = card.querySelector(".tool-result");
    const key = working.has(tool)
      ? `working ${outbox.isConnected}`
      : refusals.has(tool)
        ? `refused ${refusals.get(tool)}`
        : deed && !left.has(deed.seq)
          ? `deed ${deed.seq}`
          : "";
    if (drawn.get(tool) === key) return;
    drawn.set(tool, key);
    const hadFocus = box.contains(document.activeElement);
    box.replaceChildren(...drawResult(card, key, deed));
    if (hadFocus) card.querySelector(".tool-run").focus();
  }

  function drawResult(card, key, deed) {
    if (!key) return [];
    if (key.startsWith("working")) return [line(say(outbox.isConnected ? "tool.working" : "tool.kept"))];
    if (key.startsWith("refused")) return [line(say("tool.refused", { detail: refusals.get(card.dataset.tool) }))];
    return [deed.warning ? drawWarning(card, deed) : drawOutcome(deed)];
  }

  function drawOutcome(deed) {
    const node = make("result");
    node.classList.add(deed.ok ? "is-good" : "is-bad");
    fill(node, { text: deed.forced ? `${deed.text} (${say("tool.forced")})` : deed.text });
    showTime(slot(node, "time"), deed.at);
    return node;
  }

  function drawWarning(card, deed) {
    const node = make("warning");
    fill(node, { text: deed.text });
    slot(node, "force").addEventListener("click", () => run(card, { force: true }));
    slot(node, "leave").addEventListener("click", () => {
      left.add(deed.seq);
      render();
    });
    return node;
  }

  function line(text) {
    const paragraph = document.createElement("p");
    paragraph.className = "soft small";
    paragraph.textContent = text;
    return paragraph;
  }

  function listDeeds(done) {
    const list = byId("deeds");
    byId("deeds-none").hidden = done.length > 0;
    for (const deed of done.slice(list.children.length)) list.append(drawDeed(deed));
  }

  function drawDeed(deed) {
    const item = document.createElement("li");
    const time = document.createElement("time");
    showTime(time, deed.at);
    const label = deed.tool === "look_up" ? say("tool.looked_up") : (tools.get(deed.tool) ?? deed.tool);
    const how = deed.warning ? say("tool.stopped") : deed.text;
    const words = document.createElement("span");
    setText(words, `${label}: ${how}${deed.forced ? ` (${say("tool.forced")})` : ""}`);
    item.append(time, words);
    return item;
  }

  for (const card of cards) {
    const button = card.querySelector(".tool-run");
    button.addEventListener("click", () => button.getAttribute("aria-disabled") !== "true" && run(card, {}));
  }
  store.watch(render);
  return { render };
}
