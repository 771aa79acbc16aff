const site = require("../lib/site.js");
const { rss } = require("../lib/feeds.js");

module.exports = {
  data: { permalink: "/rss.xml", eleventyExcludeFromCollections: true },
  render: () => rss("Measured papers", "/index.html", site.newestFirst),
};
