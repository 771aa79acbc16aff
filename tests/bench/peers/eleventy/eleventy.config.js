// The fastest form that was found: JavaScript functions over one data file, no layouts, no
// template language, no collections, no Markdown.
module.exports = (config) => {
  config.setFreezeReservedData(false);
  config.setUseGitIgnore(false);
  config.setTemplateFormats(["11ty.js"]);
  return { dir: { input: "src", output: "_site" } };
};
