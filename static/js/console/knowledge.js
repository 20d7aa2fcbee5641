// The knowledge base: results like a search engine's, with who vouches for each in words and colour, and articles
// whose reading time counts only while they can be seen.

import { byId, fill, make, setText, slot } from "./dom.js";
import { language, say, sayCount } from "./words.js";

const TONES = { official: "chip-good", vendor: "chip-note", community: "chip-warn", unknown: "chip-bad" };
const dates = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });

export function showKnowledge({ outbox, note, reading, onReopen }) {
  const search = byId("knowledge-search");
  const article = byId("article");
  const query = byId("knowledge-query");
  const count = byId("knowledge-count");
  const opened = new Set(reading.opened);
  const cited = new Set(reading.cited);
  let shown = null; // key of the article on the page
  let isRead = false; // whether its reading time runs
  let latest = 0;

  async function find() {
    const text = query.value.trim();
    if (!text) return;
    const number = ++latest;
    setText(count, say(outbox.isConnected ? "knowledge.searching" : "knowledge.kept"));
    const answer = await outbox.submit({ type: "knowledge.search", query: text });
    if (number !== latest) return;
    if (answer.type === "error") setText(count, say("knowledge.refused", { detail: answer.detail }));
    else showResults(answer);
  }

  function showResults({ query: asked, corrected, results }) {
    byId("knowledge-start").hidden = true;
    byId("knowledge-none").hidden = results.length > 0;
    const key = corrected ? "knowledge.corrected" : "knowledge.count";
    setText(count, results.length ? sayCount(key, results.length, { query: asked, corrected }) : "");
    byId("knowledge-results").replaceChildren(...results.map(drawHit));
    byId("panel-knowledge").scrollTop = 0;
  }

  function drawHit(hit) {
    const item = make("hit");
    fill(item, { title: hit.title, origin: originOf(hit) });
    slot(item, "snippet").innerHTML = hit.snippet_html; // escaped by the server, with <mark> alone put in
    showCredibility(slot(item, "credibility"), hit);
    slot(item, "read").hidden = !opened.has(hit.key);
    item.dataset.article = hit.key;
    slot(item, "title").addEventListener("click", () => openArticle(hit.key));
    return item;
  }

  function originOf({ source, published_on: date, url }) {
    const site = url ? url.replace(/^https?:\/\//, "").split("/")[0] : "";
    return [source, dates.format(new Date(date)), site].filter(Boolean).join(" · ");
  }

  function showCredibility(chip, { credibility, credibility_label: label }) {
    chip.className = `chip ${TONES[credibility] ?? "chip-line"}`;
    const mark = byId(`t-credibility-${credibility}`)?.content.cloneNode(true);
    chip.replaceChildren(...(mark ? [mark] : []), label);
  }

  async function openArticle(key) {
    const answer = await outbox.submit({ type: "article.open", article: key });
    if (answer.type === "error") {
      setText(count, say("knowledge.refused", { detail: answer.detail }));
      return;
    }
    opened.add(key);
    shown = key;
    isRead = true;
    showArticle(answer.article);
  }

  function showArticle(view) {
    fill(article, { title: view.title, origin: originOf(view), sentence: view.credibility_sentence });
    showCredibility(slot(article, "credibility"), view);
    const body = byId("article-body");
    body.innerHTML = view.body_html; // cleaned by the server
    for (const link of body.querySelectorAll("a")) Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
    showCited();
    setText(byId("article-said"), "");
    search.hidden = true;
    article.hidden = false;
    byId("panel-knowledge").scrollTop = 0;
    if (article.getClientRects().length) byId("article-title").focus();
    else stopReading();
  }

  function showCited() {
    fill(byId("article-cite"), { cite: say(cited.has(shown) ? "article.cited" : "article.cite") });
  }

  function back() {
    const key = shown;
    stopReading();
    shown = null;
    article.hidden = true;
    search.hidden = false;
    const hit = byId("knowledge-results").querySelector(`[data-article="${CSS.escape(key ?? "")}"]`);
    if (hit) slot(hit, "read").hidden = false;
    (hit ? slot(hit, "title") : query).focus();
  }

  function stopReading() {
    if (!isRead) return;
    isRead = false;
    outbox.submit({ type: "article.close" });
  }

  async function cite() {
    const key = shown;
    const answer = await outbox.submit({ type: "article.cite", article: key });
    if (answer.type === "error") {
      setText(byId("article-said"), say("knowledge.refused", { detail: answer.detail }));
      return;
    }
    cited.add(key);
    note.add(answer.citation);
    showCited();
    setText(byId("article-said"), say("article.added"));
  }

  byId("knowledge-form").addEventListener("submit", (event) => {
    event.preventDefault();
    find();
  });
  byId("article-back").addEventListener("click", back);
  byId("article-cite").addEventListener("click", cite);
  new IntersectionObserver(([entry]) => {
    if (!shown || entry.isIntersecting === isRead) return;
    if (!entry.isIntersecting) stopReading();
    else {
      isRead = true;
      outbox.submit({ type: "article.open", article: shown });
    }
  }).observe(article);
  if (reading.open) {
    onReopen();
    openArticle(reading.open);
  }
}
