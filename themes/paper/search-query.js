// @ts-check
/** What people type, taken apart. The syntax is explained in content/pages/about/search.md. */

import { fold, term, tokens } from "./search-words.js";

/**
 * @typedef {[place: number, term: string][]} Way terms side by side; mostly it is one
 * @typedef {object} Need what a paper has to have, or must not have
 * @property {string} text as it was typed
 * @property {boolean} not
 * @property {boolean} counts whether papers are ranked by it
 * @property {boolean} loose whether a paper may lack it where none has all
 * @property {Way[]} ways one of them is enough
 * @property {string} open the folded word, if it may be the beginning of one
 * @property {string} word the folded word, if it may be mistyped
 * @typedef {{ topics: [slug: string, name: string][], sources: string[] }} Names
 */

const FIELD = /^(author|topic|source|has|after|before|listed):(?=.)/i;
const DAY = /^\d{4}(?:-\d\d){0,2}$/;
const IDENTIFIERS = [
  /(?:^|[/:.])(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?(?:\.pdf)?(?:[?#].*)?$/i,
  /(?:^|\/)([a-z]\d\d-\d{4}|\d{4}\.\w+-\w+\.\d+)(?:v\d+)?(?:\.(?:pdf|bib|xml))?\/?$/i,
  /(10\.\d{4,9}(?:\.\d+)*\/.+)$/,
];

/** @param {string} text @returns {string[]} the pieces of a query: blanks stand in quotes alone */
export const pieces = (text) => text.match(/(?:[^\s"]|"[^"]*(?:"|$))+/g) || [];

/** @param {string} text @returns {string[]} the terms of identifiers that the text may be */
export const identifiers = (text) =>
  IDENTIFIERS.flatMap((pattern) => pattern.exec(text.trim())?.[1].toLowerCase() ?? []).map(
    (id) => "=" + id.replace(/^([a-z-]+)\.[a-z]{2}\//, "$1/"),
  );

/**
 * The needs of a query, and the days it asks for: from `after`, to the day before `before`.
 * @param {string} text @param {Names} names
 */
export function parse(text, names) {
  /** @type {Need[]} */
  const needs = [];
  let [after, before] = ["", "9"];
  const all = pieces(text.normalize("NFC"));
  all.forEach((piece, at) => {
    const not = /^-[^-]/.test(piece);
    const bare = not ? piece.slice(1) : piece;
    const field = FIELD.exec(bare)?.[1].toLowerCase() ?? "";
    const value = bare.slice(field ? field.length + 1 : 0).replaceAll('"', "");
    const quoted = bare.includes('"');
    const last = at === all.length - 1 && !quoted && !not;
    /** @param {Way[]} ways @param {Partial<Need>} [more] */
    const need = (ways, more) =>
      needs.push({ text: value, not, counts: true, loose: false, ways, open: "", word: "", ...more });

    if (field === "after" || field === "before" || field === "listed") {
      if (!DAY.test(value)) return;
      if (field !== "before" && value > after) after = value;
      if (field === "before" && value < before) before = value;
      if (field === "listed" && value + "~" < before) before = value + "~";
    } else if (field === "topic" || field === "source" || field === "has") {
      const ways = terms(field, value, names).map((one) => [[0, one]]);
      need(/** @type {Way[]} */ (ways), { counts: false });
    } else if (field || quoted || not) {
      const found = words(value);
      const person = field === "author";
      if (found.length && !(person && (found.length === 1 || !(quoted || not)))) {
        need([found.map(({ place, term }) => [place, term])]);
      }
      if (person && (found.length === 1 || !not)) {
        for (const { word } of found) need([[[0, word + "@"]]], { open: last ? word : "" });
      }
    } else {
      const found = words(value);
      found.forEach(({ term, word, both }, number) => {
        const open = last && number === found.length - 1 ? word || term : "";
        const ways = [term, both].flatMap((one) => (one ? [[[0, one]]] : []));
        need(/** @type {Way[]} */ (ways), { text: word || term, loose: true, word, open });
      });
    }
  });
  return { needs, after, before };
}

/** @param {string} text the words of a text at their places, `both` if two are written as one */
function words(text) {
  const found = [];
  let start = 0;
  for (const { words, terms, width } of tokens(text)) {
    const plain = words.length === width;
    const both = words.length === 2 && plain ? term(fold(words.join(""))) : "";
    let before = -1;
    for (const [place, one] of terms) {
      // What else stands at a place are parts of a name in mixed case, or both words as one.
      if (place <= before || (one === both && words.length > 1)) continue;
      before = place;
      const word = plain ? fold(words[place]) : "";
      found.push({ place: start + place, term: one, word, both });
    }
    start += width;
  }
  return found;
}

/**
 * The terms of topics or sources that a text names, wholly or in part.
 * @param {"topic" | "source" | "has"} field @param {string} text @param {Names} names
 */
function terms(field, text, names) {
  const wanted = fold(text);
  if (field === "has") return ["!" + wanted];
  const all =
    field === "topic"
      ? names.topics.map(([slug, name]) => ["#" + slug, slug, name])
      : names.sources.map((name) => ["$" + name, name]);
  /** @param {(name: string) => boolean} fits */
  const fitting = (fits) =>
    all.filter(([, ...own]) => own.map(fold).some(fits)).map(([found]) => found);
  const whole = fitting((name) => name === wanted);
  return whole.length ? whole : fitting((name) => name.includes(wanted));
}
