// What came since the last visit, from what this browser keeps. A record is known by its mark, a month by how many it had: what
// is registered late under an earlier date is new as well.
{
  const note = document.querySelector("[data-since]");
  const said = note.querySelector("[role=status]");
  const key = `${new URL("../../", document.currentScript.src).pathname}rectify-visit`;
  const rows = [...document.querySelectorAll("[data-mark]")];
  const months = [...document.querySelectorAll("[data-month]")];

  const read = (store) => {
    try {
      return JSON.parse(store().getItem(key));
    } catch {
      return null;
    }
  };
  const write = (store, value) => {
    try {
      store().setItem(key, JSON.stringify(value));
    } catch {
      // A browser that keeps nothing shows nothing new.
    }
  };
  const lasting = () => localStorage;
  const session = () => sessionStorage; // the comparison stays the same while the reader comes and goes

  const now = {
    on: new Date().toISOString().slice(0, 10),
    marks: rows.map((row) => row.dataset.mark),
    months: Object.fromEntries(months.map((one) => [one.dataset.month, Number(one.dataset.number)])),
  };
  const kept = read(lasting);
  const before = read(session) ?? kept;
  if (before?.stop || kept?.stop) note.remove();
  else {
    if (before?.marks && before.months) show(before);
    write(session, before ?? now);
    write(lasting, now);
    note.querySelector("button").addEventListener("click", () => {
      write(lasting, { stop: true });
      write(session, { stop: true });
      note.remove();
    });
  }

  function show(last) {
    const seen = new Set(last.marks);
    let number = 0;
    for (const one of months) {
      const more = now.months[one.dataset.month] - (last.months[one.dataset.month] ?? 0);
      if (more > 0) {
        number += more;
        one.lastElementChild.after(badge(`+${more}`));
        one.closest("details").open = true;
      }
    }
    for (const row of rows) if (!seen.has(row.dataset.mark)) row.querySelector("a").after(" ", badge(said.dataset.new));
    const form = number ? said.dataset[number === 1 ? "one" : "more"] : said.dataset.none;
    const day = new Date(last.on).toLocaleDateString(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
    note.hidden = false;
    said.textContent = form.replace("{date}", day).replace("{number}", number);
  }

  function badge(text) {
    const sign = document.createElement("span");
    sign.className = "rf-flag rf-new";
    sign.textContent = text;
    return sign;
  }
}
