// Answers queries from a built folder as the page does, without a browser.
// node engine.mjs SCRIPTS SITE < questions.json: [{ text, typing, newest }, …] gives, for each,
// { papers: [path, …], count, changed, partly, files, bytes, ms }.
import { readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";

const [, , scripts, site] = process.argv;
const unescaped = (text) =>
  text.replace(/&(?:#(\d+)|amp|lt|gt);/g, (mark, code) =>
    code ? String.fromCharCode(code) : { "&amp;": "&", "&lt;": "<", "&gt;": ">" }[mark],
  );
const { Index } = await import(`${scripts}/search-ranking.js`);
const page = readFileSync(`${site}/search.html`, "utf8");
const about = JSON.parse(unescaped(/data-index="(.*?)"/s.exec(page)[1]));

let [files, bytes] = [0, 0];
const read = async (path) => {
  const data = readFileSync(`${site}/${path}`);
  files++;
  bytes += data.length;
  return new Uint8Array(inflateSync(data)).buffer;
};

const index = new Index(read, about);
const answers = [];
for (const { text, show = 10, ...how } of JSON.parse(readFileSync(0, "utf8"))) {
  [files, bytes] = [0, 0];
  const begun = performance.now();
  const found = await index.find(text, how);
  const ms = performance.now() - begun;
  const papers = [];
  for (const paper of found.papers.slice(0, show)) papers.push((await index.paper(paper))[0]);
  const { changed, partly, papers: all } = found;
  answers.push({ papers, count: all.length, changed, partly, files, bytes, ms });
}
process.stdout.write(JSON.stringify(answers));
