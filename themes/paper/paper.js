// @ts-check
/**
 * Remembers the reading settings, and offers to copy a citation or the address of a feed. Pages are whole without it.
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

  const settings = ["th", "sz", "view"];
  for (const setting of settings) root.dataset[setting] = stored(setting);

  document.addEventListener("DOMContentLoaded", () => {
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

    const citation = document.getElementById("bib");
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
