const site = require("../lib/site.js");
const { topicPage } = require("../lib/html.js");

module.exports = {
  data: {
    items: site.topicPages,
    pagination: { data: "items", size: 1, alias: "item" },
    permalink: ({ item }) => item.url,
    eleventyExcludeFromCollections: true,
  },
  render: ({ item }) => topicPage(item),
};
