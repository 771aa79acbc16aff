// @ts-check
/** A paper that was found, as the page shows it. */

import { tokens } from "./search-words.js";
import { _, language } from "./texts.js";

const LONG = 240; // characters of a snippet
const BEFORE = 40; // of them in front of what was found

/** @param {string} date a day, a month or a year, ISO 8601 @returns {string} in words */
export const dated = (date) =>
  new Date(date).toLocaleDateString(language === "en" ? "en-GB" : language, {
    year: "numeric",
    month: date.length > 4 ? "long" : undefined,
    day: date.length > 7 ? "numeric" : undefined,
    timeZone: "UTC",
  });

/**
 * @param {string} tag @param {object} values @param {(Node | string)[]} children
 * @returns {HTMLElement}
 */
export function element(tag, values, ...children) {
  const made = Object.assign(document.createElement(tag), values);
  made.append(...children);
  return made;
}

/** @param {string} path @returns {Promise<Response>} */
export async function fetched(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw Error(path);
  return answer;
}

/** @param {string} text @param {Set<string>} terms @returns {[number, number][]} what to mark */
const spans = (text, terms) =>
  tokens(text)
    .filter((token) => token.terms.some(([, term]) => terms.has(term)))
    .map(({ start, end }) => [start, end]);

/** @param {string} text @param {Set<string>} terms @returns {(Node | string)[]} */
export function marked(text, terms) {
  let done = 0;
  /** @type {(Node | string)[]} */
  const parts = [];
  for (const [start, end] of spans(text, terms)) {
    parts.push(text.slice(done, start), element("mark", {}, text.slice(start, end)));
    done = end;
  }
  return [...parts, text.slice(done)];
}

/** The stretch of a text that has most of the terms. @param {string} text @param {Set<string>} terms */
function snippet(text, terms) {
  const found = spans(text, terms);
  let [start, most] = [0, 0];
  for (const [at] of found) {
    const near = found.filter(([from, to]) => from >= at && to < at + LONG - BEFORE);
    const words = new Set(near.map((span) => text.slice(...span).toLowerCase())).size;
    if (words > most) [start, most] = [at, words];
  }
  start = start > BEFORE ? text.indexOf(" ", start - BEFORE) + 1 : 0;
  const end = start + LONG < text.length ? text.lastIndexOf(" ", start + LONG) : text.length;
  const shown = marked(text.slice(start, end), terms);
  return [start ? "… " : "", ...shown, end < text.length ? " …" : ""];
}

/**
 * @param {string} href @param {string} title @param {string} date ISO 8601, or ""
 * @param {Set<string>} terms
 */
export function result(href, title, date, terms) {
  return element(
    "li",
    { className: "paper" },
    element("h3", { dir: "auto" }, element("a", { href }, ...marked(title, terms))),
    element("p", { className: "by", dir: "auto" }),
    element("p", { className: "hit", dir: "auto" }),
    element("p", { className: "meta" }, element("span", {}, date ? dated(date) : _("search.no_date"))),
  );
}

/** Put in what the paper's own page knows. @param {Element} item @param {Set<string>} terms */
export async function complete(item, terms) {
  const { href } = /** @type {HTMLAnchorElement} */ (item.querySelector("a"));
  const text = await (await fetched(href)).text();
  const page = new DOMParser().parseFromString(text, "text/html");
  const [by, hit, meta] = item.querySelectorAll("p");

  const metas = [...page.querySelectorAll("meta[name=citation_author]")];
  const authors = metas.map((meta) => /** @type {HTMLMetaElement} */ (meta).content);
  const shown = authors.length > 5 ? 4 : 5;
  const rest = authors.length - shown;
  const names = authors.slice(0, shown).join(", ");
  by.append(...marked(rest > 0 ? _("search.and_more", { names, n: rest }) : names, terms));

  const abstract = page.querySelector(".abstract");
  for (const gap of abstract?.querySelectorAll("br") ?? []) gap.replaceWith(" ");
  hit.append(...snippet((abstract?.textContent ?? "").trim().normalize(), terms));
  hit.classList.add("done");

  for (const topic of [...page.querySelectorAll('.facts a[href*="topics/"]')].reverse()) {
    const path = new URL(topic.getAttribute("href") ?? "", href).href;
    meta.prepend(element("a", { className: "chip", href: path }, topic.textContent ?? ""));
  }
}
