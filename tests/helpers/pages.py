"""A page of every kind of the project's own site."""

from helpers.browser import answered

PAGES = {
    "home": "",
    "reports": "reports/",
    "disclosure": "reports/2025-minzhengju/",
    "two groups": "reports/2023-shizhi-jiguan-gongwei/",
    "full text": "reports/2025-baiwei-huanbao/full/",
    "problem": "reports/2025-minzhengju/01/",
    "withdrawn problem": "reports/2024-yunxi-liangshi/19/",
    "attachment": "reports/2024-yunxi-liangshi/06/",
    "all problems": "problems/",
    "table": "problems/table/",
    "filtered table": "problems/table/?status=ongoing&sort=-deadline&q=%E7%AE%A1",
    "data": "data/",
    "axis": "problems/unit/",
    "list": "problems/status/done/",
    "filtered list": "problems/status/ongoing/#overdue",
    "overdue": "problems/overdue/",
    "updates": "updates/",
    "month": "updates/2024-09/",
    "methodology": "methodology/",
    "site map": "sitemap/",
    "about": "about/",
    "search": "search/",
    "search with hits": "search/?q=%E6%95%B4%E6%94%B9",
    "not found": "404.html",
}


def visit(tab, url: str) -> None:
    """Open a page and wait until it shows all that it will."""
    tab.goto(url)
    if "/table/" in url:
        tab.locator("[data-register][data-ready]").wait_for()
    elif "q=" in url:
        answered(tab)
