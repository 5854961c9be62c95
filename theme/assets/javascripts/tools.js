/* The tool bar: larger text, contrast, spacing, large print, reading aloud. It comes when a reader asks for it; `shell.js` keeps
   what is chosen and puts it in force. */
"use strict";
globalThis.rectify.show = (html) => {
  const { button, asked, choose, chosen } = globalThis.rectify;
  const page = document.documentElement;
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const bar = holder.content.firstElementChild;
  const find = (name) => bar.querySelector(`[data-${name}]`);
  const [smaller, larger] = bar.querySelectorAll("[data-step]");
  const reader = aloud(find("read"), find("stop"));
  const header = document.querySelector(".rf-header");

  function say() {
    const size = Number(chosen("size"));
    smaller.setAttribute("aria-disabled", size === 0);
    larger.setAttribute("aria-disabled", size === 4);
    find("now").textContent = `${Math.round(Number(getComputedStyle(page).getPropertyValue("--rf-size") || 1) * 100)}%`;
    for (const one of bar.querySelectorAll("[data-choice]"))
      one.setAttribute("aria-pressed", chosen(one.dataset.choice) === one.dataset.value);
  }

  function open(focus) {
    header.before(bar);
    button.setAttribute("aria-expanded", "true");
    if (focus) larger.focus();
  }

  function close() {
    reader.stop();
    bar.remove();
    button.setAttribute("aria-expanded", "false");
    choose({ bar: "" });
    button.focus();
  }

  bar.addEventListener("click", (event) => {
    const { step, choice, value, reset, close: closes } = event.target.closest("button")?.dataset ?? {};
    if (step) choose({ size: String(Math.min(4, Math.max(0, Number(chosen("size")) + Number(step)))) });
    if (choice) choose({ [choice]: chosen(choice) === value ? "" : value });
    if (reset !== undefined) choose({ size: "", colours: "", spacing: "", mode: "", scheme: "" });
    if (closes !== undefined) close();
    say();
  });
  bar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  button.addEventListener("click", () => {
    if (bar.isConnected) return close();
    choose({ bar: "open" });
    open(true);
  });
  choose({ bar: "open" });
  say();
  open(asked);

  /* Reads sentence by sentence: browsers break off what is long, and some cannot go on after a pause. */
  function aloud(read, halt) {
    const speech = globalThis.speechSynthesis;
    const skipped = "[aria-hidden=true], nav, svg, form, button, script, template, noscript, .rf-noprint";
    const blocks = "h1, h2, h3, h4, p, li, dt, dd, td, th, figcaption, summary, blockquote, pre";
    const [begin, pause, resume] = read.dataset.words.split("|");
    let sentences = [];
    let at = 0;
    let spoken = null;

    function voice(language) {
      const tag = (one) => one.lang.replace("_", "-").toLowerCase();
      const asked = language.toLowerCase();
      const known = speech.getVoices();
      const main = asked.split("-")[0];
      return known.find((one) => tag(one).startsWith(asked)) ?? known.find((one) => tag(one).split("-")[0] === main);
    }

    function gather() {
      const found = [];
      const walk = document.createTreeWalker(document.getElementById("content"), NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const parent = node.parentElement;
        if (!node.data.trim() || parent.closest(skipped) || !parent.getClientRects().length) continue;
        const block = parent.closest(blocks) ?? parent;
        const last = found.at(-1);
        if (last?.block === block) last.text += node.data;
        else found.push({ block, node, text: node.data, language: parent.closest("[lang]").lang });
      }
      return found.flatMap(({ text, ...rest }) =>
        text
          .replace(/\s+/g, " ")
          .split(/(?<=[。！？；])|(?<=[.!?;])\s/)
          .filter((one) => one.trim())
          .map((one) => ({ ...rest, text: one })),
      );
    }

    function mark(block) {
      for (const one of document.querySelectorAll(".rf-reading")) one.classList.remove("rf-reading");
      block?.classList.add("rf-reading");
      block?.scrollIntoView({ block: "nearest" });
    }

    function quiet() {
      spoken = null;
      speech?.cancel();
    }

    function stop() {
      quiet();
      mark(null);
      at = 0;
      sentences = [];
      read.textContent = begin;
      halt.hidden = true;
    }

    function speak() {
      if (at >= sentences.length) return stop();
      const { block, text, language } = sentences[at];
      const said = new SpeechSynthesisUtterance(text);
      said.lang = language;
      said.voice = voice(language) ?? null;
      said.addEventListener("end", () => {
        if (spoken !== said) return;
        at += 1;
        speak();
      });
      said.addEventListener("error", () => spoken === said && stop());
      mark(block);
      spoken = said;
      speech.speak(said);
    }

    read.addEventListener("click", () => {
      if (spoken) {
        quiet();
        read.textContent = resume;
        return;
      }
      if (!sentences.length) {
        const selection = getSelection();
        sentences = gather();
        if (!selection.isCollapsed)
          at = Math.max(0, sentences.findIndex((one) => selection.containsNode(one.node, true)));
      }
      read.textContent = pause;
      halt.hidden = false;
      speak();
    });
    halt.addEventListener("click", () => {
      stop();
      read.focus();
    });
    const offer = () => (read.hidden = !speech || !voice(page.lang));
    speech?.addEventListener?.("voiceschanged", offer);
    addEventListener("pagehide", stop);
    offer();
    return { stop };
  }
};
