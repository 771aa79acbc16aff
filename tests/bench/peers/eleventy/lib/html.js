// The markup that the Hugo templates beside this write too.
const { names } = require("./site.js");

const BASE = "https://papers.example.org";
const UNSAFE = /[&<>"']/g;
const SAFE = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };
const escape = (text) => text.replace(UNSAFE, (found) => SAFE[found]);

const page = (title, url, head, main) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="eleventy">
<title>${title} · Measured papers</title>
<meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#101214" media="(prefers-color-scheme: dark)">
<link rel="icon" href="/assets/icon.svg">
<link rel="stylesheet" href="/assets/style.css">
<link rel="alternate" type="application/atom+xml" title="Measured papers" href="/atom.xml">
<link rel="alternate" type="application/rss+xml" title="Measured papers" href="/rss.xml">
<link rel="canonical" href="${BASE}${url}">
<meta property="og:title" content="${title}">
${head || `<meta name="description" content="${title}: papers with their abstracts">
<meta property="og:type" content="website">`}
</head>
<body>
<a class="skip" href="#main">To the content</a>
<div class="page">
<header class="mast"><a class="name" href="/index.html">Measured papers</a><nav aria-label="Site"><ul><li><a href="/index.html">Latest</a></li><li><a href="/archive.html">Archive</a></li><li><a href="/topics/index.html">Topics</a></li></ul></nav></header>
<main id="main">
${main}
</main>
<footer class="foot">
<p>Titles, abstracts and bylines are their authors’. Each paper links to where it was listed.</p>
<p><a href="/atom.xml">Atom</a> · <a href="/rss.xml">RSS</a></p>
</footer>
</div>
<script type="module" src="/assets/page.js"></script>
</body>
</html>
`;

const link = (paper, rel, label) => paper
  ? `<a href="${paper.url}" rel="${rel}"><span>${label}</span><b>${escape(paper.title)}</b></a>` : "";

const chips = (slugs) => slugs.map((slug) =>
  `<a class="chip" href="/topics/${slug}.html">${escape(names[slug])}</a>`).join(" ");

const lead = (paper) => escape(paper.abstract.slice(0, 200));

function byline(authors) {
  const shown = escape(authors.slice(0, 4).join(", "));
  return authors.length > 4 ? `${shown} and ${authors.length - 4} more` : shown;
}

function paperPage(paper) {
  const { id, day, place } = paper;
  const title = escape(paper.title);
  const of = day.papers.length;
  const head = `<meta name="description" content="${lead(paper)}">
<meta property="og:type" content="article">
<meta name="citation_title" content="${title}">
${paper.authors.map((author) => `<meta name="citation_author" content="${escape(author)}">\n`).join("")}<meta name="citation_date" content="${paper.published}">
<meta name="citation_arxiv_id" content="${id}">
<meta name="citation_pdf_url" content="https://arxiv.org/pdf/${id}">`;
  return page(title, paper.url, head, `<article class="split one"><header class="head title"><div><p class="kicker"><a href="${day.url}">${day.title}</a>, paper ${place} of ${of}</p><h1>${title}</h1>
<p class="authors">${escape(paper.authors.join(", "))}</p></div></header>
<div class="list"><div class="abstract"><p>${escape(paper.abstract)}</p></div>
<p class="acts"><a class="btn" href="https://arxiv.org/pdf/${id}">Read the PDF</a></p></div>
<aside class="side" aria-label="Facts"><dl class="facts"><dt>Identifier</dt><dd><a href="https://arxiv.org/abs/${id}">arXiv ${id}</a></dd><dt>Published</dt><dd>${paper.published}</dd><dt>First listed</dt><dd><a href="${day.url}">${day.title}</a></dd>${paper.topics.length ? `<dt>Topics</dt><dd>${chips(paper.topics)}</dd>` : ""}</dl></aside>
<div class="list rest">
<section class="sect" aria-labelledby="cite"><h2 id="cite">Cite</h2>
<pre class="bib" id="x-bib" tabindex="0">@misc{arxiv${id},
  title         = {${title}},
  author        = {${escape(paper.authors.join(" and "))}},
  year          = {${paper.published.slice(0, 4)}},
  eprint        = {${id}},
  archivePrefix = {arXiv},
  url           = {https://arxiv.org/abs/${id}}
}</pre></section>
<section class="sect" aria-labelledby="listed"><h2 id="listed">Listed</h2><table><thead><tr><th scope="col">Day</th><th scope="col">Source</th><th scope="col" class="num">Place</th></tr></thead><tbody><tr><th scope="row"><a href="${day.url}">${day.title}</a></th><td><a href="https://huggingface.co/papers/${id}">Hugging Face Daily Papers</a></td><td class="num">${place} of ${of}</td></tr></tbody></table></section>
<nav class="turn" aria-label="Papers of this day">${link(paper.previous, "prev", "Previous of this day")}${link(paper.next, "next", "Next of this day")}</nav></div></article>`);
}

const meta = (paper) => `<p class="meta">${chips(paper.topics)}<span><a href="https://arxiv.org/abs/${paper.id}">arXiv ${paper.id}</a> · Hugging Face</span></p></li>`;

const heading = (paper) => `<h3><a href="${paper.url}" dir="auto">${escape(paper.title)}</a></h3>
<p class="by"><bdi>${byline(paper.authors)}</bdi></p>`;

const item = (paper) => `
<li class="paper" id="p${paper.place}"><span class="n"><b>${paper.place}</b></span>
${heading(paper)}
<details class="abs"><summary><span class="lead"><bdi>${lead(paper)}</bdi></span><span class="shut">Close the abstract</span></summary>
<p dir="auto">${escape(paper.abstract)}</p></details>
${meta(paper)}`;

const card = (paper) => `<li class="paper">${heading(paper)}
<p class="lead"><bdi>${lead(paper)}</bdi></p>
${meta(paper)}`;

function dayPage(day) {
  const turn = (other, rel) => (other ? `<a href="${other.url}" rel="${rel}">${other.title}</a>` : "");
  return page(day.title, day.url, "", `<div class="split"><header class="head"><p class="kicker"><a href="/archive.html">Archive</a></p><h1>${day.title}</h1><p class="sum"><b>${day.papers.length} papers</b></p></header>
<div class="list"><ol>${day.papers.map(item).join("")}
</ol></div>
<nav class="turn" aria-label="Days">${turn(day.older, "prev")}${turn(day.newer, "next")}</nav></div>`);
}

function topicPage({ topic, papers, url, newer, older }) {
  const turn = (other, rel, label) => (other ? `<a href="${other}" rel="${rel}">${label}</a>` : "");
  return page(escape(topic.name), url, "", `<div class="split"><header class="head"><p class="kicker"><a href="/topics/index.html">Topics</a></p><h1>${escape(topic.name)}</h1><p class="sum"><b>${topic.papers.length} papers</b></p></header>
<div class="list"><ol>${papers.map(newer ? card : item).join("\n")}</ol></div>
<nav class="turn" aria-label="Pages">${turn(newer, "prev", "Newer")}${turn(older, "next", "Older")}</nav></div>`);
}

module.exports = { BASE, escape, page, card, paperPage, dayPage, topicPage };
