// The directory: people, assets and services as records. Opening one is looking it up, which is part of the work.

import { byId, fill, make, setText, slot } from "./dom.js";
import { sayCount, say } from "./words.js";

const ABOUT = { person: "Department", asset: "Model", service: "Status" }; // labels of the records' own rows

export function showDirectory({ store, outbox }) {
  const filter = byId("directory-filter");
  const rows = new Map();
  const open = new Set();

  for (const record of store.state.records) {
    const row = make("record");
    const button = row.querySelector("button");
    const body = row.querySelector(".record-body");
    body.id = `record-${rows.size}`;
    button.setAttribute("aria-controls", body.id);
    button.addEventListener("click", () => toggle(record.id));
    rows.set(record.id, row);
    byId("directory").querySelector(`[data-kind="${record.kind}"] ul`).append(row);
  }

  function toggle(id) {
    if (open.delete(id)) {
      render();
      return;
    }
    open.add(id);
    render();
    if (!store.state.finished) {
      outbox.submit({ type: "tool.run", tool: "look_up", arguments: { record: id } }, { keep: true });
    }
  }

  function render() {
    const words = folded(filter.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const record of store.state.records) {
      const row = rows.get(record.id);
      const text = folded([record.title, ...record.rows.map(([, value]) => value)].join(" "));
      row.hidden = !words.every((word) => text.includes(word));
      found += row.hidden ? 0 : 1;
      draw(row, record);
    }
    for (const section of byId("directory").children) {
      section.hidden = !section.querySelector("li:not([hidden])");
    }
    byId("directory-none").hidden = found > 0;
    setText(byId("directory-count"), words.length ? sayCount("directory.count", found) : "");
  }

  function draw(row, record) {
    const isOpen = open.has(record.id);
    const about = record.rows.find(([label]) => label === ABOUT[record.kind])?.[1] ?? "";
    fill(row, { title: record.title, about });
    row.querySelector("button").setAttribute("aria-expanded", String(isOpen));
    row.querySelector(".record-body").hidden = !isOpen;
    if (!isOpen || row.dataset.seq === String(record.seq)) return;
    row.dataset.seq = record.seq;
    slot(row, "rows").replaceChildren(...record.rows.flatMap((pair) => drawRow(pair, record.changed)));
  }

  function drawRow([label, value], changed) {
    const term = document.createElement("dt");
    const words = document.createElement("dd");
    term.textContent = label;
    words.textContent = value;
    if (changed.includes(label)) {
      const chip = document.createElement("span");
      chip.className = "chip chip-note";
      chip.textContent = say("record.changed");
      words.append(" ", chip);
    }
    return [term, words];
  }

  filter.addEventListener("input", render);
  store.watch((state, before) => {
    if (state.records !== before?.records) render();
  });
}

/** Letters without case and accents: whoever types Garcia finds García. */
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
