// Draws each chart from the table beside it, so that the picture and the figures cannot differ. A figure.chart holds a
// hidden box with a canvas and a table: th[data-series] name a colour token, tr[data-x] a place, td[data-value] a figure.

import { motionReduced, tokenColor } from "./theme.js";

const drawn = new Map();

/** What a chart's table says: one series for each th[data-series], with a value or null for each row. */
function readTable(figure) {
  const heads = [...figure.querySelectorAll("thead th")];
  const rows = [...figure.querySelectorAll("tbody tr[data-x]")];
  const series = heads.flatMap((head, column) =>
    head.dataset.series ? [{ head, column, label: head.textContent.trim() }] : [],
  );
  return {
    rows,
    series: series.map(({ head, column, label }) => ({
      label,
      token: head.dataset.series,
      main: "main" in head.dataset,
      values: rows.map((row) => {
        const value = row.cells[column].dataset.value;
        return value === undefined || value === "" ? null : Number(value);
      }),
    })),
  };
}

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

const DASHES = [[], [7, 4], [2, 3], [9, 3, 2, 3], [4, 2], [1, 2]];

function datasets(data, timed) {
  const single = data.series.length === 1;
  const emphasised = data.series.some((one) => one.main);
  return data.series.map((one, index) => {
    const color = tokenColor(one.token);
    const strong = one.main || (!emphasised && (single || index === 0));
    return {
      label: one.label,
      data: timed ? one.values.map((y, row) => ({ x: Number(data.rows[row].dataset.x), y })) : one.values,
      borderColor: color,
      backgroundColor: color,
      pointBackgroundColor: color,
      borderWidth: strong ? 3 : 1.75,
      borderDash: strong ? [] : DASHES[index % DASHES.length],
      pointRadius: strong ? 3 : 2,
      pointHoverRadius: 6,
      pointHitRadius: 12,
      clip: 10,
      spanGaps: true,
      stepped: timed ? "before" : false,
      tension: 0,
      order: strong ? 0 : 1,
    };
  });
}

function scales(figure, data, timed) {
  const ink = tokenColor("--ink-soft");
  const line = tokenColor("--line");
  const axis = { border: { color: line }, grid: { color: line, drawTicks: false }, ticks: { color: ink, padding: 8 } };
  const title = { display: Boolean(figure.dataset.xLabel), text: figure.dataset.xLabel, color: ink };
  const last = data.rows.length ? Number(data.rows.at(-1).dataset.x) : 0;
  const step = [30, 60, 120, 300, 600, 1200].find((each) => last / each <= 9) ?? 3600;
  const x = timed
    ? { ...axis, type: "linear", min: 0, title, grid: { display: false }, ticks: { ...axis.ticks, stepSize: step, callback: clock } }
    : { ...axis, title, grid: { display: false }, ticks: { ...axis.ticks, maxRotation: 0, autoSkipPadding: 16 } };
  return { x, y: { ...axis, min: 0, max: 100, ticks: { ...axis.ticks, stepSize: 25 } } };
}

/** The notes of a row (what moved the mood, how many runs) stand under the figures of its tooltip. */
function tooltip(data, timed) {
  return {
    backgroundColor: tokenColor("--raised"),
    titleColor: tokenColor("--ink"),
    bodyColor: tokenColor("--ink"),
    footerColor: tokenColor("--ink-soft"),
    borderColor: tokenColor("--edge"),
    borderWidth: 1,
    padding: 10,
    usePointStyle: true,
    callbacks: {
      title: (items) => (items.length ? (timed ? clock(items[0].parsed.x) : items[0].label) : ""),
      footer: (items) => (items.length ? data.rows[items[0].dataIndex].dataset.note?.split(" · ") ?? "" : ""),
    },
  };
}

/** A legend in HTML: it is read aloud, grows with the text, and shows the dashes. */
function addLegend(figure, sets) {
  figure.querySelector(".chart-legend")?.remove();
  if (sets.length < 2) return;
  const list = document.createElement("ul");
  list.className = "chart-legend";
  for (const set of sets) {
    const entry = document.createElement("li");
    const key = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    key.setAttribute("class", "chart-key");
    key.setAttribute("viewBox", "0 0 20 12");
    key.setAttribute("aria-hidden", "true");
    const stroke = document.createElementNS("http://www.w3.org/2000/svg", "path");
    stroke.setAttribute("d", "M0 6h20");
    stroke.setAttribute("stroke", set.borderColor);
    stroke.setAttribute("stroke-width", String(set.borderWidth));
    stroke.setAttribute("stroke-dasharray", set.borderDash.join(" "));
    key.append(stroke);
    entry.append(key, set.label);
    list.append(entry);
  }
  figure.prepend(list);
}

function draw(figure) {
  const timed = figure.dataset.chart === "mood";
  const data = readTable(figure);
  const box = figure.querySelector(".chart-box");
  box.hidden = false;
  const sets = datasets(data, timed);
  addLegend(figure, sets);
  drawn.get(figure)?.destroy();
  const labels = data.rows.map((row) => row.dataset.label ?? row.cells[0].textContent.trim());
  const chart = new window.Chart(figure.querySelector("canvas"), {
    type: "line",
    data: timed ? { datasets: sets } : { labels, datasets: sets },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      animation: motionReduced() ? false : { duration: 300 },
      interaction: { mode: "index", intersect: false },
      font: { family: getComputedStyle(document.body).fontFamily },
      plugins: { legend: { display: false }, tooltip: tooltip(data, timed) },
      scales: scales(figure, data, timed),
    },
  });
  drawn.set(figure, chart);
}

function drawAll() {
  if (!window.Chart) return;
  window.Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  window.Chart.defaults.font.size = 0.8125 * parseFloat(getComputedStyle(document.documentElement).fontSize);
  for (const figure of document.querySelectorAll(".chart[data-chart]")) draw(figure);
}

// Colours of a canvas do not follow the theme by themselves.
for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"]) {
  matchMedia(query).addEventListener("change", drawAll);
}
drawAll();
