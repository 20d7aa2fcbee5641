// The catalogue: every word that a script shows stands, translated, in the page's template "words".

const words = new Map();
for (const entry of document.getElementById("words").content.querySelectorAll("[data-word]")) {
  words.set(entry.dataset.word, entry.textContent);
}

export const language = document.documentElement.lang || "en";
const plural = new Intl.PluralRules(language);

/** Return the words of `key`, with each `{name}` replaced from `values`. */
export function say(key, values = {}) {
  const text = words.get(key) ?? "";
  return text.replace(/\{(\w+)\}/g, (slot, name) => values[name] ?? slot);
}

/** Return the words of `key` that fit `number`, which they may show as `{count}`. */
export function sayCount(key, number, values = {}) {
  const form = `${key}.${plural.select(number)}`;
  return say(words.has(form) ? form : `${key}.other`, { count: number.toLocaleString(language), ...values });
}

export function knows(key) {
  return words.has(key);
}
