const site = require("../lib/site.js");
const { atom } = require("../lib/feeds.js");

module.exports = {
  data: { permalink: "/atom.xml", eleventyExcludeFromCollections: true },
  render: () => atom("all", "Measured papers", "/index.html", site.newestFirst),
};
