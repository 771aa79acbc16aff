// @ts-check
/** The files of the index, as sitegen/search/shards.py writes them. */

const LEVEL_BITS = 3;
const NEAR = 6; // shards that a look at the beginning of a word may load

/**
 * @typedef {(path: string) => Promise<ArrayBuffer>} Read gives a file, inflated
 * @typedef {object} Entry a term of a segment
 * @property {string} term
 * @property {number} count how many papers have it
 * @property {number} number of its shard
 * @property {number} at its postings in the shard
 */

class Bytes {
  /** @param {Uint8Array} data @param {number} [at] */
  constructor(data, at = 0) {
    this.data = data;
    this.at = at;
    this.text = new Uint8Array(0);
  }

  more = () => this.at < this.data.length;

  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.data[this.at++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }

  /** A text without what it shares with the one before. */
  front() {
    const shared = this.number();
    const length = this.number();
    const text = new Uint8Array(shared + length);
    text.set(this.text.subarray(0, shared));
    text.set(this.data.subarray(this.at, (this.at += length)), shared);
    this.text = text;
    return new TextDecoder().decode(text);
  }

  /** Pass over so many numbers. @param {number} count */
  pass(count) {
    while (count) if (this.data[this.at++] < 0x80) count--;
  }
}

/** One segment: its papers are numbered from `first` on. */
export class Segment {
  /** @param {Read} read @param {string} name @param {number} first @param {number} papers */
  constructor(read, name, first, papers) {
    this.first = first;
    this.papers = papers;
    /** @type {Map<string, Promise<ArrayBuffer>>} */
    this.files = new Map();
    /** @type {Map<number, Promise<Entry[]>>} */
    this.parsed = new Map();
    /** @param {string} file @returns {Promise<ArrayBuffer>} */
    this.file = (file) => {
      let data = this.files.get(file);
      if (!data) {
        data = read(`search/${name}/${file}.bin`);
        data.catch(() => this.files.delete(file)); // to be tried again
        this.files.set(file, data);
      }
      return data;
    };
    this.map = this.json("map");
    this.map.catch(() => 0); // who needs it hears of it
  }

  /** @param {string} file @returns {Promise<any>} */
  async json(file) {
    return JSON.parse(new TextDecoder().decode(await this.file(file)));
  }

  /** @param {string} file */
  async bytes(file) {
    return new Uint8Array(await this.file(file));
  }

  /** @param {number} number @returns {Promise<Entry[]>} the terms of a shard */
  shard(number) {
    let entries = this.parsed.get(number);
    if (!entries) {
      entries = this.bytes(`t${number}`).then((data) => {
        const bytes = new Bytes(data);
        const found = [];
        while (bytes.more()) {
          const term = bytes.front();
          const count = bytes.number();
          found.push({ term, count, number, at: bytes.at });
          bytes.pass(count);
        }
        return found;
      });
      entries.catch(() => this.parsed.delete(number));
      this.parsed.set(number, entries);
    }
    return entries;
  }

  /** @param {string} term @returns {Promise<Entry | undefined>} */
  async entry(term) {
    const { t } = await this.map;
    return (await this.shard(behind(t, term) - 1)).find((entry) => entry.term === term);
  }

  /**
   * The terms that begin with a text; none where they fill more than a few shards.
   * @param {string} text @param {number} [most] @returns {Promise<Entry[]>}
   */
  async beginning(text, most = NEAR) {
    const { t } = await this.map;
    const shards = await Promise.all(range(t, text, most).map((number) => this.shard(number)));
    return shards.flat().filter(({ term }) => term.startsWith(text));
  }

  /**
   * Calls back for each paper of a list, with the level of the term in it.
   * @param {Entry} entry @param {(paper: number, level: number) => void} take
   */
  async postings(entry, take) {
    const bytes = new Bytes(await this.bytes(`t${entry.number}`), entry.at);
    let paper = this.first;
    for (let left = entry.count; left; left--) {
      const code = bytes.number();
      paper += code >> LEVEL_BITS;
      take(paper, code & ((1 << LEVEL_BITS) - 1));
    }
  }

  /** @param {Entry} entry @returns {Promise<number[][]>} its places in each paper of its list */
  async places(entry) {
    const { p } = await this.map;
    const number = behind(p, entry.number) - 1;
    const bytes = new Bytes(await this.bytes(`p${number}`));
    const parts = (p[number + 1] ?? (await this.map).t.length) - p[number];
    const lengths = Array.from({ length: parts }, () => bytes.number());
    for (const length of lengths.slice(0, entry.number - p[number])) bytes.at += length;
    for (const { term, count } of await this.shard(entry.number)) {
      const all = [];
      // Facets, identifiers and words of names have none.
      for (let left = /^[!#$=]|@$/.test(term) ? 0 : count; left; left--) {
        const own = [];
        for (let place = 0, code = 0; !(code & 1); own.push(place)) {
          code = bytes.number();
          place += code >> 1;
        }
        all.push(own);
      }
      if (term === entry.term) return all;
    }
    return [];
  }

  /**
   * Spellings that begin or end with a text, and how often they occur by binary logarithm.
   * @param {"w" | "r"} kind @param {string} text @returns {Promise<[string, number][]>}
   */
  async spellings(kind, text) {
    const shards = range((await this.map)[kind], text, NEAR);
    const all = await Promise.all(shards.map((number) => this.bytes(kind + number)));
    return all.flatMap((data) => {
      /** @type {[string, number][]} */
      const found = [];
      for (const bytes = new Bytes(data); bytes.more(); ) {
        const word = bytes.front();
        const often = bytes.data[bytes.at++];
        if (word.startsWith(text)) found.push([word, often]);
      }
      return found;
    });
  }

  /** @param {number} paper @returns {Promise<[string, string]>} its path and title */
  async paper(paper) {
    const { d } = await this.map;
    const own = paper - this.first;
    return (await this.json(`d${Math.floor(own / d)}`))[own % d];
  }
}

/**
 * How many of some beginnings, in order, lie at or before a value.
 * @template {string | number} T @param {T[]} begins @param {T} value
 */
export function behind(begins, value) {
  let low = 0;
  for (let high = begins.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (begins[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param {string[]} begins @param {string} text @param {number} most @returns {number[]} shards */
function range(begins, text, most) {
  const first = Math.max(0, behind(begins, text) - 1);
  const end = behind(begins, text + "\uffff");
  return end - first > most ? [] : Array.from({ length: end - first }, (_, at) => first + at);
}
