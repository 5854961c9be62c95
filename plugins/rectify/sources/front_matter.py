"""Front matter -> a YAML node tree with line numbers, tolerant of full-width punctuation, strict about everything else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from rectify.core.finding import Finding, found
from rectify.core.format_errors import yaml_reason
from rectify.core.language import N_
from rectify.core.soft_breaks import WIDE, join_lines
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS, RECORDS, fold
from rectify.sources.aliases import is_endless
from rectify.sources.lost_words import lost_in_brackets, lost_words


class _Untyped:
    """Keeps every value the text that it is: YAML's guesses at numbers and dates, which nothing here asks for, take half its time."""

    def descend_resolver(self, parent: object, place: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass

    def resolve(self, kind: object, value: object, implicit: object) -> str:
        return "tag:yaml.org,2002:str"


class _Loader(_Untyped, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # libyaml may be missing
    pass


_KEY_WORDS = {fold(w) for keys in (DISCLOSURE_KEYS, PROBLEM_KEYS, *RECORDS.values()) for w in keys.words()}
_KEY_WORDS |= {fold("总数")}
_LIST_WORDS = {
    fold(word)
    for keys in (DISCLOSURE_KEYS, PROBLEM_KEYS, *RECORDS.values())
    for key in keys
    if key.many or key.kind in ("names", "files", "flags", "priorities", "refs")
    for word in (key.name, key.label, *key.aliases)
}
# Nothing is tried twice, however long the line is: it goes on where it stands or ends.
_WIDE_BLANKS = "\u3000\xa0\u2002\u2003\u2009\u200b"
"""Blanks that Word and web pages put in, which YAML takes for letters."""
_COLON = re.compile(
    rf"^(\s*+(?:-\s++)*+)([^\s:：﹕∶'\"#\[{{][^:：﹕∶'\"]*+)"
    rf"(?P<sign>[：﹕∶][ {_WIDE_BLANKS}]*+|: *+[{_WIDE_BLANKS}][ {_WIDE_BLANKS}]*+|:(?=[^\s/]))(?=\S|$)"
)
_ITEM = re.compile(
    r"^(?P<indent>[ \u3000]*+)"
    r"(?P<sign>[－–—−•·●▪◦○◆][ \u3000\xa0\t]*+|-(?=[^\s-])|(?=(?:\d{1,2}[.．、)）]|[（(]\d{1,2}[)）]|[①-⑳])[^\d\n]))"
    r"(?P<rest>[^\s:：'\"]{1,20}.*)"
)
"""An item of a list as Word begins it, with another sign, with a number; or YAML's own sign without its blank."""
_KEY_OF_ITEM = re.compile(r"([^\s:：'\"]{1,20})\s*+[:：]")
_OPENS = re.compile(r"\s*+(?:-\s++)*+([^:：'\"]{1,20}):\s*+")
"""A key whose value stands on the lines below."""
_EMPHASISED = re.compile(
    r"^(\s*+(?:-\s++)*+)(?P<marks>\*{1,3}|_{1,3}|`)(?P<key>[^*_`:：'\"]{1,40})(?:(?P=marks)\s*+[:：]|[:：]\s*+(?P=marks))[ \u3000]*+"
)
"""A key in the emphasis of Markdown: **状态**: 已完成, which YAML takes for the name of an anchor."""
_BLOCK_SCALAR = re.compile(r"[:\-]\s+[|>][+\-0-9]*\s*(#.*)?$")

_WRAPPED = re.compile(rf"\n[ \t]++[{WIDE}](?:[^:\n]|:(?! ))*+(?:\n|\Z)")
"""A line without a key, which may go on with the text of the one before."""

_SOUND = re.compile(
    r"(?: *+(?:(?:- )?+[^\W_][\w-]*+:(?: (?!\s)[^#|>\n]*+)?+|- [^\s*_`#|>:：\n][^#|>:：\n]*+)?+(?:\n|\Z))*+"
)
"""Lines in which nothing is to be mended: keys, values and items without any sign that could mean something else."""

_LOSING = re.compile(r"(?m)#|(?:^|[\s\[{,])[!&]")
"""What may have words left out."""

_YAML_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
"""What YAML takes for line ends and editors do not; they would shift the line numbers of findings."""

_MOST_MISSED = 100
"""Line ends that are looked for and not found in the text that YAML made of them: some are written with codes."""

_NESTING = ("[", "{", "- ", "? ")
_MOST_NESTING = 5000
"""What may open a level; libyaml recurses in C and crashes the process when tens of thousands are open at once."""

_COLONS = {
    (True, False): N_("是全角冒号"),
    (True, True): N_("是全角冒号"),
    (False, False): N_("的冒号没有跟空格"),
    (False, True): N_("的冒号跟着的不是半角空格"),
}
"""What is wrong with a colon, by whether it is full-width and whether a full-width space follows."""


class FrontMatter(NamedTuple):
    """The two parts of a source file."""

    node: yaml.MappingNode | None
    """None when there is none to read; the findings say why."""
    body: str
    body_line: int
    """The line after the closing fence; blank lines before the text count."""
    findings: list[Finding]
    head: tuple[str, ...] = ()
    """The lines between the fences as they were composed, full-width colons and indentation mended."""


def parse(text: str, path: str) -> FrontMatter:
    """Split a source text at its `---` fences and compose the YAML between them.

    Node marks count from the line after the opening fence, so a node's line in the file is `mark.line + 2`.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return FrontMatter(None, text, 1, [found("S010", path, 1)])
    end = next((i for i in range(1, len(lines)) if lines[i].rstrip() == "---"), None)
    if end is None:
        return FrontMatter(None, "", len(lines), [found("S011", path, len(lines))])
    head, findings = _tolerate(lines[1:end], path)
    body = "\n".join(lines[end + 1 :]).strip("\n")
    node = None
    if not any(f.severity == "error" for f in findings):
        source = _YAML_LINE_ENDS.sub(" ", "\n".join(head))
        node, problems = _compose(source, path)
        if _LOSING.search(source):
            written = source.split("\n")
            if node is None:
                problems = list(lost_in_brackets(written, path)) or problems
            else:
                problems += lost_words(node, written, path)
        findings += problems
    if (again := _second(lines, end)) is not None:
        findings.append(found("S012", path, again + 1, found=N_("下面又是一个字段区，一个文件只能有一个")))
    return FrontMatter(node, body, end + 2, findings, tuple(head))


def _second(lines: list[str], end: int) -> int | None:
    """Return where front matter stands right below front matter, as two files pasted into one have it."""
    first = next((at for at in range(end + 1, len(lines)) if lines[at].strip()), len(lines))
    if first + 1 >= len(lines) or lines[first].rstrip() != "---":
        return None
    key = _KEY_OF_ITEM.match(lines[first + 1])
    return first if key and fold(key[1]) in _KEY_WORDS else None


def _tolerate(lines: list[str], path: str) -> tuple[list[str], list[Finding]]:
    """Return the lines with colons and indentation mended, and what was mended.

    Block scalars are left as they are.
    """
    result: list[str] = []
    findings: list[Finding] = []
    if _SOUND.fullmatch("\n".join(lines)):
        return lines, findings
    block_indent = None
    opened = False
    for number, line in enumerate(lines, start=2):
        indent = len(line) - len(line.lstrip())
        if block_indent is not None and (not line.strip() or indent > block_indent):
            result.append(line)
            continue
        block_indent = None
        if "\t" in line[:indent]:
            findings.append(found("S013", path, number, line.index("\t") + 1))
        elif line[:indent].strip(" "):
            findings.append(found("S025", path, number, 1, found=N_("全角空格"), allowed=N_("半角空格")))
            line = line[:indent].replace("\u3000", "  ").replace("\xa0", " ") + line[indent:]
        if item := _item(line, opened):
            written, read = line.strip()[:20], f"- {item['rest']}"[:22]
            findings.append(found("S025", path, number, item.start("sign") + 1, found=written, allowed=read))
            line = f"{item['indent']}- {item['rest']}"
        opening = _OPENS.fullmatch(line)
        goes_on = item is not None or (opened and line.lstrip().startswith("- "))
        opened = goes_on or bool(opening and fold(opening[1].strip()) in _LIST_WORDS)
        bold = _EMPHASISED.match(line)
        if bold and fold(key := bold["key"].strip()) in _KEY_WORDS:
            findings.append(found("S081", path, number, bold.start("marks") + 1, key, found=bold["marks"], allowed=key))
            line = f"{bold[1]}{key}: {line[bold.end() :]}"
        match = _COLON.match(line)
        if match and fold(key := match[2].rstrip()) in _KEY_WORDS:
            how = _COLONS[match["sign"][0] != ":", bool(match["sign"][1:].strip(" "))]
            findings.append(found("S014", path, number, match.end(1) + len(key) + 1, key, found=how))
            line = f"{match[1]}{key}: {line[match.end() :]}"
        if _BLOCK_SCALAR.search(line):
            block_indent = len(line) - len(line.lstrip())
        result.append(line)
    return result, findings


def _item(line: str, opened: bool) -> re.Match[str] | None:
    """Return an item of a list that begins with another sign than YAML's; `opened` tells whether one is awaited."""
    match = _ITEM.match(line)
    if match is None:
        return None
    key = _KEY_OF_ITEM.match(match["rest"])
    return match if opened or (key and fold(key[1]) in _KEY_WORDS) else None


def _compose(text: str, path: str) -> tuple[yaml.MappingNode | None, list[Finding]]:
    if sum(map(text.count, _NESTING)) > _MOST_NESTING:
        number, line = max(enumerate(text.split("\n"), start=2), key=lambda one: sum(map(one[1].count, _NESTING)))
        key = line.partition(":")[0][:20]
        return None, [found("S012", path, number, 1, key, found=N_("括号或者短横太多"))]
    try:
        node = yaml.compose(text, _Loader)
        if "*" in text and is_endless(node):
            number, line = next(one for one in enumerate(text.split("\n"), start=2) if "*" in one[1])
            return None, [found("S015", path, number, 1, line.partition(":")[0].strip()[:20])]
    except yaml.YAMLError as error:
        return None, [_yaml_finding(error, path)]
    except RecursionError:
        return None, [found("S012", path, 2, found=N_("方括号或者花括号没有配对"))]
    if node is None:
        return None, [found("S010", path, 1)]
    if not isinstance(node, yaml.MappingNode):
        reason = N_("这里是列表，应当是字段") if isinstance(node, yaml.SequenceNode) else N_("缺少冒号")
        return None, [found("S012", path, node.start_mark.line + 2, found=reason)]
    if _WRAPPED.search(text):
        lines = text.split("\n")
        for scalar in _wrapped(node):
            scalar.value = _without_folds(scalar, lines)
    return node, []


def _wrapped(top: yaml.Node) -> Iterator[yaml.ScalarNode]:
    """Yield the texts whose lines YAML joins, each once."""
    waiting: list[yaml.Node] = [top]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            waiting += (part for pair in node.value for part in pair)
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif isinstance(node, yaml.ScalarNode) and node.style != "|" and node.start_mark.line < node.end_mark.line:
            yield node


def _without_folds(node: yaml.ScalarNode, lines: list[str]) -> str:
    """Return a text without the blanks that YAML makes of line ends, where these stand for nothing."""
    value, at, missed = node.value, 0, 0
    parts: list[str] = []
    for number in range(node.start_mark.line, min(node.end_mark.line, len(lines) - 1)):
        before, after = lines[number].rstrip()[-1:], lines[number + 1].strip()[:1]
        if join_lines(f"{before}\n{after}") != before + after:
            continue
        if seam := re.compile(f"{re.escape(before)} +(?={re.escape(after)})").search(value, at):
            parts.append(value[at : seam.start() + 1])
            at = seam.end()
        elif (missed := missed + 1) > _MOST_MISSED:
            break
    return "".join([*parts, value[at:]])


def _yaml_finding(error: yaml.YAMLError, path: str) -> Finding:
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    context = str(getattr(error, "context", None) or "")
    if "quoted scalar" in context and (begin := getattr(error, "context_mark", None)):
        mark = begin  # where the quotation begins, not where the parser gave up
    line, column = (mark.line + 2, mark.column + 1) if mark else (2, 0)
    if any(word in f"{context} {problem}" for word in ("alias", "anchor")):
        return found("S015", path, line, column)
    return found("S012", path, line, column, found=yaml_reason(problem))
