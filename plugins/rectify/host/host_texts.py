"""What MkDocs itself says in the lines that a clerk meets, in the language that is spoken."""

from __future__ import annotations

import logging
import re

from rectify.core.language import N_, spoken

_LINK = r"Doc file '(?P<page>[^']+)' contains an? (?:absolute |unrecognized relative )?link '(?P<link>[^']+)', "
_LINES = (
    (_LINK + r"but the target.* is not found among documentation files\..*", N_("{page}：链接的目标不存在：{link}")),
    (_LINK + r"but .* anchor.*", N_("{page}：链接的目标里没有这个位置：{link}")),
    (_LINK + r"it was left as is\..*", N_("{page}：链接 {link} 应写成目标文件的相对路径")),
    (
        r'The following pages exist in the docs directory, but are not included in the "nav" configuration:\n(?P<pages>.+)',
        N_("这些页面没有写进 mkdocs.yml 的 nav：\n{pages}"),
    ),
    (r"Cleaning site directory", N_("清空输出文件夹")),
    (r"Building documentation to directory: (?P<folder>.+)", N_("构建到 {folder}")),
    (r"Documentation built in (?P<seconds>[\d.]+) seconds", N_("已构建，用时 {seconds} 秒")),
    (r"Building documentation\.\.\.", N_("正在构建网站…")),
    (r"Watching paths for changes: (?P<paths>.+)", N_("留意这些位置的改动：{paths}")),
    (r"Serving on (?P<address>\S+)", N_("预览地址 {address}")),
    (r"Serving on (?P<address>\S+) and opening it in a browser", N_("预览地址 {address}，正在打开浏览器")),
    (r"Detected file changes", N_("文件有改动")),
    (r"Reloading browsers", N_("刷新浏览器")),
    (r"Browser connected: (?P<address>\S+)", N_("浏览器已连接：{address}")),
    (r"Shutting down\.\.\.", N_("正在结束…")),
    (
        r"An error happened during the rebuild\. The server will appear stuck until build errors are resolved\.",
        N_("重新构建出错；改正以后页面才会更新"),
    ),
)
"""A line as it is logged, and what is said in its place. One that is not here stays as it is."""


class HostTexts(logging.Filter):
    """Puts the lines of the host into words of the language that is spoken, on their way to whoever reads them."""

    def __init__(self, logger: logging.Logger):
        super().__init__()
        # A logger's own filters do not see what its children log; its handlers' do.
        for handler in logger.handlers:
            if not any(isinstance(one, HostTexts) for one in handler.filters):
                handler.addFilter(self)

    def filter(self, record: logging.LogRecord) -> bool:
        line = record.getMessage()
        for pattern, told in _LINES:
            if match := re.fullmatch(pattern, line, re.DOTALL):
                record.msg, record.args = spoken().text(told.id, **match.groupdict()), ()
        return True
