// @ts-check
/**
 * Loads a previewed page again after each build, and says over it why there is no newer one.
 *
 * It stands in what `sitegen serve` sends, never in the built folder. Its own address tells it the
 * version of the page it is on.
 *
 * @typedef {{file: string, line: number, message: string, hint: string}} Problem
 * @typedef {{version: string, home: string, problems: Problem[]}} State
 */

const here = new URL(import.meta.url);
const home = new URL("..", here).pathname;
const version = here.searchParams.get("version");

// A sheet that is made here is no inline style, which the policy of pages forbids.
const style = new CSSStyleSheet();
style.replaceSync(`
  section { position: fixed; inset: 0 0 auto 0; z-index: 2147483647; max-height: 70vh; overflow: auto;
    box-sizing: border-box; padding: 1rem 1.25rem; background: #fff6f5; color: #2b0f0d;
    border-bottom: 3px solid #b3261e; box-shadow: 0 2px 16px #0005; font: 15px/1.5 system-ui, sans-serif; }
  h2 { margin: 0 3rem .25rem 0; font-size: 1.05rem; }
  p, ul { margin: 0; }
  ul { padding: .5rem 0 0; list-style: none; }
  li { padding: .5rem 0; border-top: 1px solid #b3261e40; overflow-wrap: anywhere; }
  code { font: 600 13px/1.5 ui-monospace, monospace; }
  .hint { opacity: .8; }
  button { position: absolute; top: .75rem; right: 1rem; padding: .25rem .6rem; font: inherit;
    color: inherit; background: none; border: 1px solid currentColor; border-radius: 4px; cursor: pointer; }
  @media (prefers-color-scheme: dark) { section { background: #2a1412; color: #ffe9e6; border-color: #ff8a80; } }
  @media print { section { display: none; } }
`);

const holder = document.createElement("sitegen-problems");
const shadow = holder.attachShadow({ mode: "open" });
shadow.adoptedStyleSheets = [style];

/** @param {string} name @param {string} text @param {string} [kind] @returns {HTMLElement} */
const element = (name, text, kind = "") => {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = kind;
  return made;
};

/** @param {Problem[]} problems */
const show = (problems) => {
  if (!problems.length) return holder.remove();
  const panel = element("section", "");
  panel.setAttribute("role", "alert");
  const list = element("ul", "");
  for (const { file, line, message, hint } of problems) {
    const item = element("li", "");
    if (file) item.append(element("code", line ? `${file}:${line}` : file), element("br", ""));
    item.append(message);
    if (hint) item.append(element("div", hint, "hint"));
    list.append(item);
  }
  const hide = element("button", "Hide");
  hide.addEventListener("click", () => holder.remove());
  panel.append(
    element("h2", "The site could not be built"),
    element("p", "This is the last one that could. The message goes away when this is mended:"),
    list,
    hide,
  );
  shadow.replaceChildren(panel);
  document.body.append(holder);
};

/** @param {State} state */
const hear = (state) => {
  if (state.home !== home) {
    const rest = location.pathname.slice(home.length);
    location.replace(state.home + rest + location.search + location.hash);
  } else if (state.version !== version) {
    location.reload();
  } else {
    show(state.problems);
  }
};

/** @type {EventSource | undefined} */
let source;

// A browser has six connections to a host, for all its tabs: those that nobody sees let go of it.
const listen = () => {
  source?.close();
  source = undefined;
  if (document.hidden) return;
  source = new EventSource(new URL("events", here));
  source.onmessage = ({ data }) => hear(JSON.parse(data));
  source.onerror = () => {
    if (source?.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
  };
};
document.addEventListener("visibilitychange", listen);
addEventListener("pageshow", ({ persisted }) => persisted && listen()); // out of the browser's cache
listen();
