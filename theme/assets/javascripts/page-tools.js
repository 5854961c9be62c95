// The buttons of a problem's page: copy, share, print. Without this script they are not shown.
{
  const section = document.querySelector("[data-tools]");
  const said = section.querySelector("[role=status]");

  // The clipboard is there on secure pages only; elsewhere what is selected can be copied.
  const copied = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text).then(() => true, () => false);
    const field = document.createElement("textarea");
    field.value = text;
    field.readOnly = true;
    field.className = "rf-hidden";
    section.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  };
  const copy = async (button, text) => {
    const done = await copied(text);
    said.textContent = done ? said.dataset.said : said.dataset.failed;
    button.focus();
  };
  const line = () => section.querySelector(".rf-cite__line").textContent.replace(/\s+/g, " ").trim();
  const address = document.querySelector("link[rel=canonical]")?.href ?? location.href.replace(/#.*/, "");
  const title = document.querySelector("meta[property='og:title']").content;
  const actions = {
    "[data-copy]": (button) => copy(button, button.dataset.copy),
    "[data-copy-cite]": (button) => copy(button, line()),
    "[data-share]": () => navigator.share({ title, url: address }).catch(() => {}), // whoever changes their mind has not failed
    "[data-print]": () => print(),
  };
  for (const [name, act] of Object.entries(actions)) {
    const button = section.querySelector(name);
    button.addEventListener("click", () => act(button));
  }
  section.querySelector("[data-share]").hidden = !navigator.share;
  section.querySelector(".rf-cite__tools").hidden = false;
}
