// @ts-check
/** The search page: what is typed, what is found, and what narrows it. */

import { identifiers, pieces } from "./search-query.js";
import { Index } from "./search-ranking.js";
import { complete, dated, element, fetched, result } from "./search-results.js";
import { _, written } from "./texts.js";

const PAGE = 10; // results at once
const PAUSE = 30; // milliseconds without a key before a search
const QUIET = 200; // and before the papers' pages are asked for
const FEW = 20_000; // papers that are counted by topic and source unasked, where there is room
const MOST = 12; // topics to choose from

/** @param {string} id */
const by = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const [input, results, more, order, facets] = ["q", "results", "more", "order", "facets"].map(by);
const field = /** @type {HTMLInputElement} */ (input);
const form = /** @type {HTMLFormElement} */ (field.form);
const box = /** @type {HTMLDetailsElement} */ (facets.querySelector("details"));
const newest = /** @type {HTMLInputElement} */ (order.querySelector("[value=date]"));
const wide = matchMedia("(min-width: 66rem)");

const about = JSON.parse(results.dataset.index ?? "");
const index = new Index(async (path) => {
  const body = /** @type {ReadableStream} */ ((await fetched(path)).body);
  return new Response(body.pipeThrough(new DecompressionStream("deflate"))).arrayBuffer();
}, about);

/** @type {import("./search-ranking.js").Found} */
let shown;
let turn = 0; // the number of the search that counts
let typed = false; // it followed a key

/** Where there is room for them, counts of few papers are shown unasked. */
function unfold() {
  box.open = wide.matches && index.size <= FEW;
}

/** @param {string} text */
const say = (text) => (by("found").textContent = text);

/** Completes results that come into view. */
const watch = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    watch.unobserve(target);
    complete(target, shown.terms).catch(() => 0); // it has its title
  }
});

/** Show what was found, or more of it. @param {number} from */
async function show(from) {
  const own = turn;
  const { papers, terms } = shown;
  const known = await Promise.all(papers.slice(from, from + PAGE).map((at) => index.paper(at)));
  if (own !== turn) return;
  const items = known.map(([path, title], at) =>
    result(path, title, index.day(papers[from + at]), terms),
  );
  if (from) results.append(...items);
  else results.replaceChildren(...items);
  more.hidden = results.children.length >= papers.length;
  if (from) items[0].querySelector("a")?.focus();
  const look = () => own === turn && items.forEach((item) => watch.observe(item));
  setTimeout(look, typed ? QUIET : 0);
}

/** Search for what stands in the field. @param {boolean} typing the last word may still grow */
async function search(typing) {
  const own = ++turn;
  const text = field.value.trim();
  typed = typing;
  const state = new URLSearchParams(text && { q: text });
  if (newest.checked) state.set("sort", "date");
  history.replaceState(null, "", `?${state}`);
  facets.hidden = !text;
  try {
    const paper = await known(text);
    const found = paper ?? (await index.find(text, { typing, newest: newest.checked }));
    if (own !== turn) return;
    shown = found;
    await show(0);
    if (own !== turn) return;
    say(text && told());
    by("help").hidden = found.papers.length > 0;
    order.hidden = found.papers.length < 2;
    await narrow(text);
    if (paper && !typing) {
      history.replaceState(null, "", "?"); // who comes back is not sent on again
      location.href = (await index.paper(paper.papers[0]))[0];
    }
  } catch {
    if (own === turn) say(_("search.broken"));
  }
}

/** The paper that has what was typed as an identifier. @param {string} text */
async function known(text) {
  for (const id of /\s/.test(text) ? [] : identifiers(text)) {
    const [paper] = await index.having(id);
    if (paper !== undefined) return index.only(paper);
  }
}

/** What is said of the papers found. */
function told() {
  const { papers: found, changed, partly } = shown;
  const taken = changed.map(([word, others]) => {
    const named = others.slice(0, 3).map((other) => _("search.taken_word", { word: other }));
    return _("search.taken", { word, others: named.join(_("search.or")) });
  });
  const n = found.length;
  if (!n) return _("search.nothing");
  if (partly) return _("search.partly", { n });
  return _("search.found", { n }) + taken.join("");
}

/** Put a part into the query, or take it out. @param {string} part @param {RegExp} [instead] */
function toggle(part, instead) {
  const all = pieces(field.value);
  const rest = all.filter((one) => one !== part && !instead?.test(one));
  field.value = [...rest, ...(all.includes(part) ? [] : [part])].join(" ");
  search(false);
}

/**
 * @param {string} name
 * @param {[part: string, label: string, count: number][]} rows @param {RegExp} [instead]
 */
function facet(name, rows, instead) {
  const chosen = pieces(field.value);
  const boxes = rows.map(([part, label, count]) => {
    const onchange = () => toggle(part, instead);
    const checked = chosen.includes(part);
    return element(
      "label",
      { hidden: !count && !checked },
      element("input", { type: "checkbox", id: part, checked, onchange }),
      element("span", { dir: "auto" }, label),
      element("span", { className: "num" }, written(count)),
    );
  });
  const values = { className: "check", role: "group", ariaLabel: name };
  return boxes.some(({ hidden }) => !hidden) ? [element("div", values, element("h2", {}, name), ...boxes)] : [];
}

/** Count what was found by topic, day, source and code. @param {string} text */
async function narrow(text) {
  const own = turn;
  const { has } = shown;
  if (!box.open) return;
  const counted = ["#", "$", "!"];
  const [topics = [], sources = [], code = []] = await Promise.all(
    counted.map((mark) => index.facet(mark, has)),
  );
  if (own !== turn) return;
  const names = new Map(about.topics);
  const focused = document.activeElement?.id ?? "";
  const year = /listed:(\d{4})/.exec(text)?.[1] ?? "-";
  by("counts").replaceChildren(
    ...facet(_("search.topic"), topics.slice(0, MOST).map(([slug, n]) => [`topic:${slug}`, names.get(slug), n])),
    ...facet(_("search.listed"), index.dates(has, year).map(([date, n]) => [`listed:${date}`, dated(date), n]), /^listed:/),
    ...facet(_("search.source"), sources.map(([name, n]) => [`source:${/\s/.test(name) ? `"${name}"` : name}`, name, n])),
    ...facet(_("search.has"), code.map(([name, n]) => [`has:${name}`, _("search.code"), n])),
  );
  if (facets.contains(document.activeElement) || focused.includes(":")) by(focused)?.focus();
}

let timer = 0;
let pasted = false;
field.addEventListener("paste", () => (pasted = true));
field.addEventListener("input", () => {
  const typing = !pasted;
  pasted = false;
  clearTimeout(timer);
  timer = setTimeout(search, PAUSE, typing);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  search(false);
});
order.addEventListener("change", () => search(false));
more.addEventListener("click", () => show(results.children.length));
box.addEventListener("toggle", () => shown && narrow(field.value));
wide.addEventListener("change", unfold);
document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const stops = [field, ...results.querySelectorAll("h3 a")];
  const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const next = /** @type {HTMLElement | undefined} */ (step && at >= 0 && stops[at + step]);
  if (!next || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  next.focus();
});

by("still").remove();
unfold();
if ("DecompressionStream" in window) {
  form.hidden = false;
  const state = new URLSearchParams(location.search);
  field.value = state.get("q") ?? "";
  newest.checked = state.get("sort") === "date";
  if (field.value) search(false);
  else field.focus();
} else {
  say(_("search.old_browser"));
}
