const site = require("../lib/site.js");
const { atom } = require("../lib/feeds.js");

module.exports = {
  data: {
    items: site.topics,
    pagination: { data: "items", size: 1, alias: "item" },
    permalink: ({ item }) => `/topics/${item.slug}.atom.xml`,
    eleventyExcludeFromCollections: true,
  },
  render: ({ item }) => atom(item.slug, item.name, `/topics/${item.slug}.html`, item.papers),
};
