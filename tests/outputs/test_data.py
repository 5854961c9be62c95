"""The open data has the shape that outside scripts rely on, and opens as text in WPS and Excel."""

import csv
import hashlib
import io
import json
import re
import sqlite3
from collections import Counter
from datetime import date
from pathlib import Path
from statistics import median

import jsonschema
import pytest
from openpyxl import load_workbook

from helpers.site import ROOT, Site, write_site
from rectify.core.counts import count
from rectify.core.language import LANGUAGES, language
from rectify.core.model import Disclosure, Problem, Progress
from rectify.core.vocabulary import STATUSES
from rectify.outputs.data import problems_fragment, problems_json
from rectify.outputs.data_tables import PROBLEMS, TABLES, csv_file, csv_rows, rows_of
from rectify.outputs.workbook import Sheet, sheet_rows, workbook

REPORT = "---\n标题: 甲局整改情况\n文种: 整改情况报告\n单位: 甲局\n截至日期: 2024-05-31\n公开日期: 2024-06-10\n---\n"
FIRST = """---
问题: 台账“不全”, 且\\有"引号"
状态: 持续推进
分组: 第一组
序号: 3
牵头单位: 办公室
责任单位: [甲科, 乙科]
整改时限: 2024-05-30
进展:
  - {日期: 2024-05-01, 内容: 启动。}
  - {日期: 2024-05-20, 状态: 持续推进, 内容: "=HYPERLINK(\\"http://x\\")"}
---
"""
FILES = {
    "reports/2024-jia/index.md": REPORT,
    "reports/2024-jia/01.md": FIRST,
    "reports/2024-jia/02.md": "---\n问题: 乙\n状态: 已销号\n整改时限: 长期坚持\n---\n",
    "reports/2025-yi/index.md": REPORT.replace("甲", "乙")
    .replace("2024-06-10", "2025-01-02")
    .replace("公开日期", "公布数: {总数: 0}\n公开日期"),
}
PROBLEM = {
    "ref": "2024-jia/01",
    "disclosure": "2024-jia",
    "seq": 1,
    "title": '台账“不全”, 且\\有"引号"',
    "status": "ongoing",
    "status_label": "持续推进",
    "group": "第一组",
    "number": "3",
    "lead": "办公室",
    "units": ["甲科", "乙科"],
    "deadline": "2024-05-30",
    "overdue": True,
    "url": "reports/2024-jia/01/",
    "progress": [
        {"date": "2024-05-01", "status": "", "text": "启动。"},
        {"date": "2024-05-20", "status": "ongoing", "text": '=HYPERLINK("http://x")'},
    ],
}
DISCLOSURE = {
    "id": "2024-jia",
    "title": "甲局整改情况",
    "unit": "甲局",
    "published": "2024-06-10",
    "as_of": "2024-05-31",
    "url": "reports/2024-jia/",
    "counts": {
        "total": 2,
        "done": 1,
        "open": 1,
        "unstated": 0,
        "verified": 1,
        "overdue": 1,
        "by_status": {**dict.fromkeys(STATUSES.entries, 0), "ongoing": 1, "closed-out": 1},
    },
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = write_site(tmp_path_factory.mktemp("data"), FILES)
    site.build().ok()
    return site


def test_problems_have_the_keys_of_the_contract(site: Site):
    data = site.data("problems")
    assert data["as_of"] == "2024-05-31"
    assert data["generator"].startswith("rectify ")
    assert [p["ref"] for p in data["problems"]] == ["2024-jia/01", "2024-jia/02"]
    first, second = data["problems"]
    assert {key: first[key] for key in PROBLEM} == PROBLEM
    assert list(first) == list(second)
    assert (second["seq"], second["deadline"], second["overdue"], second["units"], second["progress"]) == (
        2,
        "长期坚持",
        False,
        [],
        [],
    )


def test_disclosures_have_the_keys_of_the_contract(site: Site):
    data = site.data("disclosures")
    assert data["as_of"] == "2024-05-31"
    assert [d["id"] for d in data["disclosures"]] == ["2025-yi", "2024-jia"]
    empty, two = data["disclosures"]
    assert {key: two[key] for key in DISCLOSURE} == DISCLOSURE
    assert empty["counts"] == {
        "total": 0,
        "done": 0,
        "open": 0,
        "unstated": 0,
        "verified": 0,
        "overdue": 0,
        "by_status": dict.fromkeys(STATUSES.entries, 0),
    }


def test_urls_in_the_data_are_pages_relative_to_the_root(site: Site):
    for row in [*site.data("problems")["problems"], *site.data("disclosures")["disclosures"]]:
        assert (site.output / row["url"] / "index.html").is_file()


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_csv_opens_in_wps_with_one_row_a_problem(site: Site):
    data = Path(site.output, "data", "problems.csv").read_bytes()
    assert data.startswith(
        "\ufeff编号,单位,标题,分组,序号,问题,状态,牵头单位,责任单位,责任人,整改时限,类别,标记,是否逾期,最近进展日期,最近进展,"
        "逾期天数,销号日期,验收单位,验收文号,通报截至,前次,重点,通报编号,状态代码,网页\r\n".encode()
    )
    assert data.endswith(b"\r\n") and data.count(b"\n") == data.count(b"\r\n")
    head, *body = rows(data)
    assert all(len(row) == len(head) for row in body)
    first = dict(zip(head, body[0]))
    assert first["问题"] == PROBLEM["title"]
    assert (first["编号"], first["单位"], first["责任单位"], first["是否逾期"]) == (
        "2024-jia/01",
        "甲局",
        "甲科、乙科",
        "是",
    )
    assert (first["最近进展日期"], first["最近进展"]) == ("2024-05-20", '\'=HYPERLINK("http://x")')
    assert (body[1][0], dict(zip(head, body[1]))["整改时限"]) == ("2024-jia/02", "长期坚持")


DISCLOSURE_RECORD = Disclosure("2024-jia", "=标题", "rectification", "@单位", date(2024, 5, 31), date(2024, 6, 10))


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_begins_like_a_formula(sign: str):
    evil = f"{sign}1+1"
    problem = Problem(
        "2024-jia",
        "01",
        evil,
        "ongoing",
        group=evil,
        number=evil,
        category=evil,
        lead=evil,
        units=(evil,),
        owner=evil,
        progress=(Progress(date(2024, 5, 1), evil),),
    )
    chinese = language("zh")
    made = rows_of(
        PROBLEMS, DISCLOSURE_RECORD, [problem], count([problem], date(2024, 5, 31)), date(2024, 5, 31), chinese
    )
    _, row = rows(csv_file(PROBLEMS, [csv_rows(made)], chinese))
    assert sum(cell == f"'{evil}" for cell in row) == 8
    assert [cell for cell in row if cell and cell[0] in "=+-@\t\r"] == []


def test_fragments_of_nothing_make_valid_data():
    empty = problems_fragment([], date(2024, 5, 31), language("zh"))
    one = problems_fragment([Problem("a", "01", "甲", "done")], date(2024, 5, 31), language("zh"))
    for fragments, number in (([], 0), ([empty], 0), ([empty, one, empty, one], 2)):
        assert problems_json(fragments, date(2024, 5, 31)).count(b'"ref"') == number
        assert len(json.loads(problems_json(fragments, date(2024, 5, 31)))["problems"]) == number


def test_every_column_has_one_name_in_each_language():
    for table in TABLES:
        assert len({field.key for field in table.fields}) == len(table.fields)
        for spoken in map(language, LANGUAGES):
            assert len(set(table.head(spoken))) == len(table.fields), (table.key, spoken.key)


def test_tables_are_what_the_data_package_says_of_them(built_site: Site):
    """By the profile of Data Package 1.0, as far as it goes here, and then column by column."""
    folder = built_site.output / "data"
    package = json.loads((folder / "datapackage.json").read_bytes())
    assert re.fullmatch(r"[-a-z0-9._/]+", package["name"]) and package["profile"] == "data-package"
    found = {}
    for one in package["resources"]:
        content = (folder / one["path"]).read_bytes()
        assert re.fullmatch(r"[-a-z0-9._/]+", one["name"])
        assert (one["bytes"], one["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        if one.get("profile") == "tabular-data-resource":
            head, *body = rows(content)
            assert head == [field["name"] for field in one["schema"]["fields"]]
            found[one["name"]] = (one["schema"], [dict(zip(head, row)) for row in body])
    assert set(found) == {"problems", "disclosures", "progress"}
    assert len(found["problems"][1]) == len(built_site.data("problems")["problems"])
    read = {"string": str, "integer": int, "date": date.fromisoformat}
    for schema, body in found.values():
        for field in schema["fields"]:
            cells = [row[field["name"]] for row in body]
            rules = field.get("constraints", {})
            assert all(cells) or not rules.get("required"), field
            assert {cell for cell in cells if cell} <= set(rules.get("enum", cells)), field
            for cell in filter(None, cells):
                read[field["type"]](cell)
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in body]
        assert len(set(keys)) == len(keys)
        for reference in schema.get("foreignKeys", ()):
            (own,), (other,) = reference["fields"], reference["reference"]["fields"]
            known = {row[other] for row in found[reference["reference"]["resource"]][1]}
            assert {row[own] for row in body} <= known


def test_the_json_files_are_as_their_schema_says(built_site: Site):
    folder = built_site.output / "data"
    schema = json.loads((folder / "schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    for name, files in {
        "problems": ["problems.json"],
        "disclosures": ["disclosures.json"],
        "disclosure": [f"disclosures/{path.name}" for path in (folder / "disclosures").iterdir()],
    }.items():
        validator = jsonschema.Draft202012Validator({**schema, "$ref": f"#/$defs/{name}"})
        for file in files:
            assert not [error.message for error in validator.iter_errors(json.loads((folder / file).read_bytes()))], (
                file
            )


def test_the_queries_of_the_manual_tell_what_the_site_tells(built_site: Site):
    """They are written for DuckDB; what SQLite lacks of it is given here."""
    base = sqlite3.connect(":memory:")
    for name in ("problems.csv", "disclosures.csv", "progress.csv"):
        head, *body = rows((built_site.output / "data" / name).read_bytes())
        base.execute(f"CREATE TABLE '{name}' ({', '.join(head)})")
        base.executemany(
            f"INSERT INTO '{name}' VALUES ({', '.join('?' * len(head))})",
            [[one or None for one in row] for row in body],
        )
    base.create_function("greatest", 2, max)
    base.create_function(
        "datediff", 3, lambda _, one, other: (date.fromisoformat(other) - date.fromisoformat(one)).days
    )
    base.create_aggregate("median", 1, Median)
    queries = re.findall('duckdb -c "(.*)"', (ROOT / "docs" / "data.md").read_text("utf-8"))
    counted, took = (base.execute(query).fetchall() for query in queries)
    units = {one["id"]: one["unit"] for one in built_site.data("disclosures")["disclosures"]}
    problems = built_site.data("problems")["problems"]
    assert {unit: number for unit, number, *_ in counted} == Counter(units[one["disclosure"]] for one in problems)
    for unit, days, number in took:
        told = re.sub("<.*?>", "", built_site.page(f"problems/unit/{unit}/"))
        assert f"中位数 {days:g} 天：" in told and f"写明了两个日期的 {number} 个" in told
    assert len(took) == len(counted) == len(set(units.values()))


class Median(list):
    step = list.append

    def finalize(self) -> float:
        return median(self)


def test_the_workbook_holds_the_rows_of_the_tables(built_site: Site):
    folder = built_site.output / "data"
    book = load_workbook(folder / "register.xlsx")
    assert book.sheetnames == ["问题", "通报", "字段"]
    for sheet, file in zip(book, ("problems.csv", "disclosures.csv")):
        shown = [
            [str(cell.value.date()) if cell.is_date else str("" if cell.value is None else cell.value) for cell in row]
            for row in sheet.iter_rows()
        ]
        assert shown == rows((folder / file).read_bytes())
    problems = book["问题"]
    heads = {cell.value: cell.column for cell in problems[1]}
    deadlines, numbers = (
        [row[heads[name] - 1] for row in problems.iter_rows(min_row=2)] for name in ("整改时限", "序号")
    )
    assert all(cell.is_date for cell in deadlines if cell.value not in (None, "长期坚持"))
    assert all(isinstance(cell.value, int) for cell in numbers if str(cell.value or "x").isdigit())
    assert {cell.data_type for cell in (*deadlines, *numbers)} >= {"d", "n", "s"}
    evil = ["=1+1", "a]]>&<b>", "\x00\x0b甲\ud800", "😀", " 两 端 \n空", "x" * 40000, -5, date(1899, 1, 1), None, ""]
    made = workbook([Sheet("甲&乙", ["列"], [9], [sheet_rows([[one]]) for one in evil], len(evil))])
    cells = [row[0] for row in load_workbook(io.BytesIO(made))["甲&乙"].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == [*evil[:2], "甲", *evil[3:5], "x" * 32767, -5, "1899-01-01", None, None]
    assert {cell.data_type for cell in cells[:6]} == {"s"}
