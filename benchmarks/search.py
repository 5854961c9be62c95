"""Measures the search: what it finds, what a reader waits for, what building it costs. Prints one Markdown table.

    python benchmarks/search.py CORPUS.jsonl [--problems 1000 10000] [--queries 200] [--seed N]

CORPUS.jsonl has a problem a line: path (reports/<id>/<n>), short (title), status, unit, year, progress, body (Markdown).
Queries are drawn with the seed; take one that nothing was tuned with.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import random
import re
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import groupby, islice
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright

from rectify.core.language import language
from rectify.core.vocabulary import STATUSES
from rectify.host.bodies import BASE
from rectify.host.fragments import Fragments
from rectify.host.site_texts import SiteTexts
from rectify.outputs.search_index import SearchEntry, analyse, assemble, patch
from rectify.outputs.search_text import fold, tidy
from rectify.outputs.variants import FILE, characters_of, variants_json

THEME = Path(__file__).resolve().parent.parent / "theme"
HAN = re.compile("[\u4e00-\u9fff]+")

Query = tuple[str, int, Callable[[SearchEntry], bool]]
"""What is typed, the entry it was drawn from, and whether another entry is as good an answer."""


def entries(corpus: Path, problems: int) -> list[SearchEntry]:
    """The first problems of the corpus, each disclosure before its own."""
    made = []
    with corpus.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, problems)]
    for folder, group in groupby(rows, lambda row: row["path"].rpartition("/")[0]):
        group = list(group)
        year = group[0]["year"]
        unit = Counter(row["unit"] for row in group).most_common(1)[0][0]
        ref = f"{year}-{folder.rpartition('/')[2]}"
        title = f"{unit}关于{year}年巡察整改进展情况的报告"
        body = f"{unit}共收到反馈问题{len(group)}个，逐项制定措施、明确责任、限定时间，现将进展情况予以公布。"
        last = max(row["progress"][-1][0] for row in group)
        made.append(SearchEntry(ref, f"reports/{ref}/", "disclosure", title, unit, "", False, year, last, body))
        for n, row in enumerate(group, 1):
            made.append(
                SearchEntry(
                    f"{ref}/{n:02d}",
                    f"reports/{ref}/{n:02d}/",
                    "problem",
                    row["short"],
                    unit,
                    STATUSES.find(row["status"]).key,
                    n % 11 == 0,
                    year,
                    row["progress"][-1][0],
                    re.sub(r"\*\*|^#+ ", "", row["body"], flags=re.M),
                    fields=(("units", row["unit"]),),
                )
            )
    return made


def names_of(entry: SearchEntry) -> str:
    return " ".join(text for _, text in entry.fields)


def holds(entry: SearchEntry, *words: str) -> bool:
    text = fold("\n".join((tidy(entry.title), entry.unit, names_of(entry), tidy(entry.body))))
    return all(fold(word) in text for word in words)


def _all_in_title(words: list[str], entry: SearchEntry) -> bool:
    return all(word in entry.title for word in words)


def fragments(site: list[SearchEntry], rng: random.Random) -> Iterator[Query]:
    """2-8 characters cut anywhere from a title."""
    while True:
        n = rng.randrange(len(site))
        size = rng.randint(2, 8)
        start = rng.randrange(max(1, len(site[n].title) - size + 1))
        cut = site[n].title[start : start + size]
        if HAN.search(cut[0]) and HAN.search(cut[-1]) and len(cut) > 1:
            yield cut, n, partial(_all_in_title, re.findall(r"\w+", cut))


def in_traditional(site: list[SearchEntry], rng: random.Random) -> Iterator[Query]:
    """The same in the characters that Hong Kong and many input methods write."""
    from opencc import OpenCC

    turn = OpenCC("s2hk").convert
    yield from ((turn(query), n, is_as_good) for query, n, is_as_good in fragments(site, rng) if turn(query) != query)


def two_words(site: list[SearchEntry], rng: random.Random) -> Iterator[Query]:
    """Two words of 2-4 characters from anywhere on one page."""
    while True:
        n = rng.randrange(len(site))
        runs = HAN.findall(f"{site[n].title} {names_of(site[n])} {site[n].body}")
        words = []
        for run in rng.sample(runs, 2):
            size = rng.randint(2, 4)
            start = rng.randrange(max(1, len(run) - size + 1))
            words.append(run[start : start + size])
        if all(len(word) > 1 for word in words):
            yield " ".join(words), n, lambda e, words=words: holds(e, *words)


def units(site: list[SearchEntry], rng: random.Random) -> Iterator[Query]:
    """Names of disclosing and of responsible units."""
    while True:
        n = rng.randrange(len(site))
        name = rng.choice([site[n].unit, names_of(site[n]) or site[n].unit])
        yield name, n, lambda e, name=name: name in f"{e.unit} {names_of(e)}"


def typed(site: list[SearchEntry], rng: random.Random) -> Iterator[Query]:
    """Phrases as people type or paste them: with punctuation, in full-width forms, with a stray space, in quotation
    marks, the title as the document words it, two of its words run together."""
    wide = {c: c + 0xFEE0 for c in range(0x21, 0x7F)}
    while True:
        n = rng.randrange(len(site))
        sentence = rng.choice([s for s in re.split(r"[。\n]", site[n].body) if len(s) > 12])
        start = rng.randrange(len(sentence) - 11)
        phrase = sentence[start : start + rng.randint(6, 14)]
        phrase = re.sub(r"^[0-9.]+|[0-9.]+$", "", phrase).strip()  # half a number is not what anyone types
        runs = [run for run in HAN.findall(site[n].title + " " + sentence) if len(run) > 3]
        kind = rng.randrange(5)
        if kind == 4:
            if len(runs) > 1:
                glued = rng.sample(runs, 2)
                yield glued[0][:4] + glued[1][:4], n, lambda e, words=(glued[0][:4], glued[1][:4]): holds(e, *words)
        elif kind == 3:
            yield f"关于“{site[n].title}”问题的整改", n, lambda e: False
        elif len(phrase) > 4:
            words = re.findall(r"[\w.%]+", phrase)
            middle = len(phrase) // 2
            form = [phrase.translate(wide), f"“{phrase}”", f"{phrase[:middle]} {phrase[middle:]}"][kind]
            if not re.search(r"[0-9.]$", phrase[:middle]) and all(map(HAN.search, words)):
                yield form, n, lambda e, words=words: holds(e, *words)


KINDS = {
    "fragment": fragments,
    "in traditional": in_traditional,
    "two words": two_words,
    "unit": units,
    "as typed": typed,
}


def build(site: list[SearchEntry], out: Path) -> dict[str, float]:
    """Writes the search page and its index; returns what that took."""
    start = time.perf_counter()
    analyses = [analyse(entry) for entry in site]
    analysed = time.perf_counter()
    labels = {"status": STATUSES.labels(), "field": {}, "words": {}}
    files = assemble(analyses, labels) | {FILE: variants_json(characters_of(analyses))}
    assembled = time.perf_counter()
    times = []
    problems = [n for n, entry in enumerate(site) if entry.kind == "problem"]
    for n in problems[:: max(1, len(problems) // 25)]:
        middle = len(site[n].body) // 2
        body = f"{site[n].body[:middle]}经复查，已逐项补正。{site[n].body[middle:]}"
        edited = [*analyses]
        begin = time.perf_counter()
        edited[n] = analyse(dataclasses.replace(site[n], body=body))
        patch(files.__getitem__, edited, {n: analyses[n]}, labels)
        times.append(time.perf_counter() - begin)
    for path, data in files.items():
        (out / "search/index" / path).parent.mkdir(parents=True, exist_ok=True)
        (out / "search/index" / path).write_bytes(data)
    for path in (
        "javascripts/search.js",
        "javascripts/search-query.js",
        "javascripts/variants.js",
        "stylesheets/search.css",
    ):
        (out / "assets" / path).parent.mkdir(parents=True, exist_ok=True)
        (out / "assets" / path).write_bytes((THEME / "assets" / path).read_bytes())
    fragments = Fragments([THEME], SiteTexts(language("zh")))
    body = fragments.render("search", statuses=list(STATUSES)).replace(BASE, "../")
    head = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><link rel="icon" href="data:,"><title>搜索</title>'
    (out / "search/index.html").write_text(f"{head}<main>{body}</main>", encoding="utf-8")
    return {
        "analyse ms an entry": 1e3 * (analysed - start) / len(site),
        "assemble s": assembled - analysed,
        "patch ms, median": 1e3 * statistics.median(times),
        "index MB": sum(map(len, files.values())) / 1e6,
        "index files": len(files),
    }


class Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None:
        pass


ASK = """async ([q]) => {
    const form = document.querySelector("[data-search-form]");
    form.elements.q.value = q;
    const begin = performance.now();
    form.requestSubmit ? form.requestSubmit() : form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    const count = document.querySelector("[data-search-count]");
    while (document.querySelector("[data-search-results]").ariaBusy !== "false") await new Promise((done) => setTimeout(done));
    const links = Array.from(document.querySelectorAll("[data-search-results] a"), (a) => new URL(a.href).pathname.slice(1));
    return [performance.now() - begin, Number(count.textContent), links];
}"""


def found(site: list[SearchEntry], page: Page, queries: int, seed: int) -> dict[str, float]:
    """Shares of queries that show their entry, or only as good ones, in the first ten; and how exact counts are."""
    by_url = {entry.url: entry for entry in site}
    figures, times, again = {}, [], []
    for kind, draw in KINDS.items():
        right = 0
        for query, n, is_as_good in islice(draw(site, random.Random(f"{seed} {kind}")), queries):
            spent, _, links = page.evaluate(ASK, [query])
            times.append(spent)
            again.append(page.evaluate(ASK, [query])[0])
            first = links[:10]
            good = site[n].url in first or (len(first) == 10 and all(is_as_good(by_url[url]) for url in first))
            right += good
            if not good:
                print(f"missed ({kind}): {query} <- {site[n].ref} {site[n].title}", file=sys.stderr)
        figures[f"found@10, {kind}"] = right / queries
    rng = random.Random(f"{seed} counts")
    exact = 0
    for _ in range(queries):
        run = rng.choice(HAN.findall(rng.choice(site).body or "整改"))
        word = run[: rng.randint(1, 4)]
        _, count, _ = page.evaluate(ASK, [word])
        truth = sum(holds(entry, word) for entry in site)
        exact += count == truth
        if count != truth:
            print(f"count: {word} {count}, in truth {truth}", file=sys.stderr)
    figures["counts exact"] = exact / queries
    figures["next query ms, from this machine"] = statistics.median(times)
    figures["same query again ms"] = statistics.median(again)
    figures["same query again ms, p95"] = statistics.quantiles(again, n=20)[-1]
    return figures


WATCH = """new MutationObserver(() => {
    if (!window.first && document.querySelector("[data-search-results] a")) window.first = performance.now();
    if (!window.complete && document.querySelector("[data-search-results][aria-busy=false]")) window.complete = performance.now();
}).observe(document, { childList: true, subtree: true, attributes: true });"""

LOADED = """() => performance.getEntriesByType("resource").filter((one) => /search\\/index\\/|search[a-z-]*\\.js/.test(one.name))
    .map((one) => [one.responseEnd, one.transferSize])"""


def first_result(site: list[SearchEntry], browser: Browser, address: str, seed: int) -> dict[str, float]:
    """What a reader waits for who opens a search with an empty cache, at 10 Mbit/s and 40 ms."""
    rows = []
    for query in [q for draw in KINDS.values() for q, *_ in islice(draw(site, random.Random(f"{seed} cold")), 8)]:
        context = browser.new_context()
        context.add_init_script(WATCH)
        page = context.new_page()
        rate = {"offline": False, "latency": 40, "downloadThroughput": 10e6 / 8, "uploadThroughput": 10e6 / 8}
        context.new_cdp_session(page).send("Network.emulateNetworkConditions", rate)
        page.goto(f"{address}search/?q={quote(query)}", wait_until="commit")
        page.wait_for_selector("[data-search-results][aria-busy=false]", state="attached")
        first, complete = page.evaluate("[window.first || window.complete, window.complete]")
        loaded = page.evaluate(LOADED)
        rows.append(
            (
                first,
                complete,
                sum(size for end, size in loaded if end <= first),
                sum(size for _, size in loaded),
                len(loaded),
            )
        )
        context.close()
    seconds, all_seconds, size, all_size, requests = map(statistics.median, zip(*rows))
    return {
        "seconds to the first result": seconds / 1e3,
        "seconds to the first ten": all_seconds / 1e3,
        "KB (scripts and index) to the first result": size / 1e3,
        "KB (scripts and index) to the first ten": all_size / 1e3,
        "requests": requests,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--problems", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    options = parser.parse_args()
    columns = []
    for problems in options.problems:
        site = entries(options.corpus, problems)
        with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
            figures = build(site, Path(folder))
            server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=folder))
            threading.Thread(target=server.serve_forever, daemon=True).start()
            address = f"http://127.0.0.1:{server.server_port}/"
            flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
            browser = playwright.chromium.launch(executable_path=options.chromium, args=flags)
            figures |= first_result(site, browser, address, options.seed)
            page = browser.new_page()
            page.goto(f"{address}search/")
            figures |= found(site, page, options.queries, options.seed)
            browser.close()
            server.shutdown()
        columns.append(figures)
    print(
        f"| seed {options.seed}, {options.queries} queries a kind |",
        *(f" {n:,} problems |" for n in options.problems),
        sep="",
    )
    print("|---|", *("---|" for _ in columns), sep="")
    for name in columns[0]:
        print(f"| {name} |", *(f" {figures[name]:.4g} |" for figures in columns), sep="")


if __name__ == "__main__":
    main()
