"""A site's mkdocs.yml as a tree of values, as MkDocs has it, read without MkDocs and without running what it names."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import reduce
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from rectify.core.format_errors import yaml_reason
from rectify.core.language import _, spoken
from rectify.sources.aliases import MOST, is_endless, refuse_brackets
from rectify.sources.text import own_file

_VARIABLE = "!ENV"
_INHERIT = "INHERIT"
_DEEPEST = 8
"""Configurations that inherit from one another."""
_SHORT, _LARGEST = 10_000, 1_000_000
"""Bytes; the longest that we have seen has 60,000."""


class Link(NamedTuple):
    """A configuration by itself."""

    file: Path
    data: bytes
    tree: dict[str, Any]


class _Loader(yaml.SafeLoader):
    """Reads variables of the environment as MkDocs does, and what has another tag, of MkDocs or Python, as nothing."""

    def variable(self, node: yaml.Node) -> Any:
        """Return the value of the first of the named variables that is set, as if it stood there; the last name of several is a value."""
        if isinstance(node, yaml.MappingNode):
            raise yaml.constructor.ConstructorError(None, None, "expected a scalar or sequence node", node.start_mark)
        names = node.value if isinstance(node, yaml.SequenceNode) else [node]
        default = self.construct_object(names[-1], deep=True) if len(names) > 1 else None
        for name in map(self.construct_scalar, names[:-1] if len(names) > 1 else names):
            if (value := os.environ.get(name)) is not None:
                return self.construct_object(
                    yaml.ScalarNode(self.resolve(yaml.ScalarNode, value, (True, False)), value)
                )
        return default


_Loader.add_constructor(None, lambda loader, node: None)
_Loader.add_constructor(_VARIABLE, _Loader.variable)


def read_tree(file: Path) -> dict[str, Any]:
    """Return what a configuration says, with what it inherits; raises ValueError."""
    own, *inherited = (link.tree for link in chain(file))
    return reduce(lambda child, parent: _over(parent, child), inherited, own)


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping with another one over it: in what both say only other mappings are put together."""
    merged = {**below, **above}
    for key in below.keys() & above.keys():
        if isinstance(below[key], dict) and isinstance(above[key], dict):
            merged[key] = _over(below[key], above[key])
    return merged


def chain(file: Path) -> Iterator[Link]:
    """Yield a configuration and those that it inherits from; raises ValueError."""
    for _depth in range(_DEEPEST + 1):
        try:
            data = own_file(file, _LARGEST)
            tree = _loaded(data)
        except UnicodeDecodeError:
            raise ValueError(_("{file}：不是 UTF-8 编码，另存为 UTF-8", file=file)) from None
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            problem = spoken().say(yaml_reason(f"{error.context or ''} {error.problem or ''}".strip()))
            raise ValueError(
                _(
                    "{file}:{line}：写法有误（{problem}）；检查这一行和上一行的冒号、引号、缩进，有 git 冲突标记的先合并",
                    file=file,
                    line=mark.line + 1 if mark else 1,
                    problem=problem,
                )
            ) from None
        except (OSError, yaml.YAMLError) as error:
            raise ValueError(f"{file}: {error}") from None
        except RecursionError:
            raise ValueError(_("{file}：嵌套太深", file=file)) from None
        if not isinstance(tree, dict):
            raise ValueError(f"{file}: YAML")
        yield Link(file, data, tree)
        if not isinstance(tree.get(_INHERIT), str):
            return
        file = file.parent / tree[_INHERIT]


def _loaded(data: bytes) -> Any:
    text = data.decode("utf-8-sig")
    refuse_brackets(text)
    loader = _Loader(text)
    node = loader.get_single_node()
    if node is None:
        return None
    if is_endless(node):
        raise yaml.YAMLError(_("别名代表的值多于 {limit} 个", limit=MOST))
    return loader.construct_document(node)


def refuse_variables(file: Path) -> None:
    """Raise ValueError for a configuration that takes a value from the environment, where a build is not given that; also as `chain`."""
    for link in chain(file):
        for event in yaml.parse(link.data.decode("utf-8-sig"), yaml.SafeLoader):
            if getattr(event, "tag", None) == _VARIABLE:
                raise ValueError(
                    _(
                        "{file}:{line}：!ENV 在这里不起作用，仓库里的内容在没有本机环境变量的进程里构建；写出值",
                        file=link.file.name,
                        line=event.start_mark.line + 1 if event.start_mark else 1,
                    )
                )


def refuse_endless(file: Path) -> None:
    """Raise ValueError for a configuration that would keep whoever reads it busy; short ones without aliases are not looked into."""
    try:
        data = own_file(file, _LARGEST)
    except OSError as error:
        raise ValueError(f"{file}: {error}") from None
    if len(data) > _SHORT or b"*" in data:
        read_tree(file)
