// @ts-check
/** The interface's texts: a published script has each in place of its key. */

export const language = document.documentElement.lang || "en";

/** @param {number} count @returns {string} */
export const written = (count) => count.toLocaleString(language);

/**
 * @param {string | { [form: string]: string }} text with {placeholders}; by plural forms of `n`
 * @param {{ [name: string]: string | number }} [values]
 * @returns {string}
 */
export const _ = (text, values = {}) => {
  const form = typeof text === "string" ? "" : new Intl.PluralRules(language).select(+values.n);
  const said = typeof text === "string" ? text : (text[form] ?? text.other);
  return said.replace(/{([a-z_]+)}/g, (whole, name) => {
    const value = values[name] ?? whole;
    return typeof value === "number" ? written(value) : value;
  });
};
