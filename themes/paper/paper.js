// @ts-check
/**
 * Remembers the reading settings, and offers to copy a citation or the address of a feed. Pages are whole without it.
 * Pages of papers, of which there are many, leave to it what is for scripts alone: further scripts, and the settings.
 *
 * It runs before the body is read: what was chosen stands on the root element when the first text
 * is drawn, so that nothing changes under a reader's eyes; the controls follow when they are there.
 */
(() => {
  const root = document.documentElement;

  /** @param {string} text @returns {string} a published script has the text in place of its key */
  const _ = (text) => text;

  /** @param {string} setting @param {string} [value] @returns {string} what is stored for it */
  const stored = (setting, value) => {
    try {
      if (value !== undefined) localStorage.setItem("paper." + setting, value);
      return localStorage.getItem("paper." + setting) || "";
    } catch {
      return ""; // storage is switched off
    }
  };

  const base = /** @type {HTMLScriptElement} */ (document.currentScript).src;

  /** @param {string} name a script of the theme; a published one names the file itself */
  const load = (name) => {
    document.head.append(Object.assign(document.createElement("script"), { src: new URL(name, base).href, async: false }));
  };

  /** @param {string} id @param {string} label @param {string[]} options @returns {HTMLLabelElement} */
  const choices = (id, label, options) => {
    const control = document.createElement("select");
    control.id = id;
    for (const option of options) control.append(new Option(option));
    const shown = document.createElement("label");
    shown.append(`${label} `, control);
    return shown;
  };

  /** The settings, as other pages have them. @returns {HTMLDetailsElement} */
  const panel = () => {
    const made = document.createElement("details");
    const summary = document.createElement("summary");
    const box = document.createElement("div");
    made.className = "aa";
    summary.setAttribute("aria-label", _("site.settings"));
    summary.innerHTML = "<b>A</b>a";
    box.append(
      choices("th", _("site.colours"), [_("site.colours_device"), _("site.colours_light"), _("site.colours_dark")]),
      choices("sz", _("site.size"), [_("site.size_medium"), _("site.size_small"), _("site.size_large"), _("site.size_larger")]),
    );
    made.append(summary, box);
    return made;
  };

  const settings = ["th", "sz", "view"];
  for (const setting of settings) root.dataset[setting] = stored(setting);

  document.addEventListener("DOMContentLoaded", () => {
    const citation = document.getElementById("bib");
    if (!document.querySelector(".aa")) document.querySelector("body > header")?.append(panel());
    if (citation) {
      load("./reading.js");
      load("./cite.js");
    }
    for (const setting of settings) {
      const control = document.getElementById(setting);
      const choice = document.getElementById(stored(setting));
      if (control instanceof HTMLSelectElement) control.selectedIndex = Number(stored(setting));
      if (choice instanceof HTMLInputElement && choice.name === setting) choice.checked = true;
      delete root.dataset[setting];
    }
    document.addEventListener("change", ({ target }) => {
      if (target instanceof HTMLSelectElement) stored(target.id, String(target.selectedIndex));
      if (target instanceof HTMLInputElement) stored(target.name, target.id);
    });

    const disk = document.getElementById("disk");
    if (disk) disk.hidden = location.protocol !== "file:";
    // Addresses of feeds: those that a page gives relatively are whole in what is copied.
    if (navigator.clipboard) {
      for (const link of document.querySelectorAll("a[data-copy]")) {
        if (!(link instanceof HTMLAnchorElement)) continue;
        const button = document.createElement("button");
        button.type = "button";
        button.className = "copy";
        button.textContent = _("subscribe.copy");
        const name = link.closest("li, tr")?.querySelector("h3, th");
        button.setAttribute("aria-label", _("subscribe.copy_label").replace("{name}", name?.textContent ?? "").replace("{feed}", link.textContent ?? ""));
        button.addEventListener("click", async () => {
          await navigator.clipboard.writeText(link.href);
          button.textContent = _("subscribe.copied");
          setTimeout(() => (button.textContent = _("subscribe.copy")), 1500);
        });
        link.parentElement?.append(button);
      }
    }

    if (citation && navigator.clipboard) {
      const button = document.createElement("button");
      button.textContent = _("cite.copy");
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(citation.textContent || "");
        button.textContent = _("cite.copied");
        setTimeout(() => (button.textContent = _("cite.copy")), 1500);
      });
      citation.after(button);
    }
  });
})();
