// MiniSearch or lunr on some papers, in node.
// node peers.mjs TOOL MODULES < { papers: [[path, title, authors, abstract]], questions: [text] }
// gives { seconds, megabytes, bytes, answers: [[path, …]] }: CPU seconds to index, the heap they
// need for it, bytes that a page loads before its first query, the first ten of each question.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";

const [, , tool, modules] = process.argv;
const load = createRequire(`${modules}/`);
const { papers, questions } = JSON.parse(readFileSync(0, "utf8"));
const rows = papers.map(([id, title, authors, abstract]) => ({ id, title, authors, abstract }));
const fields = ["title", "authors", "abstract"];

const tools = {
  minisearch() {
    const MiniSearch = load("minisearch");
    const options = { fields, storeFields: ["title"] };
    const index = new MiniSearch(options);
    index.addAll(rows);
    const how = { combineWith: "AND", fuzzy: 0.2, prefix: true, boost: { title: 4, authors: 2 } };
    return [index, (text) => index.search(text, how).map(({ id }) => id)];
  },
  lunr() {
    const lunr = load("lunr");
    const index = lunr(function () {
      this.ref("id");
      this.field("title", { boost: 4 });
      this.field("authors", { boost: 2 });
      this.field("abstract");
      rows.forEach((row) => this.add(row));
    });
    const query = (text) => text.split(" ").map((word) => `${word}^4 ${word}~1`).join(" ");
    return [index, (text) => index.search(query(text)).map(({ ref }) => ref)];
  },
};

const before = process.memoryUsage().heapUsed;
const begun = process.cpuUsage();
const [index, search] = tools[tool]();
const used = process.cpuUsage(begun);
const heap = process.memoryUsage().heapUsed - before;
const packed = gzipSync(JSON.stringify(index)).length;
process.stdout.write(
  JSON.stringify({
    seconds: (used.user + used.system) / 1e6,
    megabytes: heap / 1e6,
    bytes: packed,
    answers: questions.map((text) => search(text).slice(0, 10)),
  }),
);
