// @ts-check
/** Which papers a query finds, the best first. */

import { parse } from "./search-query.js";
import { Segment, behind } from "./search-shards.js";
import { fold, term } from "./search-words.js";

/**
 * @typedef {import("./search-query.js").Need} Need
 * @typedef {import("./search-query.js").Way} Way
 * @typedef {object} About what stands in search.html, see plan/search.py
 * @property {[name: string, papers: number][]} segments
 * @property {number} dated papers
 * @property {string} first day, ISO 8601
 * @property {number[]} steps for each day: days since the one before, papers
 * @property {[slug: string, name: string][]} topics
 * @property {string[]} sources
 * @typedef {object} Found
 * @property {number[]} papers in order, the best or the newest first
 * @property {Uint8Array} has 1 for each paper found
 * @property {Set<string>} terms that the papers were found by
 * @property {[typed: string, taken: string[]][]} changed words that were taken for others
 * @property {boolean} partly papers have only some of the words
 */

const [LEVELS, LOWEST, HIGHEST] = [8, 0.25, 0.95]; // see weights.py
const BEGINNING = 0.5; // what a word that only begins so counts
const TYPO = 0.8;
const SHORTEST = { open: 3, typo: 5 }; // letters
const CANDIDATES = 6;
const MOST = 32; // words of a query; somebody may paste an abstract
// What may follow the beginning of a word whose stem is shorter than it.
const ENDINGS = "e s n on ion g ng ing d ed y ty ly al".split(" ");

export class Index {
  /** @param {import("./search-shards.js").Read} read @param {About} about */
  constructor(read, about) {
    this.about = about;
    this.size = 0;
    /** @type {Segment[]} */
    this.segments = about.segments.map(([name, papers]) => {
      this.size += papers;
      return new Segment(read, name, this.size - papers, papers);
    });
    /** @type {string[]} */
    this.days = [];
    /** @type {number[]} the first paper of each day */
    this.firsts = [];
    let paper = 0;
    const day = new Date(about.first);
    for (let at = 0; at < about.steps.length; at += 2) {
      day.setUTCDate(day.getUTCDate() + about.steps[at]);
      this.days.push(day.toISOString().slice(0, 10));
      this.firsts.push(paper);
      paper += about.steps[at + 1];
    }
  }

  /** @param {number} paper @returns {string} its day, "" if it has none */
  day(paper) {
    if (paper >= this.about.dated) return "";
    return this.days[behind(this.firsts, paper) - 1];
  }

  /** @param {string} day @returns {number} the first paper of that day or a later one */
  from(day) {
    const at = behind(this.days, day);
    return this.firsts[at && this.days[at - 1] === day ? at - 1 : at] ?? this.about.dated;
  }

  /** @param {number} paper @returns {Promise<[path: string, title: string]>} */
  paper(paper) {
    const segment = this.segments.findLast(({ first }) => first <= paper);
    return /** @type {Segment} */ (segment).paper(paper);
  }

  /** @param {string} name @returns {Promise<number[]>} the papers that have a term */
  async having(name) {
    /** @type {number[]} */
    const found = [];
    await this.each(name, (paper) => found.push(paper));
    return found;
  }

  /** @param {string} name @param {(paper: number, level: number) => void} take */
  async each(name, take) {
    await Promise.all(
      this.segments.map(async (segment) => {
        const entry = await segment.entry(name);
        if (entry) await segment.postings(entry, take);
      }),
    );
  }

  /** @param {number} paper @returns {Found} */
  only(paper) {
    const has = new Uint8Array(this.size);
    has[paper] = 1;
    return { papers: [paper], has, terms: new Set(), changed: [], partly: false };
  }

  /**
   * How many of the papers are of each year, and of each month of one year; the newest first.
   * @param {Uint8Array} has @param {string} year @returns {[date: string, papers: number][]}
   */
  dates(has, year) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    this.days.forEach((day, at) => {
      const own = has.subarray(this.firsts[at], this.firsts[at + 1] ?? this.about.dated);
      const sum = own.reduce((all, one) => all + one, 0);
      for (const length of day.startsWith(year) ? [4, 7] : [4]) {
        const date = day.slice(0, length);
        counts.set(date, (counts.get(date) ?? 0) + sum);
      }
    });
    return [...counts].sort(([one], [other]) => (one < other ? 1 : -1));
  }

  /**
   * @param {string} text @param {{ typing?: boolean, newest?: boolean }} [how]
   * @returns {Promise<Found>}
   */
  async find(text, { typing = false, newest = false } = {}) {
    const { needs, after, before } = parse(text, this.about);
    const looks = needs.slice(0, MOST).map((need) => new Look(this, need));
    await Promise.all(looks.map((look) => look.begin(typing)));
    const days = after || before < "9" ? [this.from(after), this.from(before)] : [0, this.size];
    if (!looks.length && days[1] - days[0] === this.size) days[1] = 0;
    let found = join(looks, days, this.size, false);
    if (!found.count) {
      // A word may be a typo that others made as well: the rarest words first.
      const doubted = looks.filter((look) => look.need.word && !look.taken.length);
      for (const look of doubted.sort((one, other) => one.count - other.count)) {
        await look.correct();
        found = join(looks, days, this.size, false);
        if (found.count) break;
      }
    }
    const partly = !found.count && looks.filter(({ need }) => need.loose).length > 1;
    if (partly) found = join(looks, days, this.size, true);
    return {
      papers: this.ordered(found.scores, newest || looks.every(({ need }) => !need.counts)),
      has: found.has,
      terms: new Set(looks.flatMap((look) => (look.need.not ? [] : [...look.terms]))),
      changed: looks.flatMap(({ need, taken }) => (taken.length ? [[need.text, taken]] : [])),
      partly: partly && found.count > 0,
    };
  }

  /**
   * Papers by score, those of the same score by day, the newest first.
   * @param {Float32Array} scores @param {boolean} newest by day alone
   */
  ordered(scores, newest) {
    const { size, about } = this;
    const undated = size - about.dated;
    /** @type {number[]} */
    const keys = [];
    scores.forEach((score, paper) => {
      if (score < 0) return;
      const rank = paper < about.dated ? undated + paper : size - 1 - paper;
      keys.push((newest ? 0 : Math.round(score * 1e4)) * size + rank);
    });
    return [...Float64Array.from(keys).sort()].reverse().map((key) => {
      const rank = key % size;
      return rank < undated ? size - 1 - rank : rank - undated;
    });
  }

  /**
   * The names of a kind of facet, and how many of the papers have each; the most first.
   * @param {string} mark @param {Uint8Array} has
   * @returns {Promise<[name: string, papers: number][]>}
   */
  async facet(mark, has) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    await Promise.all(
      this.segments.map(async (segment) => {
        for (const entry of await segment.beginning(mark, Infinity)) {
          const name = entry.term.slice(1);
          let count = 0;
          await segment.postings(entry, (paper) => (count += has[paper]));
          counts.set(name, (counts.get(name) ?? 0) + count);
        }
      }),
    );
    return [...counts].sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1));
  }
}

/** One need, and the papers that meet it. */
class Look {
  /** @param {Index} index @param {Need} need */
  constructor(index, need) {
    this.index = index;
    this.need = need;
    this.values = new Float32Array(index.size);
    this.count = 0;
    /** @type {Set<string>} */
    this.terms = new Set();
    /** @type {string[]} */
    this.taken = [];
  }

  /** @param {boolean} typing */
  async begin(typing) {
    const { ways, open, word } = this.need;
    await Promise.all(ways.map((way) => this.way(way, 1)));
    this.done();
    if (open && (typing || !this.count)) await this.beginning(open);
    if (!this.count && word) await this.correct();
  }

  /** @param {Way} way @param {number} weight */
  async way(way, weight) {
    for (const [, one] of way) this.terms.add(one);
    if (way.length > 1) return this.phrase(way);
    await this.index.each(way[0][1], (paper, level) => this.take(paper, level, weight));
  }

  /** @param {number} paper @param {number} level @param {number} weight */
  take(paper, level, weight) {
    const value = weight * (LOWEST + ((HIGHEST - LOWEST) * (level + 0.5)) / LEVELS);
    if (value > this.values[paper]) this.values[paper] = value;
  }

  done() {
    this.count = this.values.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0);
  }

  /** Papers that have the terms side by side. @param {Way} way */
  async phrase(way) {
    await Promise.all(
      this.index.segments.map(async (segment) => {
        const entries = await Promise.all(way.map(([, one]) => segment.entry(one)));
        /** @type {Map<number, { starts: number[], level: number }>} */
        let met = new Map();
        for (const [at, entry] of entries.entries()) {
          if (!entry) return;
          const places = await segment.places(entry);
          const next = new Map();
          let posting = 0;
          await segment.postings(entry, (paper, level) => {
            const own = places[posting++].map((place) => place - way[at][0]);
            const before = at ? met.get(paper) : { starts: own, level };
            const starts = before?.starts.filter((start) => own.includes(start));
            if (before && starts?.length) {
              next.set(paper, { starts, level: Math.max(level, before.level) });
            }
          });
          met = next;
        }
        for (const [paper, { level }] of met) this.take(paper, level, 1);
      }),
    );
  }

  /** Take words that begin so. @param {string} open */
  async beginning(open) {
    const author = this.need.ways[0][0][1].endsWith("@");
    if (open.length < SHORTEST.open && open < "\u2e80") return;
    const shorter = author ? [] : ENDINGS.map((end) => term(open + end));
    const stems = new Set(shorter.filter((one) => !one.startsWith(open) && !this.terms.has(one)));
    await Promise.all([
      ...[...stems].map((one) => this.way([[0, one]], BEGINNING)),
      ...this.index.segments.map(async (segment) => {
        for (const entry of await segment.beginning(open)) {
          if (entry.term.endsWith("@") !== author) continue;
          this.terms.add(entry.term);
          const take = (/** @type {number} */ paper, /** @type {number} */ level) =>
            this.take(paper, level, BEGINNING);
          await segment.postings(entry, take);
        }
      }),
    ]);
    this.done();
  }

  /** Take words that differ by one typo, the most frequent ones. */
  async correct() {
    const { word } = this.need;
    if (word.length < SHORTEST.typo || !/^\p{L}+$/u.test(word)) return;
    const half = word.length >> 1;
    const reversed = (/** @type {string} */ text) => [...text].reverse().join("");
    /** @type {Map<string, number>} */
    const near = new Map();
    await Promise.all(
      this.index.segments.map(async (segment) => {
        const forwards = await segment.spellings("w", word.slice(0, half));
        const backwards = await segment.spellings("r", reversed(word.slice(half + 1)));
        const all = [...forwards, ...backwards.map(([one, n]) => [reversed(one), n])];
        for (const [one, often] of new Map(/** @type {[string, number][]} */ (all))) {
          if (one !== word && isNear(word, one)) near.set(one, (near.get(one) || 0) + 2 ** often);
        }
      }),
    );
    const best = [...near].sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1));
    this.taken = best.slice(0, CANDIDATES).map(([one]) => one);
    await Promise.all(this.taken.map((one) => this.way([[0, term(fold(one))]], TYPO)));
    this.done();
  }
}

/**
 * Whether two different words are one insertion, deletion, substitution or swap apart.
 * @param {string} one @param {string} other
 */
export function isNear(one, other) {
  if (Math.abs(one.length - other.length) > 1) return false;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  const [a, b] = [one.slice(at), other.slice(at)];
  return (
    a.slice(1) === b.slice(1) ||
    a === b.slice(1) ||
    a.slice(1) === b ||
    (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
  );
}

/**
 * Papers that meet all needs, or `partly` as many as possible. A score below 0 is none.
 * @param {Look[]} looks @param {number[]} days @param {number} size @param {boolean} partly
 */
function join(looks, days, size, partly) {
  const scores = new Float32Array(size).fill(-1);
  const has = new Uint8Array(size);
  let count = 0;
  const wanted = looks.filter(({ need }) => !need.not);
  const idf = wanted.map(({ count: n, need }) =>
    need.counts ? Math.log(1 + (size - n + 0.5) / (n + 0.5)) : 0,
  );
  const unwanted = looks.filter(({ need }) => need.not);
  for (let paper = days[0]; paper < days[1]; paper++) {
    let [score, met] = [0, 0];
    for (let at = 0; at < wanted.length; at++) {
      const value = wanted[at].values[paper];
      if (value) met++;
      else if (!partly || !wanted[at].need.loose) {
        met = -1;
        break;
      }
      score += idf[at] * value;
    }
    if (met < 0 || (partly && !score)) continue;
    if (unwanted.some(({ values }) => values[paper])) continue;
    scores[paper] = partly ? met * 1000 + score : score;
    has[paper] = 1;
    count++;
  }
  return { scores, has, count };
}
