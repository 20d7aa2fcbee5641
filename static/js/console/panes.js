// Which part is seen: the tabs of the workbench, and on narrow screens the tabs of the console itself.

import { byId, setText, slot } from "./dom.js";

const KEYBOARD = 120; // pixels of height that only an on-screen keyboard takes away

/** Make a tablist out of buttons with role "tab"; `choose(tab)` shows what belongs to one. */
function tablist(list, choose) {
  const tabs = [...list.querySelectorAll('[role="tab"]')];
  const visible = () => tabs.filter((tab) => tab.getClientRects().length);
  list.addEventListener("click", (event) => {
    const tab = event.target.closest('[role="tab"]');
    if (tab) choose(tab);
  });
  list.addEventListener("keydown", (event) => {
    const around = visible();
    const at = around.indexOf(document.activeElement);
    const rtl = getComputedStyle(list).direction === "rtl" ? -1 : 1;
    const steps = { ArrowRight: at + rtl, ArrowLeft: at - rtl, Home: 0, End: around.length - 1 };
    if (at < 0 || steps[event.key] === undefined) return;
    event.preventDefault();
    const next = around[(steps[event.key] + around.length) % around.length];
    choose(next);
    next.focus();
  });
  return tabs;
}

function select(tabs, chosen) {
  for (const tab of tabs) {
    tab.setAttribute("aria-selected", String(tab === chosen));
    tab.tabIndex = tab === chosen ? 0 : -1;
  }
}

/** The workbench's tabs. Returns `open(name)`, which shows one without moving the focus. */
export function showWorkTabs(storage) {
  const choose = (tab) => {
    select(tabs, tab);
    for (const one of tabs) byId(one.getAttribute("aria-controls")).hidden = one !== tab;
    storage.set("tab", tab.id);
  };
  const tabs = tablist(byId("work-tabs"), choose);
  choose(tabs.find((tab) => tab.id === storage.get("tab")) ?? tabs[0]);
  return (name) => choose(byId(`tab-${name}`));
}

/** The console's own tabs. Returns `open(name)` and `isSeen(name)`. */
export function showPanes({ storage, onChange }) {
  const panes = byId("panes");
  const list = byId("pane-tabs");

  const choose = (tab) => {
    const { pane } = tab.dataset;
    panes.dataset.pane = pane;
    if (pane !== "chat") panes.dataset.side = pane;
    storage.set("pane", pane);
    describe();
  };
  const pick = (tab) => {
    choose(tab);
    onChange();
  };
  const tabs = tablist(list, pick);

  /** With all three parts in sight they are plain regions; where tabs choose among them they are tab panels. */
  function describe() {
    const shown = tabs.filter((tab) => tab.getClientRects().length);
    const name = shown.some((tab) => tab.dataset.pane === panes.dataset.pane) ? panes.dataset.pane : panes.dataset.side;
    for (const tab of tabs) {
      const pane = byId(tab.getAttribute("aria-controls"));
      if (shown.includes(tab)) pane.setAttribute("role", "tabpanel");
      else pane.removeAttribute("role");
    }
    select(tabs, tabs.find((tab) => tab.dataset.pane === name));
  }

  new ResizeObserver(describe).observe(panes);
  choose(tabs.find((tab) => tab.dataset.pane === storage.get("pane")) ?? tabs[1]);

  return {
    open: (name) => pick(byId(`pane-tab-${name}`)),
    isSeen: (name) => byId(`pane-${name}`).getClientRects().length > 0,
  };
}

/** Show how many messages came while the chat was out of sight; nothing for none. */
export function showUnread(number) {
  const badge = byId("unread");
  badge.hidden = !number;
  setText(slot(badge, "count"), String(number));
}

/** Keep the page as tall as what the on-screen keyboard leaves, so that the composer stays above it. */
export function fitToKeyboard() {
  const view = window.visualViewport;
  if (!view) return;
  const fit = () => {
    if (view.scale > 1.05) return; // somebody zooms in, which is not a keyboard
    document.documentElement.style.setProperty("--view-height", `${Math.round(view.height)}px`);
    document.documentElement.toggleAttribute("data-keyboard", window.innerHeight - view.height > KEYBOARD);
    if (window.scrollY) window.scrollTo(0, 0);
  };
  view.addEventListener("resize", fit);
  view.addEventListener("scroll", fit);
  fit();
}
