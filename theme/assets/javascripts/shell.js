/* What a reader has chosen, put in force before anything is painted, and the buttons that choose. Without script the page is
   whole, in the colours that the system asks for. */
"use strict";
(() => {
  const page = document.documentElement;
  page.classList.add("rf-script");
  const offered = page.dataset.scheme;
  const key = `${new URL("../../", document.currentScript.src).pathname}rectify`;
  const known = {
    scheme: offered === "auto" ? ["light", "dark"] : [],
    size: ["1", "2", "3", "4"],
    colours: ["black", "yellow"],
    spacing: ["wide"],
    mode: ["large"],
  };
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const wide = /([\d.]+)em/g;
  const written = new Map();
  let choices = read();

  function read() {
    try {
      return { ...JSON.parse(localStorage.getItem(key)) };
    } catch {
      return {};
    }
  }

  function choose(changes) {
    choices = { ...choices, ...changes };
    try {
      localStorage.setItem(key, JSON.stringify(choices));
    } catch {
      // The reader's browser keeps nothing; it holds for this page, then.
    }
    apply();
    reach();
  }

  function apply() {
    for (const [name, values] of Object.entries(known)) {
      if (values.includes(choices[name])) page.dataset[name] = choices[name];
      else delete page.dataset[name];
    }
    page.dataset.scheme ??= offered;
    fit();
  }

  /* Larger text needs the layout of a narrower window, as when the browser enlarges; for large print it is that of a phone. */
  function fit() {
    const large = page.dataset.mode === "large";
    if (!large && !page.dataset.size && !written.size) return;
    const size = Number(getComputedStyle(page).getPropertyValue("--rf-size")) || 1;
    for (const rule of mediaRules()) {
      if (!written.has(rule)) written.set(rule, rule.media.mediaText);
      rule.media.mediaText = written
        .get(rule)
        .replace(wide, (_, width) => `${width * (large && width >= 40 ? 100 : size)}em`);
    }
  }

  function* mediaRules() {
    for (const sheet of document.styleSheets) {
      try {
        for (const rule of sheet.cssRules) if (rule.media?.mediaText.includes("width")) yield rule;
      } catch {
        // A page that is opened as a file may not look into its own styles.
      }
    }
  }

  /* A table that is wider than its place is scrolled with keys too. */
  function reach() {
    for (const table of document.querySelectorAll("main table:not(.rf-table--stacked)"))
      if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
  }

  function isDark() {
    const { colours, scheme } = page.dataset;
    return colours ? colours === "yellow" : scheme === "dark" || (scheme === "auto" && dark.matches);
  }

  function addButtons() {
    const looks = document.querySelector("[data-rf-looks]");
    const scheme = looks?.querySelector("[data-rf-scheme]");
    const tools = looks?.querySelector("[data-rf-tools]");
    if (looks) looks.hidden = false;
    if (scheme) {
      const say = () => (scheme.textContent = isDark() ? scheme.dataset.light : scheme.dataset.dark);
      scheme.addEventListener("click", () => choose({ scheme: isDark() ? "light" : "dark", colours: "" }));
      dark.addEventListener?.("change", say);
      new MutationObserver(say).observe(page, { attributes: true });
      say();
    }
    if (tools) {
      tools.addEventListener("click", () => bringTools(tools, true), { once: true });
      if (choices.bar) bringTools(tools, false);
    }
    for (const button of document.querySelectorAll("[data-rf-print]")) {
      button.hidden = false;
      button.addEventListener("click", () => print());
    }
    // A page that is opened as a file has no script that searches; what was typed is at least still there.
    if (location.protocol === "file:") {
      for (const field of document.querySelectorAll("#content [type=search]"))
        field.value = new URLSearchParams(location.search).get(field.name) ?? "";
    }
    fit(); // for the styles of one page, which stand in it
    reach();
  }

  /* Paper has no links: there the number of a problem stands for its address, and whatever else a text leads to is written out. */
  function tellAddresses() {
    const own = document.querySelector("link[rel=canonical]")?.href ?? location.href;
    for (const link of document.querySelectorAll("#content a:not([href^='#'], [href*=':'])")) {
      const { href } = new URL(link.getAttribute("href"), own);
      const ref = href.match(/\/reports\/([^/]+\/\d+)\/[^/]*$/);
      if (ref) link.dataset.ref = ref[1];
      else link.dataset.address = decodeURI(href);
    }
  }

  function bringTools(button, asked) {
    if (globalThis.rectify) return;
    globalThis.rectify = { button, asked, choose, chosen: (name) => choices[name] || "" };
    const script = document.createElement("script");
    script.src = button.dataset.rfTools;
    document.head.append(script);
  }

  apply();
  document.addEventListener("DOMContentLoaded", addButtons);
  addEventListener("beforeprint", tellAddresses);
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    choices = read();
    apply();
  });
})();
