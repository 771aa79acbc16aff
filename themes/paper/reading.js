// @ts-check
/**
 * What a reader keeps: saved papers, those read, topics and words not to be shown; and single keys.
 * All of it stays in this browser, under the site's address. Pages are whole without it.
 */
(() => {
  /** @typedef {{ saved: { [path: string]: string[] }, read: string[], topics: { [slug: string]: string }, words: string[] }} Kept */

  const root = new URL("..", /** @type {HTMLScriptElement} */ (document.currentScript).src).href;
  const shelf = `paper.reading:${new URL(root).pathname}`;
  const language = document.documentElement.lang;
  const MOST = 5000; // papers known as read; the oldest go first

  /**
   * A published script has the text in place of its key.
   * @param {string | { [form: string]: string }} text @param {{ [name: string]: string | number }} [values]
   * @returns {string}
   */
  const _ = (text, values = {}) => {
    const form = typeof text === "string" ? "" : new Intl.PluralRules(language).select(+values.n);
    const said = typeof text === "string" ? text : (text[form] ?? text.other);
    return said.replace(/{([a-z_]+)}/g, (whole, name) => String(values[name] ?? whole));
  };

  /** @template {Element} T @param {string} selector @param {ParentNode} [within] @returns {T[]} */
  const all = (selector, within = document) => [.../** @type {NodeListOf<T>} */ (within.querySelectorAll(selector))];

  /** @param {string} tag @param {object} values @param {(Node | string)[]} children */
  const element = (tag, values, ...children) => {
    const made = Object.assign(document.createElement(tag), values);
    made.append(...children);
    return made;
  };

  /** @param {string} text @param {() => void} act @param {string} [className] */
  const button = (text, act, className = "") => element("button", { type: "button", className, onclick: act }, text);

  /** @param {unknown} found @returns {Kept} what was stored or imported, whatever it is */
  const sound = (found) => {
    const { saved, read, topics, words } = /** @type {any} */ (found ?? {});
    /** @param {any} one */
    const table = (one) => (one && typeof one === "object" && !Array.isArray(one) ? Object.entries(one) : []);
    /** @param {any} one */
    const texts = (one) => (Array.isArray(one) ? one.filter((text) => typeof text === "string") : []);
    /** @param {any} path a page of this site, and nothing else */
    const inside = (path) => /^papers\/[\w.-]+\/[\w.-]+\.html$/.test(path);
    return {
      saved: Object.fromEntries(table(saved).filter(([path]) => inside(path)).map(([path, of]) => [path, texts(of)])),
      read: texts(read).filter(inside),
      topics: Object.fromEntries(table(topics).filter(([, name]) => typeof name === "string")),
      words: texts(words),
    };
  };

  /** @returns {Kept} */
  const load = () => {
    try {
      return sound(JSON.parse(localStorage.getItem(shelf) ?? "{}"));
    } catch {
      return sound({});
    }
  };
  let kept = load();

  /** Keep what changed, and show it. */
  const store = () => {
    kept.read = kept.read.slice(-MOST);
    try {
      localStorage.setItem(shelf, JSON.stringify(kept));
    } catch {
      // storage is full or switched off: what was chosen holds until the page is left
    }
    show();
  };

  const own = document.querySelector("article.one");
  const here = location.href.replace(/[?#].*/, "").slice(root.length);

  /** @param {Element} card @returns {HTMLAnchorElement | null} the title's link */
  const title = (card) => card.querySelector("h3 a");
  /** @param {Element} card @returns {string} the path of its page */
  const path = (card) => (card === own ? here : (title(card)?.href.slice(root.length) ?? ""));
  /** @param {Element} card @param {string} selector */
  const text = (card, selector) => card.querySelector(selector)?.textContent?.trim() ?? "";

  /** @param {Element} card */
  const save = (card) => {
    if (path(card) in kept.saved) delete kept.saved[path(card)];
    else kept.saved[path(card)] = [text(card, "h1, h3"), text(card, ".by, .authors")];
    store();
  };

  /** @param {string} word @returns {(text: string) => boolean} whether a text has it as a word of its own */
  const finder = (word) => {
    const plain = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const whole = new RegExp(`(?<![\\p{L}\\p{N}])${plain}(?![\\p{L}\\p{N}])`, "iu");
    return (text) => whole.test(text) || (/[^\0-\u024f]/.test(word) && text.includes(word));
  };

  /** @param {Element} card @param {((text: string) => boolean)[]} finders */
  const muted = (card, finders) => {
    const said = text(card, "h3") + "\n" + text(card, ".by") + "\n" + (text(card, ".abs > div") || text(card, ".lead"));
    const heading = card.closest(".group")?.querySelector("h2 a");
    const ways = [...all(".chip", card), ...(heading ? [heading] : [])];
    return (
      finders.some((has) => has(said)) ||
      ways.some((way) => (/topics\/([\w-]+)\.html/.exec(way.getAttribute("href") ?? "")?.[1] ?? "") in kept.topics)
    );
  };

  /** What is hidden now, and how many there are of each kind. */
  const hiding = { read: false, muted: true };

  /** Everything on the page as it is kept. */
  const show = () => {
    const finders = kept.words.map(finder);
    const counts = { read: 0, muted: 0 };
    const read = new Set(kept.read);
    const listed = document.querySelector("#saved, #results"); // what was asked for is shown
    for (const card of all(".list .paper")) {
      const is = { read: read.has(path(card)), muted: !listed && muted(card, finders) };
      for (const kind of /** @type {const} */ (["read", "muted"])) if (is[kind]) counts[kind]++;
      card.classList.toggle("seen", is.read);
      /** @type {HTMLElement} */ (card).hidden = !listed && ((is.read && hiding.read) || (is.muted && hiding.muted));
      offer(card);
    }
    for (const group of all(".group")) {
      const gone = !group.querySelector(".paper:not([hidden])");
      /** @type {HTMLElement} */ (group).hidden = gone;
      const way = document.querySelector(`.toc a[href="#${CSS.escape(group.querySelector("h2")?.id ?? "")}"]`);
      if (way?.parentElement) way.parentElement.hidden = gone;
    }
    if (own) offer(own);
    if (!listed) tell(counts);
    count();
    for (const update of pages) update();
  };

  /** The button that saves a paper. @param {Element} card */
  const offer = (card) => {
    const is = path(card) in kept.saved;
    let found = /** @type {HTMLElement | null} */ (card.querySelector(".keep"));
    if (!found) {
      found = button("", () => save(card), "keep");
      const place = card.querySelector(card === own ? ".acts" : ".meta");
      if (place) place.append(found);
      else if (card === own) card.querySelector(".abstract, .void")?.after(element("p", { className: "acts" }, found));
      else card.append(element("p", { className: "meta" }, found));
    }
    const said = is ? _("reading.saved") : _("reading.save");
    if (found.textContent === said) return;
    found.textContent = said;
    found.classList.toggle("on", is);
    found.setAttribute("aria-label", `${said}: ${text(card, "h1, h3")}`);
  };

  /** How many papers of a list are read or muted, and the way to see them or not. @param {{ read: number, muted: number }} counts */
  const tell = (counts) => {
    const sum = document.querySelector(".split .sum");
    all(".told").forEach((old) => old.remove());
    for (const kind of /** @type {const} */ (["read", "muted"])) {
      const n = counts[kind];
      if (!n || !sum) continue;
      const said = kind === "read" ? _("reading.read_count", { n }) : _("reading.muted_count", { n });
      const act = () => {
        hiding[kind] = !hiding[kind];
        show();
        /** @type {HTMLElement | null} */ (document.querySelector(`.told.${kind} button`))?.focus();
      };
      const way = button(hiding[kind] ? _("reading.show") : _("reading.hide"), act, "plain");
      sum.append(element("span", { className: `told ${kind}` }, `${said} `, way));
    }
  };

  /** The way to the list of saved papers, as long as there are any. */
  const count = () => {
    const n = Object.keys(kept.saved).length;
    const bar = document.querySelector("body > header");
    if (!bar) return;
    let way = /** @type {HTMLAnchorElement | null} */ (bar.querySelector(".saved"));
    if (!n && way) way.remove();
    if (!n) return;
    if (!way) {
      way = /** @type {HTMLAnchorElement} */ (element("a", { className: "go saved", href: `${root}reading-list.html` }));
      bar.querySelector(".aa")?.before(way);
    }
    way.textContent = _("reading.count", { n });
  };

  /** What single pages do when something changed. @type {(() => void)[]} */
  const pages = [];

  /** A topic's page: not to show its papers elsewhere. */
  const topic = /^topics\/([\w-]+)\.html$/.exec(here)?.[1];
  const links = document.querySelector(".split > .head > div");
  if (topic && topic !== "index" && links) {
    const way = button("", () => {
      if (topic in kept.topics) delete kept.topics[topic];
      else kept.topics[topic] = text(document.body, "h1");
      store();
    }, "plain");
    links.append(element("p", { className: "fine" }, way));
    hiding.muted = false; // who comes here wants to see them
    pages.push(() => (way.textContent = topic in kept.topics ? _("reading.unmute_topic") : _("reading.mute_topic")));
  }

  /** The page of what is kept. */
  const list = document.getElementById("saved");
  if (list) {
    const status = /** @type {HTMLElement} */ (document.getElementById("kept"));
    const words = /** @type {HTMLInputElement} */ (document.getElementById("word"));
    const taken = /** @type {HTMLInputElement} */ (document.getElementById("import"));
    all(".kept[hidden]").forEach((part) => (/** @type {HTMLElement} */ (part).hidden = false));

    /** @param {string} name @param {string} type @param {string} data */
    const download = (name, type, data) => {
      const href = URL.createObjectURL(new Blob([data], { type }));
      element("a", { href, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(href), 1000);
    };
    /** @type {{ [id: string]: () => void }} */
    const acts = {
      "export": () => download("reading-list.json", "application/json", JSON.stringify(kept, null, 1)),
      "bibtex": async () => {
        try {
          const found = await Promise.all(Object.keys(kept.saved).map(async (path) => {
            const page = new DOMParser().parseFromString(await (await fetch(root + path)).text(), "text/html");
            return page.getElementById("bib")?.textContent?.trim() ?? "";
          }));
          download("reading-list.bib", "application/x-bibtex", found.filter(Boolean).join("\n\n") + "\n");
        } catch {
          status.textContent = _("reading.no_bibtex");
        }
      },
      "forget": () => {
        kept.read = [];
        store();
      },
      "shortcuts": () => help(),
    };
    for (const [id, act] of Object.entries(acts)) document.getElementById(id)?.addEventListener("click", act);
    taken.addEventListener("change", async () => {
      try {
        const more = sound(JSON.parse((await taken.files?.[0].text()) ?? ""));
        kept = {
          saved: { ...kept.saved, ...more.saved },
          read: [...new Set([...kept.read, ...more.read])],
          topics: { ...kept.topics, ...more.topics },
          words: [...new Set([...kept.words, ...more.words])],
        };
        store();
      } catch {
        status.textContent = _("reading.no_import");
      }
      taken.value = "";
    });
    words.form?.addEventListener("submit", (event) => {
      event.preventDefault();
      const word = words.value.trim();
      if (word && !kept.words.includes(word)) kept.words.push(word);
      words.value = "";
      store();
    });
    /** @param {string} name @param {() => void} drop */
    const row = (name, drop) => {
      const way = button(_("reading.remove"), () => (drop(), store()), "plain");
      way.setAttribute("aria-label", `${_("reading.remove")}: ${name}`);
      return element("li", {}, element("span", { dir: "auto" }, name), " ", way);
    };
    pages.push(() => {
      const n = Object.keys(kept.saved).length;
      status.textContent = n ? _("reading.sum", { n }) : _("reading.none");
      const shown = Object.entries(kept.saved).map(([path, [name = path, by = ""]]) =>
        element("li", { className: "paper" },
          element("h3", { dir: "auto" }, element("a", { href: root + path }, name)),
          element("p", { className: "by", dir: "auto" }, by),
          element("p", { className: "meta" })));
      list.replaceChildren(...shown);
      shown.forEach(offer);
      document.getElementById("muted")?.replaceChildren(
        ...Object.entries(kept.topics).map(([slug, name]) => row(name, () => delete kept.topics[slug])),
        ...kept.words.map((word) => row(word, () => (kept.words = kept.words.filter((one) => one !== word)))),
      );
      /** @type {HTMLButtonElement} */ (document.getElementById("bibtex")).disabled = !n;
    });
  }

  /** Whether single keys act. @param {boolean} [on] */
  const keys = (on) => {
    try {
      if (on !== undefined) localStorage.setItem("paper.keys", on ? "" : "off");
      return localStorage.getItem("paper.keys") !== "off";
    } catch {
      return true;
    }
  };

  const help = () => {
    const rows = [
      ["j", _("keys.next")], ["k", _("keys.previous")], ["o", _("keys.open")], ["s", _("keys.save")],
      ["m", _("keys.read")], ["/", _("keys.search")], ["?", _("keys.help")],
    ];
    const made = /** @type {HTMLDialogElement} */ (element("dialog", { className: "help", ariaLabel: _("keys.title") },
      element("h2", {}, _("keys.title")),
      element("dl", {}, ...rows.flatMap(([key, what]) => [
        element("dt", {}, element("kbd", {}, key)), element("dd", {}, what)])),
      element("label", {}, element("input", {
        type: "checkbox", checked: keys(), onchange: (/** @type {any} */ event) => keys(event.target.checked) }),
        ` ${_("keys.on")}`),
      element("form", { method: "dialog" }, element("button", {}, _("keys.close")))));
    made.addEventListener("close", () => made.remove());
    document.body.append(made);
    made.showModal();
  };

  /** The paper that keys act on. @returns {Element | null} */
  const current = () => own ?? document.activeElement?.closest(".paper") ?? null;

  /** @param {1 | -1} step */
  const move = (step) => {
    if (own) return /** @type {HTMLElement | null} */ (document.querySelector(`.turn [rel=${step > 0 ? "next" : "prev"}]`))?.click();
    const cards = all(".paper:not([hidden])");
    const at = cards.findIndex((card) => card === current());
    const below = cards.findIndex((card) => card.getBoundingClientRect().bottom > 0);
    const next = cards[at < 0 ? below : at + step];
    if (next) title(next)?.focus();
    next?.scrollIntoView({ block: "center" });
  };

  /** @type {{ [key: string]: () => void }} */
  const bindings = {
    j: () => move(1),
    k: () => move(-1),
    o: () => /** @type {HTMLElement | null | undefined} */ (own ? own.querySelector(".acts a") : current()?.querySelector("h3 a"))?.click(),
    s: () => {
      const card = current();
      if (card) save(card);
    },
    m: () => {
      const card = current();
      if (!card) return;
      const is = kept.read.includes(path(card));
      kept.read = is ? kept.read.filter((one) => one !== path(card)) : [...kept.read, path(card)];
      store();
    },
    "/": () => {
      const field = document.getElementById("q");
      const way = /** @type {HTMLElement | null} */ (document.querySelector(".go:not(.saved)"));
      (field ?? way)?.[field ? "focus" : "click"]();
    },
    "?": help,
  };
  document.addEventListener("keydown", (event) => {
    const typed = event.target instanceof Element && event.target.closest("input:not([type=radio],[type=checkbox]),select,textarea,dialog");
    const act = Object.hasOwn(bindings, event.key) ? bindings[event.key] : undefined;
    if (!act || typed || event.ctrlKey || event.metaKey || event.altKey || !keys()) return;
    event.preventDefault();
    act();
  });

  if (own && here.startsWith("papers/") && !kept.read.includes(here)) {
    kept.read.push(here);
    store();
  } else show();
  const results = document.getElementById("results");
  if (results) new MutationObserver(show).observe(results, { childList: true });
  addEventListener("storage", () => ((kept = load()), show()));
  addEventListener("pageshow", ({ persisted }) => persisted && ((kept = load()), show()));
})();
