// The server's time as this browser can know it, and times as people read them.

import { language } from "./words.js";

let offset = Infinity;
let minutes = formatter();

function formatter(timeZone) {
  const form = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  try {
    return new Intl.DateTimeFormat(language, { ...form, timeZone });
  } catch {
    return new Intl.DateTimeFormat(language, form);
  }
}

/** Show times of day in the reader's zone from now on. */
export function useTimezone(name) {
  minutes = formatter(name);
}

/** Learn from a moment of the server that has just arrived: what travelled least knows best. */
export function heard(at) {
  offset = Math.min(offset, Date.now() - Date.parse(at));
}

/** Return the server's time now, in milliseconds. */
export function now() {
  return Date.now() - (Number.isFinite(offset) ? offset : 0);
}

/** Write milliseconds as 4:05 or 1:02:09. */
export function spell(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = Math.floor(seconds / 60) % 60;
  return hours ? `${hours}:${two(rest)}:${two(seconds % 60)}` : `${rest}:${two(seconds % 60)}`;
}

/** Set a <time> element to a moment of the server in milliseconds. */
export function showTime(element, at) {
  const moment = new Date(at);
  element.dateTime = moment.toISOString();
  const text = minutes.format(moment);
  if (element.textContent !== text) element.textContent = text;
}
