const site = require("../lib/site.js");
const { escape, page } = require("../lib/html.js");

module.exports = {
  data: { permalink: "/topics/index.html", eleventyExcludeFromCollections: true },
  render: () => page("Topics", "/topics/index.html", "", `<h1>Topics</h1><ul>${site.topics.map((topic) =>
    `<li><a href="/topics/${topic.slug}.html">${escape(topic.name)}</a> ${topic.papers.length}</li>`).join("")}</ul>`),
};
