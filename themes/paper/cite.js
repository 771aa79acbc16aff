// @ts-check
/**
 * Shows the citation of a paper's page in other formats: RIS, CSL-JSON, and APA style to paste into a text.
 *
 * All of it is made from the BibTeX on the page and the `citation_…` elements in its head: nothing is asked for.
 * RIS and CSL-JSON are letter for letter what the files of references hold. Pages are whole without it.
 */
(() => {
  /** @param {string} text @returns {string} a published script has the text in place of its key */
  const _ = (text) => text;

  /** @typedef {{family: string, given: string, suffix: string, group: boolean}} Name */
  /** @typedef {{key: string, type: string, names: Name[], fields: Record<string, string>}} Entry */

  /** @type {Record<string, string>} */
  const COMMANDS = {
    textbraceleft: "{", textbraceright: "}", textasciitilde: "~", textasciicircum: "^", textbackslash: "\\", textless: "<",
    textgreater: ">", textbar: "|",
  };
  /** @type {Record<string, {ris: string, csl: string}>} */
  const TYPES = {
    article: { ris: "JOUR", csl: "article-journal" },
    inproceedings: { ris: "CPAPER", csl: "paper-conference" },
    misc: { ris: "UNPB", csl: "article" },
  };

  /** @param {string} latex @returns {string} what it prints, formulas aside */
  const plain = (latex) =>
    latex.replace(/\\([a-z]+)\{\}|\\([&%#_$])|[{}]/g, (whole, command, sign) => (command ? COMMANDS[command] || "" : sign || ""));

  /** @param {string} name @returns {string} the content of a `citation_…` element */
  const said = (name) => document.querySelector(`meta[name=${name}]`)?.getAttribute("content") || "";

  /** @param {string} line @returns {string[]} the authors of a field, parted at "and" outside of braces */
  const authors = (line) => {
    const found = [""];
    let depth = 0;
    for (const word of line.split(/( and )/)) {
      if (word === " and " && !depth) found.push("");
      else found[found.length - 1] += word;
      depth += (word.match(/\{/g) || []).length - (word.match(/\}/g) || []).length;
    }
    return found.filter(Boolean);
  };

  /** @param {string} written @param {string} shown the name as the page's head has it @returns {Name} */
  const name = (written, shown) => {
    const parts = written.split(", ");
    if (written.startsWith("{") && written.endsWith("}")) return { family: shown, given: "", suffix: "", group: true };
    const [family, second = "", third = ""] = parts.map(plain);
    return third ? { family, given: third, suffix: second, group: false } : { family, given: second, suffix: "", group: false };
  };

  /** @param {string} text @returns {Entry | null} */
  const parsed = (text) => {
    const head = text.match(/@(\w+)\{([^,]+),/);
    if (!head || !TYPES[head[1]]) return null;
    /** @type {Record<string, string>} */
    const fields = {};
    for (const [, field, value] of text.matchAll(/^ {2}(\w+) *= \{(.*)\},?$/gm)) fields[field] = value;
    const shown = [...document.querySelectorAll("meta[name=citation_author]")].map((one) => one.getAttribute("content") || "");
    const names = authors(fields.author || "").map((written, at) => name(written, (shown[at] || plain(written)).split(/\s+/).join(" ")));
    return { key: head[2], type: head[1], names, fields };
  };

  /** @param {Entry} entry */
  const venue = ({ fields }) => plain(fields.booktitle || fields.journal || "");
  /** @param {Entry} entry */
  const publisher = ({ type, fields }) => (fields.eprint && type === "misc" ? "arXiv" : "");
  /** @param {Entry} entry */
  const number = ({ fields }) => (fields.eprint ? `arXiv:${decodeURIComponent(fields.eprint)}` : "");

  /** @param {Entry} entry @returns {string} */
  const ris = (entry) => {
    const { key, type, names, fields } = entry;
    /** @type {[string, string][]} */
    const rows = [
      ["TY", TYPES[type].ris],
      ["ID", key],
      ["TI", said("citation_title").split(/\s+/).join(" ")],
      ...names.map((one) => /** @type {[string, string]} */ (["AU", [one.family, one.given, one.suffix].filter(Boolean).join(", ")])),
      ["PY", fields.year],
      ["DA", said("citation_publication_date")],
      ["T2", venue(entry)],
      ["DO", fields.doi],
      ["AN", number(entry)],
      ["PB", publisher(entry)],
      ["UR", fields.url],
    ];
    return rows.filter(([, value]) => value).map(([tag, value]) => `${tag}  - ${value}\n`).join("") + "ER  - \n";
  };

  /** @param {Entry} entry @returns {string} */
  const csl = (entry) => {
    const { key, type, names, fields } = entry;
    const day = said("citation_publication_date") || fields.year || "";
    const item = {
      id: key,
      type: TYPES[type].csl,
      title: said("citation_title").split(/\s+/).join(" "),
      author: names.map(({ family, given, suffix, group }) =>
        group || !given ? { literal: family } : suffix ? { family, given, suffix } : { family, given },
      ),
      issued: day && { "date-parts": [day.split("/").map(Number)] },
      "container-title": venue(entry),
      publisher: publisher(entry),
      number: number(entry),
      DOI: fields.doi,
      URL: fields.url,
    };
    return JSON.stringify([Object.fromEntries(Object.entries(item).filter(([, value]) => (Array.isArray(value) ? value.length : value)))], null, 1);
  };

  /** @param {Entry} entry @returns {string} the reference in the style of the American Psychological Association, 7th edition */
  const apa = (entry) => {
    const { names, fields } = entry;
    const short = names.map(({ family, given, suffix, group }) => {
      const initials = given.split(/\s+/).filter(Boolean).map((word) => word.split("-").map((part) => `${[...part][0] || ""}.`).join("-"));
      return group || !given ? family : [family, initials.join(" "), suffix].filter(Boolean).join(", ");
    });
    const many = short.length > 20;
    const listed = many ? [...short.slice(0, 19), `. . . ${short[short.length - 1]}`] : short;
    const last = listed.length > 1 && !many ? `& ${listed.pop()}` : "";
    const by = [...listed, last].filter(Boolean).join(", ");
    const title = said("citation_title").split(/\s+/).join(" ");
    const end = /[.?!]$/.test(title) ? title : `${title}.`;
    const where = venue(entry) ? `${fields.booktitle ? "In " : ""}${venue(entry)}.` : publisher(entry) && "arXiv.";
    const url = fields.doi ? `https://doi.org/${fields.doi}` : fields.url;
    const year = `(${fields.year || "n.d."}).`;
    const parts = by ? [/\.$/.test(by) ? by : `${by}.`, year, end, where, url] : [end, year, where, url];
    return parts.filter(Boolean).join(" ");
  };

  const shown = document.getElementById("bib");
  const bibtex = (shown?.textContent || "").trim();
  const entry = parsed(bibtex);
  if (!shown || !entry) return;
  /** @type {Record<string, () => string>} */
  const formats = { BibTeX: () => bibtex, RIS: () => ris(entry), "CSL-JSON": () => csl(entry), APA: () => apa(entry) };
  const choice = document.createElement("select");
  choice.setAttribute("aria-label", _("cite.format"));
  for (const format of Object.keys(formats)) choice.append(new Option(format));
  choice.addEventListener("change", () => {
    shown.textContent = formats[choice.value]();
    shown.style.whiteSpace = choice.value === "APA" ? "pre-wrap" : "";
  });
  shown.before(choice);
})();
