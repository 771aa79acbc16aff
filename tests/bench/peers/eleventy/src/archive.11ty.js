const site = require("../lib/site.js");
const { page } = require("../lib/html.js");

module.exports = {
  data: { permalink: "/archive.html", eleventyExcludeFromCollections: true },
  render: () => page("Archive", "/archive.html", "", `<h1>Archive</h1><ul>${site.days.slice().reverse().map((day) =>
    `<li><a href="${day.url}">${day.title}</a> ${day.papers.length}</li>`).join("")}</ul>`),
};
