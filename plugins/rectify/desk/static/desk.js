/* What the desk's pages do beside forms and links, all of which work without it. */

/** The checks and the readers' page follow what is typed. */
const form = document.querySelector("[data-problem]");
if (form) {
  const frame = document.querySelector("[data-frame]");
  const state = form.querySelector("[data-state]");
  const deadline = form.elements.deadline;
  const stated = deadline?.defaultValue;
  let timer = 0;
  let turn = 0;

  const remark = ({ severity, text, fix }) => {
    const line = document.createElement("p");
    line.className = `desk-remark desk-remark--${severity}`;
    line.textContent = text;
    if (fix) line.append(Object.assign(document.createElement("span"), { textContent: fix }));
    return line;
  };

  const look = async () => {
    const mine = ++turn;
    const answer = await fetch(form.dataset.look, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    if (!answer.ok || mine !== turn) return;
    const { remarks, page } = await answer.json();
    if (mine !== turn) return;
    for (const place of form.querySelectorAll("[data-remarks]")) {
      place.replaceChildren(...(remarks[place.dataset.remarks] ?? []).map(remark));
      const field = form.querySelector(`[aria-describedby~="${place.id}"]`);
      if (field) field.toggleAttribute("aria-invalid", (remarks[place.dataset.remarks] ?? []).some(({ severity }) => severity === "error"));
    }
    if (page && frame) {
      const at = frame.contentWindow?.scrollY ?? 0;
      frame.addEventListener("load", () => frame.contentWindow?.scrollTo(0, at), { once: true });
      frame.src = `${form.dataset.reader}${page}?${mine}`;
    }
    form.dataset.looked = mine;
  };

  form.addEventListener("input", () => {
    form.dataset.changed = "";
    if (deadline) form.querySelector("[data-reason]").hidden = !stated || deadline.value === stated;
    clearTimeout(timer);
    timer = setTimeout(look, 400);
  });
  form.addEventListener("submit", () => delete form.dataset.changed);
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  addEventListener("beforeunload", (event) => {
    if ("changed" in form.dataset) event.preventDefault();
  });
  look();
}

/** A day is typed as people write it, or picked in a calendar, which is for the mouse: typing is shorter for everybody else. */
const pickable = (field) => {
  const pick = Object.assign(document.createElement("input"), { type: "date", className: "desk-pick", tabIndex: -1, ariaHidden: "true" });
  pick.addEventListener("pointerdown", () => (pick.value = /^\d{4}-\d\d-\d\d$/.test(field.value) ? field.value : ""));
  pick.addEventListener("click", () => pick.showPicker?.());
  pick.addEventListener("input", (event) => event.stopPropagation());
  pick.addEventListener("change", () => {
    field.value = pick.value || field.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  field.after(pick);
};
for (const field of document.querySelectorAll("[data-day]")) pickable(field);

/** A browser labels what chooses a file in its own language: a label in the language of the page lies below it, and what was chosen beside. */
for (const field of document.querySelectorAll("input[type=file]")) {
  const part = (name, textContent) => Object.assign(document.createElement("span"), { className: name, textContent, ariaHidden: "true" });
  const place = Object.assign(document.createElement("span"), { className: "desk-file" });
  const chosen = part("desk-quiet");
  const tell = () => (chosen.textContent = [...field.files].map(({ name }) => name).join(" · ") || document.body.dataset.none);
  field.before(place);
  place.append(field, part("desk-file__button", document.body.dataset.choose), chosen);
  field.addEventListener("change", tell);
  addEventListener("pageshow", tell); // the way back brings what was chosen with it
}

/** A page in a frame is as wide as a window, or as a phone; two that are compared are as tall as they are long, and go up and down together. */
const frames = [...document.querySelectorAll("[data-frame]")];
const stretch = () => {
  for (const one of frames.filter((frame) => "tall" in frame.dataset)) {
    one.style.height = "";
    one.style.height = `${one.contentDocument?.documentElement?.scrollHeight ?? 600}px`;
  }
};
for (const button of document.querySelectorAll("[data-width]")) {
  button.addEventListener("click", () => {
    for (const one of frames) one.dataset.at = button.dataset.width;
    for (const one of document.querySelectorAll("[data-width]")) one.setAttribute("aria-pressed", one === button);
    stretch();
  });
}
for (const one of frames) one.addEventListener("load", stretch);

/** What readers take away or find on other hosts is looked at in a window of its own: a browser shows neither in such a frame. */
for (const one of frames) {
  one.addEventListener("load", () => {
    for (const link of one.contentDocument?.querySelectorAll("a[href]") ?? []) {
      if (link.origin === location.origin && !link.pathname.includes("/files/")) continue;
      Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
      link.removeAttribute("download");
    }
  });
}
addEventListener("resize", stretch);
if (document.readyState === "complete") stretch();

/** A list of thousands is not made in a moment: as long as it is being made, that is said. */
const making = document.querySelector("[data-making]");
const made = async (event, address, name) => {
  event.preventDefault();
  if (making.textContent) return;
  making.textContent = making.dataset.words.replace("{name}", name);
  try {
    const answer = await fetch(address, { redirect: "manual" });
    const file = /filename=([^;]+)/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1];
    if (!file) return location.assign(address);
    const url = URL.createObjectURL(await answer.blob());
    Object.assign(document.createElement("a"), { href: url, download: file }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  } catch {
    location.assign(address);
  } finally {
    making.textContent = "";
  }
};
for (const link of document.querySelectorAll("a[data-made]")) link.addEventListener("click", (event) => made(event, link.href, link.textContent));
for (const form of document.querySelectorAll("form[data-made]")) {
  form.addEventListener("submit", (event) => made(event, `${form.action}?${new URLSearchParams(new FormData(form))}`, form.dataset.made));
}

/** A file dropped anywhere on the page is the one that is read. */
const dropped = document.querySelector("[data-drop]");
if (dropped) {
  const field = dropped.querySelector("input[type=file]");
  const place = dropped.querySelector("label");
  addEventListener("dragover", (event) => {
    event.preventDefault();
    place.classList.add("is-over");
  });
  addEventListener("dragleave", () => place.classList.remove("is-over"));
  addEventListener("drop", (event) => {
    event.preventDefault();
    place.classList.remove("is-over");
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    dropped.requestSubmit();
  });
}

/** Who types a third wording has chosen it. */
for (const text of document.querySelectorAll(".desk-third :is(textarea, select)")) {
  text.addEventListener("input", () => (text.parentElement.querySelector("[type=radio]").checked = true));
}

/** What is on its way is not sent a second time; a file may be asked for as often as one likes. */
addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method === "get") return;
  if ("sent" in event.target.dataset) event.preventDefault();
  else event.target.dataset.sent = "";
});
addEventListener("pageshow", () => {
  for (const sent of document.querySelectorAll("[data-sent]")) delete sent.dataset.sent;
});
