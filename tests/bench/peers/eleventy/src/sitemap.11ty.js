const site = require("../lib/site.js");
const { BASE } = require("../lib/html.js");

module.exports = {
  data: { permalink: "/sitemap.xml", eleventyExcludeFromCollections: true },
  render: () => `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls().join("\n")}</urlset>
`,
};

function urls() {
  const newest = site.days[site.days.length - 1].date;
  const url = (path, day) => `<url><loc>${BASE}${path}</loc><lastmod>${day}</lastmod></url>`;
  return [
    ...["/index.html", "/archive.html", "/topics/index.html"].map((path) => url(path, newest)),
    ...site.days.map((day) => url(day.url, day.date)),
    ...site.topicPages.map((page) => url(page.url, page.papers[0].listed)),
    ...site.papers.map((paper) => url(paper.url, paper.listed)),
  ];
}
