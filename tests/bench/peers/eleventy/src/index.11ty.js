const site = require("../lib/site.js");
const { card, page } = require("../lib/html.js");

const newest = site.days[site.days.length - 1];

module.exports = {
  data: { permalink: "/index.html", eleventyExcludeFromCollections: true },
  render: () => page(newest.title, "/index.html", "", `<div class="split"><header class="head"><h1>${newest.title}</h1><p class="sum"><b>${newest.papers.length} papers</b></p></header>
<div class="list"><ol>${newest.papers.map(card).join("\n")}</ol></div></div>`),
};
