// The debrief: a quotation shows the words that it was taken from, and leads back to where one was. Without this file
// every quotation is a link to its place.

import { motionReduced } from "./theme.js";

const scroller = document.getElementById("transcript");
const back = document.getElementById("back-to-place");
let cameFrom = null;

/** The marked pieces that a quotation covers: its anchor tells from where to where. */
function piecesOf(place, anchor) {
  const [kind, ...numbers] = anchor.split("-");
  if (kind !== "said" && kind !== "note") return [place];
  const [start, end] = numbers.slice(-2).map(Number);
  const text = place.closest(".line-text, .note-text");
  return [...text.querySelectorAll("mark")].filter(
    (mark) => Number(mark.dataset.start) >= start && Number(mark.dataset.end) <= end,
  );
}

function isBeside(place) {
  return scroller.contains(place) && scroller.scrollHeight > scroller.clientHeight;
}

/** Scroll a box so that `place` stands in its middle, without moving the page. */
function centre(box, place) {
  const offset = place.getBoundingClientRect().top - box.getBoundingClientRect().top;
  box.scrollTo({ top: box.scrollTop + offset - box.clientHeight / 2 + place.clientHeight / 2, behavior: motionReduced() ? "auto" : "smooth" });
}

function show(link) {
  const anchor = link.hash.slice(1);
  const place = document.getElementById(anchor);
  if (!place) return false;
  for (const shown of document.querySelectorAll(".is-shown")) shown.classList.remove("is-shown");
  const target = place.closest(".moment") ?? place;
  const pieces = target.matches(".moment, .line") ? [target] : piecesOf(place, anchor);
  for (const piece of pieces) piece.classList.add("is-shown");
  const first = pieces[0] ?? place;
  const box = isBeside(place) ? scroller : first.closest(".timeline-box");
  if (box === scroller) {
    centre(scroller, first);
    back.hidden = true;
  } else {
    if (box) centre(box, first);
    cameFrom = link;
    first.scrollIntoView({ block: "center" });
    back.hidden = false;
  }
  return true;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-quote]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (show(link)) event.preventDefault();
});

back.addEventListener("click", (event) => {
  event.preventDefault();
  back.hidden = true;
  if (!cameFrom) return;
  cameFrom.scrollIntoView({ block: "center" });
  cameFrom.focus({ preventScroll: true });
});

document.getElementById("print-page")?.addEventListener("click", () => window.print());
