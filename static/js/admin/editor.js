// The scenario editor works without this: it adds entries without a round trip, moves them, keeps what is folded in
// view when it is linked to, and warns before changes are lost.

const form = document.getElementById("scenario_form");
let count = 0;

/** Gives a copy of the empty entry names and ids of its own. */
function renumber(entry, from, to) {
  const dashed = (name) => `id_${name.replaceAll("@", "at-").replaceAll(".", "-")}`;
  for (const element of entry.querySelectorAll("*")) {
    for (const attribute of ["name", "id", "for", "aria-describedby", "data-entries"]) {
      const value = element.getAttribute(attribute);
      if (!value) continue;
      const [old, fresh] = ["name", "data-entries"].includes(attribute) ? [from, to] : [dashed(from), dashed(to)];
      if (value === old || value.startsWith(`${old}.`) || value.startsWith(`${old}-`)) {
        element.setAttribute(attribute, fresh + value.slice(old.length));
      }
    }
  }
}

function addEntry(entries) {
  const blank = entries.querySelector(":scope > [data-new]");
  const prefix = entries.dataset.entries;
  const entry = blank.cloneNode(true);
  count += 1;
  renumber(entry, `${prefix}.new`, `${prefix}.added${count}`);
  entry.removeAttribute("data-new");
  entry.hidden = false;
  entry.classList.remove("fl-new");
  entry.open = true;
  entry.querySelector("summary").textContent = blank.querySelector("summary").textContent;
  blank.before(entry);
  enhance(entry);
  changed = true;
  entry.querySelector("input:not([type=checkbox]), textarea, select")?.focus();
}

/** Turns the empty entry, which always stands there, into a button that makes more of them. */
function enhanceAdding(root) {
  for (const entries of root.querySelectorAll("[data-entries]")) {
    const blank = entries.querySelector(":scope > [data-new]");
    if (!blank || entries.querySelector(":scope > [data-add]")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "fl-button fl-small";
    button.dataset.add = "";
    button.textContent = blank.querySelector("summary").textContent;
    blank.hidden = true;
    blank.after(button);
  }
}

function enhance(root) {
  enhanceAdding(root);
  for (const move of root.querySelectorAll("[data-move]")) move.hidden = false;
}

function move(entry, up) {
  const other = up ? entry.previousElementSibling : entry.nextElementSibling;
  if (!other || !other.classList.contains("fl-entry") || other.hidden) return;
  if (up) other.before(entry);
  else other.after(entry);
  changed = true;
}

/** Unfolds everything around the element that the address names. */
function reveal() {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id && document.getElementById(id);
  if (!target) return;
  for (let around = target; around; around = around.parentElement) {
    if (around instanceof HTMLDetailsElement) around.open = true;
  }
  target.scrollIntoView({ block: "start" });
  if (target.matches("input, textarea, select")) target.focus();
}

let changed = false;

if (form) {
  changed = form.hasAttribute("data-changed");
  enhance(form);
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const entry = button.closest(".fl-entry");
    if (button.hasAttribute("data-add")) addEntry(button.parentElement);
    if (button.hasAttribute("data-up")) move(entry, true);
    if (button.hasAttribute("data-down")) move(entry, false);
    if (button.hasAttribute("data-up") || button.hasAttribute("data-down")) button.focus();
  });
  form.addEventListener("input", (event) => {
    changed = true;
    if (event.target.matches("[data-remove]")) {
      event.target.closest(".fl-entry").toggleAttribute("data-gone", event.target.checked);
    }
  });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  window.addEventListener("hashchange", reveal);
  document.getElementById("fl-errors")?.focus();
  reveal();
}
