// What a script needs to know about the chosen theme: resolved colours for canvases, and whether things may move.

const probe = document.createElement("span");
probe.hidden = true;

/** Resolve a token such as "--series-1" to the colour that the current theme gives it, as rgb(). */
export function tokenColor(name) {
  document.body.append(probe);
  probe.style.color = `var(${name})`;
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color;
}

/** Whether motion is unwelcome, by preference or by device. */
export function motionReduced() {
  const chosen = document.documentElement.dataset.motion;
  if (chosen === "reduced") return true;
  return chosen !== "full" && matchMedia("(prefers-reduced-motion: reduce)").matches;
}
