const site = require("../lib/site.js");
const { dayPage } = require("../lib/html.js");

module.exports = {
  data: {
    items: site.days,
    pagination: { data: "items", size: 1, alias: "item" },
    permalink: ({ item }) => item.url,
    eleventyExcludeFromCollections: true,
  },
  render: ({ item }) => dayPage(item),
};
