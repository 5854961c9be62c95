"""Accessibility rules, by the copy of axe-core that axe-playwright-python carries."""

from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""Conformance levels, and the advice of the release of axe-core that is installed."""

COLOURS = ("color-contrast", "link-in-text-block")
"""The rules of those levels that look at colours: all that a page can break in the dark where it breaks nothing by light."""

RUN = """
async runOnly => {
  const options = {runOnly, resultTypes: ["violations"]};
  // In WCAG 2.2 AA, but off in axe-core unless asked for.
  if (runOnly.type === "tag") options.rules = {"target-size": {enabled: true}};
  const {violations} = await axe.run(document, options);
  return violations.map(({id, impact, help, nodes}) => ({
    id, impact, help,
    nodes: nodes.map(({target, html, failureSummary}) => ({target: target.join(" "), html, why: failureSummary})),
  }));
}
"""


@cache
def source() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, rules: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """What breaks WCAG 2.2 A and AA, or axe's own advice, on the page as it stands: id, impact, help, nodes (target, html, why).

    Of these rules alone, where any are named.
    """
    page.evaluate(source())
    return page.evaluate(RUN, {"type": "rule" if rules else "tag", "values": rules or TAGS})
