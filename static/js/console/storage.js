// What this browser keeps of a session until the server has it. Without storage (private windows) nothing breaks.

/** Return a keeper of texts whose keys all begin with `prefix`. */
export function openStorage(prefix) {
  const guarded = (work, otherwise) => {
    try {
      return work();
    } catch {
      return otherwise;
    }
  };
  return {
    get: (key) => guarded(() => localStorage.getItem(prefix + key), null),
    set: (key, text) => guarded(() => localStorage.setItem(prefix + key, text)),
    remove: (key) => guarded(() => localStorage.removeItem(prefix + key)),
    /** Return the keys that begin with `start`, without the prefix. */
    keys: (start = "") =>
      guarded(() => Object.keys(localStorage), [])
        .filter((key) => key.startsWith(prefix + start))
        .map((key) => key.slice(prefix.length)),
    clear() {
      for (const key of this.keys()) this.remove(key);
    },
  };
}

/** Return the stored JSON, or null where there is none that can be read. */
export function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
