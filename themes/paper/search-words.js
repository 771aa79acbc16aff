// @ts-check
/** Texts to the terms by which papers are found, as sitegen/search/words.py makes them. */

const STOP_WORDS = new Set(
  ("a an and are as at be been by for from has have in into is it its of on or s such t than that " +
    "the their these this to was we were which while with").split(" "),
);
const LONGEST = 32;
const SHORTEST_PART = 3;
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ" };
const WORD = "[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}]*";
const HYPHEN = /[-\u2010\u2011]/;
const ASCII = /^[\0-\x7f]*$/;
const CJK =
  /([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{2fa1f}]+)/u;

/**
 * @typedef {object} Token
 * @property {number} start in the text, which is to be in NFC
 * @property {number} end
 * @property {string[]} words as they are written
 * @property {[number, string][]} terms with their places in the token
 * @property {number} width how many places it takes
 */

/** @param {string} word @returns {string} the word without accents and case */
export const fold = (word) =>
  ASCII.test(word)
    ? word.toLowerCase()
    : word
        .normalize("NFKD")
        .toLowerCase()
        .replace(/[ßæœøłđðþıς]/g, (letter) => LETTERS[/** @type {"ß"} */ (letter)])
        .replace(/[^\p{L}\p{N}]+/gu, "")
        .normalize("NFC");

/** @param {string} folded @returns {string} its term */
export const term = (folded) => (/^[a-z]+$/.test(folded) ? stem(folded) : folded).slice(0, LONGEST);

/** @param {string} text in NFC @returns {Token[]} */
export function tokens(text) {
  const found = [];
  for (const match of text.matchAll(new RegExp(`${WORD}(?:[-\\u2010\\u2011]\\p{M}*${WORD})*`, "gu"))) {
    const words = match[0].split(HYPHEN);
    /** @type {[number, string][]} */
    const terms = [];
    let width = 0;
    for (const word of words) {
      const folded = fold(word);
      if (CJK.test(folded)) {
        for (const pair of pairs(folded)) terms.push([width++, pair]);
        continue;
      }
      if (folded && !STOP_WORDS.has(folded)) {
        for (const form of forms(word, folded)) terms.push([width, form]);
      }
      width++;
    }
    if (words.length === 2 && width === 2) {
      const both = term(fold(words.join("")));
      if (!terms.some(([at, one]) => !at && one === both)) terms.push([0, both]);
    }
    found.push({ start: match.index, end: match.index + match[0].length, words, terms, width });
  }
  return found;
}

/** @param {string} word @param {string} folded @returns {Set<string>} its term, and its parts' */
function forms(word, folded) {
  const all = [folded];
  if (/[a-z][A-Z]/.test(word) && ASCII.test(word)) {
    const parts = word.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g) || [];
    if (parts.every((part) => part.length >= SHORTEST_PART)) all.push(...parts.map(fold));
  }
  return new Set(all.map(term));
}

/** @param {string} folded @returns {string[]} pairs of characters, and words between them */
const pairs = (folded) =>
  folded.split(CJK).flatMap((run, number) => {
    if (!(number % 2)) return run ? [term(run)] : [];
    const letters = [...run];
    if (letters.length < 3) return [run];
    return letters.slice(1).map((letter, at) => letters[at] + letter);
  });

// The Porter stemmer of Snowball, https://snowballstem.org/algorithms/english/stemmer.html
const EXCEPTIONS =
  "andes andes atlas atlas bias bias cosmos cosmos howe howe news news sky sky early earli gently " +
  "gentl idly idl only onli singly singl skies sky skis ski ugly ugli";
/** @param {string} list @returns {Record<string, string>} */
const table = (list) =>
  Object.fromEntries([...list.matchAll(/(\S+) (\S+)/g)].map(([, from, to]) => [from, to]));
const WHOLE = table(EXCEPTIONS);
const SECOND = table(
  "tional tion enci ence anci ance abli able entli ent izer ize ization ize ational ate ation ate " +
    "ator ate alism al aliti al alli al fulli ful fulness ful ousli ous ousness ous iveness ive " +
    "iviti ive biliti ble bli ble ogist og ogi og lessli less li -",
);
const THIRD = table(
  "tional tion ational ate alize al icate ic iciti ic ical ic ful - ness - ative -",
);
const FOURTH =
  /(?:ement|ment|ent|ance|ence|able|ible|ant|ism|ate|iti|ous|ive|ize|ion|al|er|ic)$/;
const SHORT = /[^aeiouy][aeiouy][^aeiouywxY]$|^[aeiouy][^aeiouy]$|past$/;

/** @param {Record<string, string>} suffixes */
const ending = (suffixes) => new RegExp(`(?:${Object.keys(suffixes).join("|")})$`);
const [SECONDS, THIRDS] = [ending(SECOND), ending(THIRD)];

/** @param {string} word of a to z @returns {string} */
export function stem(word) {
  if (word.length < 3) return word;
  if (Object.hasOwn(WHOLE, word)) return WHOLE[word];
  let w = "";
  for (const letter of word) {
    w += letter === "y" && (!w || /[aeiouy]$/.test(w)) ? "Y" : letter;
  }
  const first = /^(?:arsen|commun|emerg|gener|inter|later|organ|past|univers)|[aeiouy][^aeiouy]/;
  const region = (/** @type {number} */ from, /** @type {RegExp} */ pattern) => {
    const match = pattern.exec(w.slice(from));
    return match ? from + match.index + match[0].length : w.length;
  };
  const r1 = region(0, first);
  const r2 = region(r1, /[aeiouy][^aeiouy]/);

  if (w.endsWith("sses")) w = w.slice(0, -2);
  else if (/ie[ds]$/.test(w)) w = w.slice(0, w.length > 4 ? -2 : -1);
  else if (/[aeiouy].+s$/.test(w) && !/[us]s$/.test(w)) w = w.slice(0, -1);

  const inflected = /(?:eed|ing|ed)(?:ly)?$/.exec(w);
  if (inflected) {
    const before = w.slice(0, inflected.index);
    if (inflected[0].startsWith("eed")) {
      if (inflected.index >= r1 && !/^(?:succ|proc|exc)$/.test(before)) w = before + "ee";
    } else if (inflected[0] === "ing" && /^[^aeiouy]y$/.test(before)) {
      w = before[0] + "ie";
    } else if (inflected[0] === "ing" && /^(?:even|cann|inn|earr|herr|out)$/.test(before)) {
      // stays
    } else if (/[aeiouy]/.test(before)) {
      w = before;
      if (/(?:at|bl|iz)$/.test(w)) w += "e";
      else if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(w)) {
        if (!/^[aeo]..$/.test(w)) w = w.slice(0, -1);
      } else if (w.length === r1 && SHORT.test(w)) w += "e";
    }
  }
  if (/.[^aeiouy][yY]$/.test(w)) w = w.slice(0, -1) + "i";

  const change = (/** @type {RegExp} */ pattern, /** @type {Record<string, string>} */ to) => {
    const match = pattern.exec(w);
    if (!match || match.index < r1) return;
    const [suffix] = match;
    const before = w.slice(0, match.index);
    if (suffix === "li" && !/[cdeghkmnrt]$/.test(before)) return;
    if (suffix === "ogi" && !before.endsWith("l")) return;
    if (suffix === "ative" && match.index < r2) return;
    w = before + to[suffix].replace("-", "");
  };
  change(SECONDS, SECOND);
  change(THIRDS, THIRD);

  const fourth = FOURTH.exec(w);
  if (fourth && fourth.index >= r2 && (fourth[0] !== "ion" || /[st]ion$/.test(w))) {
    w = w.slice(0, fourth.index);
  }
  const end = w.length - 1;
  if (w.endsWith("e") ? end >= r2 || (end >= r1 && !SHORT.test(w.slice(0, -1))) : w.endsWith("ll") && end >= r2) {
    w = w.slice(0, -1);
  }
  return w.toLowerCase();
}
