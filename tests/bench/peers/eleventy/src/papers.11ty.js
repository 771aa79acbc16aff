const site = require("../lib/site.js");
const { paperPage } = require("../lib/html.js");

module.exports = {
  data: {
    items: site.papers,
    pagination: { data: "items", size: 1, alias: "item" },
    permalink: ({ item }) => item.url,
    eleventyExcludeFromCollections: true,
  },
  render: ({ item }) => paperPage(item),
};
