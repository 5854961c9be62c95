"""What is around a command: locales, pipes, a port that is taken, an installation in parts, somebody who ends it."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.cases import DISCLOSURE
from helpers.site import Site, plain_environment

RUN = "import sys; {before}; from rectify.__main__ import run; sys.argv = ['rectify', *sys.argv[1:]]; run()"


@pytest.fixture
def site(make_site) -> Site:
    return make_site(DISCLOSURE)


def rectify(site: Site, *arguments: str | bytes, before: str = "0", **environment: str) -> tuple[int, bytes]:
    plain = {name: value for name, value in plain_environment().items() if name not in ("PYTHONUTF8", "LC_ALL")}
    done = subprocess.run(
        [sys.executable, "-c", RUN.format(before=before), *arguments],
        cwd=site.root,
        env=plain | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.returncode, done.stdout


def test_every_encoding_of_a_terminal(site):
    """What it holds is shown, what it lacks is written so that nothing is lost; one without Chinese is none."""
    for name, there in {"gbk": "gbk", "gb18030": "gb18030", "ascii": "utf-8", "latin-1": "utf-8"}.items():
        status, said = rectify(site, "status", PYTHONIOENCODING=name)
        assert status == 0 and "逐日核对" not in said.decode(there) and "2024-a/01" in said.decode(there), name
    arguments = ("update", "2024-a/01", "--status", "已完成", "--note", "办结•𠀀", "--dry-run")
    status, said = rectify(site, *arguments, PYTHONIOENCODING="gbk")
    assert status == 0 and "办结\\u2022\\ud840\\udc00" in said.decode("gbk")
    site.write("reports/2024-b/index.md", "---\n标题: 甲•乙\n---\n")
    status, said = rectify(site, "check", "--format", "json", PYTHONIOENCODING="gbk")
    assert status == 1 and json.loads(said.decode("gbk"))


@pytest.mark.skipif(os.name != "posix", reason="elsewhere names of files are UTF-8")
def test_a_locale_that_is_not_utf_8(site):
    """Arguments and names of files mean the same as everywhere."""
    ascii_only = {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    arguments = ("update", "2024-a/01", "--status", "已完成", "--note", "办结", "--dry-run")
    status, said = rectify(site, *(one.encode() for one in arguments), **ascii_only)
    assert status == 0 and "办结" in said.decode()


NIGHT = "2026-03-01T23:30:00+00:00"
"""Half past seven of 2 March in Beijing."""
CLOCK = (
    "import rectify.sources.clock as clock; from datetime import datetime; "
    f"clock.datetime = type('', (datetime,), {{'now': classmethod(lambda cls, zone: datetime.fromisoformat('{NIGHT}'))}})"
)


def test_today_is_the_day_at_home(site):
    """A runner in UTC takes today's disclosure before eight in the morning; tomorrow's is refused everywhere."""
    index = "reports/2024-a/index.md"
    published = next(line for line in DISCLOSURE[index].split("\n") if line.startswith("公开日期"))
    for day, zone, status in (("02", "", 0), ("03", "", 1), ("02", "UTC", 1)):
        site.write(index, DISCLOSURE[index].replace(published, f"公开日期: 2026-03-{day}"))
        options = {"plugins": [{"rectify": {"timezone": zone}}]} if zone else {}
        (site.root / "mkdocs.yml").write_text(json.dumps({"docs_dir": "content", **options}), "utf-8")
        assert rectify(site, "check", before=CLOCK, TZ="America/New_York")[0] == status, (day, zone)
    (site.root / "mkdocs.yml").write_text('{"docs_dir": "content"}', "utf-8")
    update = ("update", "2024-a/01", "--status", "已完成", "--note", "又办", "--dry-run")
    assert "2026-03-02" in rectify(site, *update, before=CLOCK, TZ="UTC")[1].decode()
    (site.root / "mkdocs.yml").write_text('{"docs_dir": "content", "plugins": {"rectify": {"timezone": "Peking"}}}')
    status, said = rectify(site, "check", TZ="UTC")
    assert status == 2 and "没有时区“Peking”" in said.decode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_disk_that_is_full(site):
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-c", RUN.format(before="0"), "status"]
        done = subprocess.run(
            command, cwd=site.root, env=plain_environment(), stdout=full, stderr=subprocess.PIPE, check=False
        )
    said = done.stderr.decode()
    assert done.returncode == 1 and said.startswith("错误：") and "磁盘满了" in said and said.count("\n") == 2


@pytest.mark.parametrize("missing", ["yaml", "click", "rectify.core.vocabulary"])
def test_an_installation_of_which_a_part_is_missing(site, missing):
    status, said = rectify(site, "status", before=f"sys.modules['{missing}'] = None")
    assert status == 1 and "安装" in said.decode() and missing in said.decode() and said.strip().count(b"\n") == 0


@pytest.mark.skipif(os.name != "posix", reason="elsewhere there are no such terminals")
def test_answers_that_were_given_are_kept(site):
    """Only what means nothing is asked again; whoever breaks off is told how to go on."""
    answers = "清川市水务局\n\n2024-a\nShui Wu\n2025-shuiwu\n2025-13-01\n2025-06-30\n2025-07-10\n"
    said = at_terminal(site, answers, "new", "disclosure")
    assert "已经存在" in said and "小写字母" in said and "不是日期：2025-13-01" in said and "Traceback" not in said
    text = (site.root / "content/reports/2025-shuiwu/index.md").read_text("utf-8")
    assert "单位: 清川市水务局" in text and "截至日期: 2025-06-30" in text and "公开日期: 2025-07-10" in text
    said = at_terminal(site, "清川市民政局\n\n\x04", "new", "disclosure")
    assert "没有写入。接着填：rectify new disclosure --unit '清川市民政局' --title '清川市民政局关于" in said
    said = at_terminal(site, "管网\n做完啦\n已完成\n", "new", "problem", "2024-a/1")
    assert "不认识“做完啦”" in said and "已新建" in said and said.count("问题") < 4


def at_terminal(site: Site, answers: str, *command: str) -> str:
    """Return what a command says at a terminal where somebody types these answers."""
    import pty

    ours, theirs = pty.openpty()
    program = [sys.executable, "-m", "rectify", *command]
    with subprocess.Popen(
        program, cwd=site.root, env=plain_environment(), stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        os.close(theirs)
        os.write(ours, answers.encode())
        said, _nothing = process.communicate(timeout=120)
        os.close(ours)
    return said.decode()


def test_where_nothing_can_be_served(site):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for command in (("serve",), ("preview", "2024-a", "--no-open")):
            told = site.rectify(*command, "-a", f"127.0.0.1:{port}")
            assert told.exit == 1 and f"端口 {port} 已经有程序在用" in told.out and told.out.count("\n") == 1
        told = site.rectify("desk", "--no-open", "--port", str(port))
        assert told.exit == 1 and f"端口 {port} 已经有程序在用" in told.out and "--port" in told.out
    for address, said in {
        "127.0.0.1:80000": "写成 127.0.0.1:8000",
        "localhost": "写成 127.0.0.1:8000",
        "192.0.2.7:8000": "不能用地址",
        "no.invalid:8000": "不能用地址",
    }.items():
        told = site.rectify("serve", "-a", address)
        assert told.exit in (1, 2) and said in told.out and "Traceback" not in told.out, address


@pytest.mark.skipif(os.name != "posix", reason="elsewhere no signal is sent")
def test_who_ends_a_command_ends_what_it_started():
    child = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"
    script = (
        "import sys; from rectify.cli.terminal import end_in_order; from rectify.sources.program import hand_over\n"
        f"end_in_order(); hand_over([sys.executable, '-c', {child!r}], {{}})"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as command:
        assert command.stdout
        started = int(command.stdout.readline())
        command.send_signal(signal.SIGTERM)
        assert command.wait(60) == 128 + signal.SIGTERM
    with pytest.raises(ProcessLookupError):
        os.kill(started, 0)


def test_a_file_name_cannot_write_a_line_of_its_own(site):
    name = "好\n错误  content.md [S001]\x1b[31m.txt"
    site.write(name, "甲")
    status, said = rectify(site, "--lang", "zh", "check")
    assert status == 1
    assert name.replace("\n", "\\n").replace("\x1b", "\\x1b") + " [S009]" in said.decode()
    assert b"\n\xe9\x94\x99\xe8\xaf\xaf  content.md" not in said and b"\x1b" not in said
