/* What a reader has chosen, put in force before anything is painted, and the buttons that choose. Without script the page is
   whole, in the colours that the system asks for. */
"use strict";
(() => {
  const page = document.documentElement;
  const offered = page.dataset.scheme;
  const key = `${new URL("../../", document.currentScript.src).pathname}rectify`;
  const known = { scheme: ["light", "dark"] };
  const choices = read();

  function read() {
    try {
      return { ...JSON.parse(localStorage.getItem(key)) };
    } catch {
      return {};
    }
  }

  function choose(name, value) {
    choices[name] = value;
    try {
      localStorage.setItem(key, JSON.stringify(choices));
    } catch {
      // Not kept, then: the reader's browser keeps nothing.
    }
    apply();
  }

  function apply() {
    for (const [name, values] of Object.entries(known)) {
      if (values.includes(choices[name])) page.dataset[name] = choices[name];
      else delete page.dataset[name];
    }
    page.dataset.scheme ??= offered;
  }

  function isDark() {
    return getComputedStyle(page).colorScheme === "dark";
  }

  function addButtons() {
    const looks = document.querySelector("[data-rf-looks]");
    const scheme = looks?.querySelector("[data-rf-scheme]");
    if (!scheme) return;
    const say = () => (scheme.textContent = isDark() ? scheme.dataset.light : scheme.dataset.dark);
    scheme.addEventListener("click", () => {
      choose("scheme", isDark() ? "light" : "dark");
      say();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener?.("change", say);
    say();
    looks.hidden = false;
  }

  if (offered === "auto") apply();
  document.addEventListener("DOMContentLoaded", addButtons);
})();
