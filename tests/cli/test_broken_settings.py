"""What is wrong in the files of settings is told in one line with file and line, in the language that is spoken."""

import re

from helpers.cases import DISCLOSURE

PROGRAMS = re.compile("Traceback|Expected|Invalid|while parsing|Config value|Aborted|Unrecognised")
"""What the programs say that read these files."""
TABLES = {
    ("words.toml", '[typos]\n贯彻洛实 = "贯彻落实"\n'): (
        "words.toml:2：名称用英文双引号",
        "put the name in double quotes",
    ),
    ("words.toml", '[typos]\n"贯彻洛实" = 贯彻落实\n'): (
        "words.toml:2：值用英文双引号",
        "put the value in double quotes",
    ),
    ("words.toml", '[typos]\n“洛实” = "落实"\n'): ("words.toml:2：全角的 “ 改成半角", "half-width"),
    ("words.toml", 'allowed = ["甲"\n'): ("words.toml:2：方括号没有配对", "a square bracket is not closed"),
    ("words.toml", 'allowed = ["甲]\n'): ("words.toml:1：引号没有配对", "a quotation mark is not closed"),
    ("units.toml", "[[unit]]\nname = 甲\n"): ("units.toml:2：值用英文双引号", "put the value in double quotes"),
    ("units.toml", '[[unit]\nname = "甲"\n'): ("units.toml:1：方括号没有配对", "a square bracket is not closed"),
    ("units.toml", '[[unit]]\nname = "甲"\nname = "乙"\n'): ("units.toml:3：同一个名称写了两次", "written twice"),
    ("units.toml", '[[unit]]\nname = "D:\\甲"\n'): ("units.toml:2：双引号里的反斜杠", "two backslashes"),
}
CONFIGURATIONS = {
    "site_name: 清川: 整改": ("mkdocs.yml:{line}：写法有误（一行里出现了第二个冒号）", "a second colon"),
    "site_name: @清川": ("mkdocs.yml:{line}：写法有误（值以特殊字符开头）", "begins with a special character"),
    "site_name: [甲, 乙]": ("mkdocs.yml:{line}：site_name 写网站的名称", "is the name of the site"),
    "site_nane: 整改公开": ("mkdocs.yml:{line}：没有“site_nane”这个设置，删去它，或者改成 site_name", "no setting"),
    "site_name: 整改\ndocs_dir: nothere": ("mkdocs.yml:{next}：docs_dir: 没有文件夹 nothere", "there is no folder"),
    "site_name: 整改\ntheme: nothere": ("mkdocs.yml:{next}：没有主题“nothere”", "there is no theme"),
    "site_name: 整改\nplugins: [nothere]": ("没有安装插件“nothere”", "is not installed"),
    "site_name: 整改\nplugins: 5": ("mkdocs.yml:{next}：plugins 写成一列", "plugins is a list"),
}


def test_tables_of_an_office_that_break_the_rules_are_told_with_their_line(make_site):
    site = make_site(DISCLOSURE)
    for (name, text), (chinese, english) in TABLES.items():
        (site.root / name).write_text(text, "utf-8")
        for language, told in (("zh", chinese), ("en", english)):
            done = site.rectify("--lang", language, "check")
            assert done.exit == 1 and told in done.out and not PROGRAMS.search(done.out), done.out
        (site.root / name).unlink()


def test_a_configuration_that_cannot_be_built_is_told_with_its_line(make_site):
    site = make_site(DISCLOSURE)
    file = site.root / "mkdocs.yml"
    text = file.read_text("utf-8")
    for written, (chinese, english) in CONFIGURATIONS.items():
        gone = {line.partition(":")[0] for line in written.split("\n")}
        kept = re.sub(rf"^(?:{'|'.join(gone)}|site_name):.*\n(?:[ -].*\n)*", "", text, flags=re.M)
        file.write_text(f"{written}\n{kept}", "utf-8")
        for language, told in (("zh", chinese.format(line=1, next=2)), ("en", english)):
            done = site.rectify("--lang", language, "build")
            assert done.exit == 1 and told in done.out and not PROGRAMS.search(done.out), done.out
