// Small helpers around the page. Markup lives in the page's <template> elements, scripts fill their slots.

export const byId = (id) => document.getElementById(id);

/** Return a copy of the first element of template `t-<name>`. */
export function make(name) {
  return byId(`t-${name}`).content.firstElementChild.cloneNode(true);
}

export function slot(node, name) {
  return node.querySelector(`[data-slot="${name}"]`);
}

/** Set the text of slots, and leave alone what reads so already: a live region speaks only of what is new. */
export function fill(node, texts) {
  for (const [name, text] of Object.entries(texts)) setText(slot(node, name), text);
}

export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Show an error at its field, or take it away when `text` is empty. */
export function setError(node, text) {
  node.hidden = !text;
  setText(node, text ?? "");
}

/** Characters as the server counts them: code points, not halves of them. */
export function length(text) {
  return [...text].length;
}

/** Call `work` once things have been quiet for `milliseconds`. */
export function debounce(work, milliseconds) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, milliseconds);
  };
}
