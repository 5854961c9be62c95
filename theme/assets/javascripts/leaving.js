// Asks before a link leads to another site, where the operator wants that. Without script links lead on at once.
{
  const { ask } = document.currentScript.dataset;
  const leave = (event) => {
    const link = event.button < 2 && event.target.closest?.("a[href]");
    if (!link || !/^https?:$/.test(link.protocol) || link.host === location.host) return;
    if (!confirm(ask.replace("{host}", link.host))) event.preventDefault();
  };
  addEventListener("click", leave);
  addEventListener("auxclick", leave);
}
