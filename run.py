#!/usr/bin/env python3
"""The everyday commands, standard library only:

    python3 run.py site [--serve]    make .venv, build content/, verify the site, print its headlines and its place
    python3 run.py rectify ...       every other command: what follows goes to .venv/bin/rectify as it is
    python3 run.py test [...]        set up what the tests need, a browser included, lint, and run them all
    python3 run.py lint              what ruff and mypy say of the code

The syntax stays that of Python 3.6, so that an old Python can still say what is wrong.
"""

import argparse
import contextlib
import hashlib
import importlib.util
import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV, CACHE = ROOT / ".venv", ROOT / ".cache" / "run"
STAMP, LOG = VENV / "setup.json", CACHE / "setup.log"
WINDOWS = os.name == "nt"
OLDEST = VENV / "oldest"  # apart from the rest: tests put it before the rest
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON, RECTIFY = (BIN / (name + (".exe" if WINDOWS else "")) for name in ("python", "rectify"))
VERSION = "%d.%d.%d" % sys.version_info[:3]
FOREIGN = ("PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__")  # would lead .venv to another Python's modules
LINT = (["ruff", "check"], ["ruff", "format", "--check"], ["mypy"])
LANGUAGES = ("zh", "en", "zh-Hant")
LANGUAGE = 0  # which of each pair; in Traditional Chinese only what `rectify` says
TEXT = {
    "about": ("整改公开台账。首次运行建立 .venv，之后直接使用。", "The first run makes .venv, later ones use it."),
    "site": (
        "安装锁定的依赖，构建 content/ 并核验，打印每份公开的要点和网站位置；其余参数交给 rectify",
        "install the locked dependencies, build and verify the site, print every headline; more goes to rectify",
    ),
    "rectify": (
        "运行 rectify 的任何命令，参数原样交给它",
        "run any command of rectify; what follows goes to it as it is",
    ),
    "more": (
        "其他命令（检查、导入、公开等）：python3 run.py rectify --help",
        "Every other command, such as check, import and publish: python3 run.py rectify --help",
    ),
    "lint": (
        "检查代码的写法、格式和类型（ruff、mypy）",
        "check the style, the format and the types of the code (ruff, mypy)",
    ),
    "lint-failed": ("！！代码检查没有通过：{steps}", "!! The code has findings: {steps}"),
    "test": (
        "准备测试所需（包括 Chromium、LibreOffice、nginx、Caddy）并运行全部测试；其余参数交给 pytest",
        "set up what the tests need, Chromium, LibreOffice, nginx, Caddy too, and run them; more goes to pytest",
    ),
    "serve": ("改为本机预览，保存后自动刷新，Ctrl-C 结束", "serve with live reload instead; Ctrl-C ends it"),
    "lang": ("提示信息的语言（默认按系统的语言）", "language of the messages (default: the system's)"),
    "wheels": ("离线安装：只用目录 DIR 里的安装包", "install offline, from the packages in DIR alone"),
    "no-wheels": ("--wheels 所指的目录不存在：{path}", "the directory given with --wheels does not exist: {path}"),
    "old": (
        "需要 Python 3.11 或更高版本，当前是 {have}（{exe}）。\n请安装新版；若已安装，请指明，例如：{command}",
        "Python 3.11 or later is needed, this is {have} ({exe}).\n"
        "Install a newer one or, if it is there, name it: {command}",
    ),
    "no-venv": (
        "这个 Python（{exe}）缺少模块 {module}，无法建立虚拟环境。\nDebian、Ubuntu 请先运行：apt install python3-venv\n"
        "其他系统请安装带 venv 与 ensurepip 的完整 Python。",
        "This Python ({exe}) lacks the module {module} and cannot make a virtual environment.\n"
        "On Debian, Ubuntu: apt install python3-venv\nElsewhere: a complete Python, with venv and ensurepip.",
    ),
    "venv": (
        "[1/3] 建立虚拟环境 .venv（Python {version}，数秒）…",
        "[1/3] making .venv (Python {version}, some seconds) …",
    ),
    "install": (
        "[2/3] 安装 {lock} 的 {count} 个依赖（十几秒到数分钟，视网络而定）…",
        "[2/3] installing the {count} dependencies of {lock} (seconds to minutes, as the network goes) …",
    ),
    "project": ("[3/3] 安装本项目…", "[3/3] installing this project …"),
    "ready": ("环境就绪，用时 {seconds} 秒。", "The environment is ready, after {seconds} s."),
    "wait": ("另一个 run.py 正在安装，等它结束…", "Another run.py is installing; waiting for it …"),
    "in-use": (
        "无法清除旧的 .venv：{error}\n请关闭正在使用它的程序（终端、编辑器、预览）后重试。",
        "The old .venv cannot be removed: {error}\nClose what uses it (terminal, editor, preview) and retry.",
    ),
    "failed": (
        "安装失败，记录的最后几行：\n{tail}\n\n可能的原因：{cause}\n完整记录：{log}\n修好后再运行同一命令，会从头修复。",
        "Setting up failed. The end of its log:\n{tail}\n\nLikely cause: {cause}\nWhole log: {log}\n"
        "Then run the same command again; it starts afresh.",
    ),
    "proxy": ("代理拒绝或连不上，请检查 HTTPS_PROXY、HTTP_PROXY。", "the proxy; check HTTPS_PROXY and HTTP_PROXY."),
    "tls": (
        "证书校验失败，常见于单位的代理，请用 PIP_CERT 指定证书。",
        "certificates, often a proxy's; set PIP_CERT to its own.",
    ),
    "network": (
        "没有网络，或软件源连不上。可在别处备好安装包，再用 --wheels DIR。",
        "no network, or the package index cannot be reached. Packages fetched elsewhere: --wheels DIR.",
    ),
    "no-wheel": (
        "--wheels 的目录里没有上面提到的安装包，或不适合本机的系统与 Python。",
        "the --wheels directory has no such package for this system and Python.",
    ),
    "changed": (
        "安装包与 locks/ 里的 SHA-256 不一致：下载不完整、被替换，或者是自己编译的（见 locks/ 文件开头）。",
        "a package differs from its SHA-256 in locks/: damaged, replaced, or built by yourself (see the head of the lock).",
    ),
    "missing": (
        "软件源里没有上面提到的版本，或它不支持当前的 Python。",
        "the package index has no such version for this Python.",
    ),
    "disk": ("磁盘已满，或没有写入权限。", "the disk is full, or this directory may not be written."),
    "unknown": ("见上面的记录。", "see above."),
    "skip": ("！！浏览器测试将全部跳过。{reason}", "!! Every browser test will be skipped: {reason}"),
    "skip-office": (
        "！！用 LibreOffice 核对导出文件的测试将全部跳过。{reason}",
        "!! Every test that opens exports with LibreOffice will be skipped: {reason}",
    ),
    "ci": ("！！CI 中缺少浏览器按失败处理。{reason}", "!! In CI a missing browser is a failure: {reason}"),
    "skip-server": (
        "！！用 nginx、Caddy、rsync 核对公开的测试将全部跳过。{reason}",
        "!! Every test with nginx, Caddy and rsync will be skipped: {reason}",
    ),
    "skip-firefox": (
        "！！用 Firefox 核对网页的测试将全部跳过。{reason}",
        "!! Every test with Firefox will be skipped: {reason}",
    ),
    "ci-firefox": ("！！CI 中缺少 Firefox 按失败处理。{reason}", "!! In CI a missing Firefox is a failure: {reason}"),
    "ci-server": ("！！CI 中缺少 nginx 按失败处理。{reason}", "!! In CI a missing nginx is a failure: {reason}"),
    "ci-office": (
        "！！CI 中缺少 LibreOffice 按失败处理。{reason}",
        "!! In CI a missing LibreOffice is a failure: {reason}",
    ),
}
# What pip's log shows for each cause, the telling ones first.
CAUSES = {
    "changed": "DO NOT MATCH THE HASHES",
    "proxy": "ProxyError|Tunnel connection failed|407 Proxy",
    "tls": "CERTIFICATE_VERIFY_FAILED|SSLError",
    "network": "NewConnectionError|NameResolution|Temporary failure in name|getaddrinfo|Max retries|timed out|"
    "Network is unreachable|Connection (refused|reset|aborted)|from versions: none",
    "missing": "No matching distribution",
    "disk": "No space left|Permission denied",
}


class Stop(Exception):
    """A message for the user that ends the command with status 1."""


def text(key, **values):
    return TEXT[key][LANGUAGE].format(**values)


def say(key, **values):
    print(text(key, **values), flush=True)


def logged(command, watch=None, limit=1e6, check=True):
    """Run one step with its output in the log and each line given to `watch`; whether it succeeded."""
    with open(str(LOG), "a", encoding="utf-8") as log:
        log.write("\n$ %s\n" % " ".join(command))
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            cwd=str(ROOT),
            env=environment(),
        )
        timer = threading.Timer(limit, process.kill)
        timer.daemon = True
        timer.start()
        with process:
            for line in process.stdout:
                log.write(line)
                if watch:
                    watch(line)
        timer.cancel()
    if check and process.returncode:
        tail = "\n".join("      " + line for line in last_output().splitlines()[-12:] if line.strip())
        raise Stop(text("failed", tail=tail, cause=text(likely_cause("--no-index" in command)), log=LOG))
    return process.returncode == 0


def last_output():
    return LOG.read_text(encoding="utf-8").rpartition("\n$ ")[2].partition("\n")[2]


def likely_cause(offline):
    cause = next((cause for cause, signs in CAUSES.items() if re.search(signs, last_output())), "unknown")
    return "no-wheel" if offline and cause in ("missing", "network") else cause


def environment(**extra):
    """For everything run.py starts: .venv first, UTF-8, the theme's notices off."""
    env = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    path = str(BIN) + os.pathsep + env.get("PATH", "")
    env.update(
        VIRTUAL_ENV=str(VENV),
        PATH=path,
        PYTHONUTF8="1",
        PIP_USER="0",
        NO_MKDOCS_2_WARNING="1",
        DISABLE_MKDOCS_2_WARNING="true",
        **extra,
    )
    return env


# --- Set-up -----------------------------------------------------------------------------------------------------------


def check_python():
    if sys.version_info < (3, 11):
        raise Stop(text("old", have=VERSION, exe=sys.executable, command=" ".join(["python3.12"] + sys.argv)))
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise Stop(text("no-venv", exe=sys.executable, module=module))


def wanted():
    """What a finished set-up looks like: `base` is about the environment itself, the others about what is in it."""

    def key_of(*parts):
        return hashlib.sha256(b"\0".join(parts)).hexdigest()

    base = key_of(VERSION.encode(), str(ROOT).encode())  # scripts and the editable install hold the checkout's path
    words = sorted(ROOT.glob("plugins/rectify/locale/*/LC_MESSAGES/*.po"))  # compiled while the project is installed
    files = [ROOT / "pyproject.toml", ROOT / "locks" / "site.txt"] + words
    site = key_of(base.encode(), *[file.read_bytes() for file in files])
    test = key_of(site.encode(), *[(ROOT / "locks" / name).read_bytes() for name in ("test.txt", "oldest.txt")])
    return {"base": base, "site": site, "test": test}


def recorded():
    """The stamp of the last finished set-up; empty where there is none or the environment no longer works."""
    # Looks for the package without running it: a mistake in its code is no reason to install everything anew.
    probe = "import importlib.util as u, sys; sys.exit(u.find_spec('rectify') is None)"
    with contextlib.suppress(OSError, ValueError):
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
        if RECTIFY.exists() and subprocess.call([str(PYTHON), "-I", "-c", probe], stderr=subprocess.DEVNULL) == 0:
            return stamp
    return {}


def set_up(purpose, wheels=None):
    """Bring .venv to the locked state for `site` or `test`; do nothing where the stamp says it is there."""
    if wheels and not wheels.is_dir():
        raise Stop(text("no-wheels", path=wheels))
    want = wanted()
    if recorded().get(purpose) == want[purpose]:
        return
    check_python()
    with one_at_a_time():
        stamp, started = recorded(), time.time()
        if stamp.get(purpose) == want[purpose]:
            return
        LOG.write_text("", encoding="utf-8")
        if stamp.get("base") == want["base"]:
            STAMP.unlink()  # from here to the last line an interruption leaves no stamp: the next run starts afresh
        else:
            make_environment()
        pip_install = [str(PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--no-deps"]
        pip_install += ["--no-index", "--find-links", str(wheels.resolve())] if wheels else []
        install("locks/%s.txt" % purpose, pip_install)
        if purpose == "test":
            shutil.rmtree(str(OLDEST), ignore_errors=True)
            install("locks/oldest.txt", pip_install + ["--target", str(OLDEST)])
        say("project")
        logged(pip_install + ["--no-build-isolation", "--editable", str(ROOT)])
        done = {name: want[name] for name in ("base", "site", purpose)}  # test.txt contains site.txt
        STAMP.write_text(json.dumps(done), encoding="utf-8")
        say("ready", seconds=round(time.time() - started))


@contextlib.contextmanager
def one_at_a_time():
    """Two set-ups in one checkout would delete each other's work. The system drops this lock with the process."""
    with open(str(CACHE / "lock"), "a") as file:
        with contextlib.suppress(ImportError):  # no such lock on Windows
            import fcntl

            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                say("wait")
                fcntl.flock(file, fcntl.LOCK_EX)
        yield


def make_environment():
    say("venv", version=VERSION)
    try:
        if VENV.exists() or VENV.is_symlink():
            shutil.rmtree(str(VENV))
    except OSError as error:
        raise Stop(text("in-use", error=error))
    # Started from inside .venv, this Python is the one just removed; the base it was made from is not.
    logged([getattr(sys, "_base_executable", None) or sys.executable, "-m", "venv", str(VENV)])


def install(lock, pip_install):
    pins = [line for line in (ROOT / lock).read_text(encoding="utf-8").splitlines() if re.match(r"\w", line)]
    progress = {"count": len(pins), "done": 0, "shown": time.time()}

    def watch(line):
        package = re.match(r"(?:Collecting|Requirement already satisfied:) ([\w.-]+)", line)
        progress["done"] += bool(package)
        if package and time.time() > progress["shown"] + 3:
            progress["shown"] = time.time()
            print("      {done}/{count} {name}".format(name=package.group(1), **progress), flush=True)

    say("install", lock=lock, count=len(pins))
    logged(pip_install + ["--require-hashes", "--requirement", str(ROOT / lock)], watch)


# --- Commands ---------------------------------------------------------------------------------------------------------


def site(options, rest):
    set_up("site", options.wheels)
    status = hand_over(
        [str(RECTIFY), "serve" if options.serve else "build"] + rest, environment(RECTIFY_LANG=options.lang)
    )
    if not options.serve and not status:
        say("more")
    return status


def rectify(arguments):
    set_up("site")
    return hand_over([str(RECTIFY)] + arguments, environment(), folder=None)


def lint(options, rest):
    set_up("test", options.wheels)
    failed = [" ".join(step) for step in LINT if hand_over([str(PYTHON), "-m"] + step, environment())]
    if failed:
        say("lint-failed", steps=", ".join(failed))
    return int(bool(failed))


def test(options, rest):
    set_up("test", options.wheels)
    sys.path.insert(0, str(ROOT / "tests"))
    from helpers import chromium, firefox, git_servers, nginx, nu, office, schema_org

    def step(command, limit):
        return logged(command, limit=limit, check=False), last_output()

    def pick(*pair):
        return pair[LANGUAGE]

    ci = os.environ.get("CI", "").lower() not in ("", "0", "false")
    browser, no_browser = chromium.get(PYTHON, step, pick)
    _, no_office = office.get(step, pick)
    _, no_server = nginx.get(step, pick)
    git_servers.get(step, pick)
    _, no_firefox = firefox.get(step, pick)
    lacking = ((no_browser, ""), (no_firefox, "-firefox"), (no_office, "-office"), (no_server, "-server"))
    for reason, suffix in lacking:
        if reason:
            say(("ci" if ci else "skip") + suffix, reason=reason)
    found = {"RECTIFY_NO_BROWSER": no_browser} if no_browser else {"RECTIFY_CHROMIUM": browser}
    found.update({"RECTIFY_NO_OFFICE": no_office} if no_office else {})
    found.update({"RECTIFY_NO_NGINX": no_server} if no_server else {})
    found.update({"RECTIFY_NO_FIREFOX": no_firefox} if no_firefox else {})
    # Java and npm are asked of nobody: without them, in CI too, some tests are left out and say so.
    checker, no_checker = nu.get(step, pick)
    found.update({"RECTIFY_NU": checker} if checker else {"RECTIFY_NO_NU": no_checker})
    types, no_types = schema_org.get(step, pick)
    found.update({"RECTIFY_SCHEMA_ORG": types} if types else {"RECTIFY_NO_SCHEMA_ORG": no_types})
    missing = any(reason for reason, _ in lacking)
    bad = lint(options, [])  # before the tests, whose count is what a run ends with
    # The whole of them, one more at a time than there are processors, for some always wait for the disk or a browser;
    # loadfile, because a file's tests share what they build; in the order of tests/conftest.py, not by how many they are.
    rest = rest or ["-n", str((os.cpu_count() or 1) + 1), "--dist", "loadfile", "--no-loadscope-reorder"]
    return hand_over([str(PYTHON), "-m", "pytest"] + rest, environment(**found)) or bad or int(bool(ci and missing))


def hand_over(command, env, folder=str(ROOT)):
    """Run the command as if it had been typed, in that folder or this one: its output, its Ctrl-C, its exit status."""
    process = subprocess.Popen(command, cwd=folder, env=env)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    while True:
        with contextlib.suppress(KeyboardInterrupt):  # it reached the command as well, which decides when to end
            status = process.wait()
            return 128 - status if status < 0 else status


def parser():
    lang = argparse.ArgumentParser(add_help=False)
    lang.add_argument("--lang", choices=LANGUAGES, help=text("lang"))
    top = argparse.ArgumentParser(prog="run.py", description=text("about"), parents=[lang])
    commands = top.add_subparsers(dest="command", metavar="site | rectify | test | lint")
    for name in ("site", "rectify", "test", "lint"):
        command = commands.add_parser(name, help=text(name), description=text(name), parents=[lang], allow_abbrev=False)
        command.add_argument("--wheels", metavar="DIR", type=Path, help=text("wheels"))
        if name == "site":
            command.add_argument("--serve", action="store_true", help=text("serve"))
    return top


def language(arguments, environment):
    """Return the language asked for as `rectify` does: --lang, RECTIFY_LANG, the locale; Chinese where none is named."""
    words = " ".join(arguments).replace("=", " ").split()
    asked = words[words.index("--lang") + 1 :][:1] if "--lang" in words else [environment.get("RECTIFY_LANG")]
    if asked and asked[0] in LANGUAGES:
        return asked[0]
    named = [environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)]
    locale = named[0].partition(".")[0] if named else ""
    return "zh" if locale in ("", "C", "POSIX") or locale.startswith("zh") else "en"


def main(arguments):
    global LANGUAGE
    chosen = language(arguments, os.environ)
    LANGUAGE = int(chosen == "en")
    own = list(itertools.takewhile(lambda word: word in LANGUAGES or word.startswith("--lang"), arguments))
    # What follows `rectify` is not parsed here: --help and --lang are for it.
    to_rectify = arguments[len(own) : len(own) + 1] == ["rectify"]
    options, rest = parser().parse_known_args(own + ["rectify"] if to_rectify else arguments)
    options.lang = chosen
    if not options.command:
        parser().print_help()
        return 2
    try:
        CACHE.mkdir(parents=True, exist_ok=True)
        if to_rectify:
            return rectify(own + arguments[len(own) + 1 :])
        return {"site": site, "test": test, "lint": lint}[options.command](options, rest)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console without Chinese still shows the rest
    sys.exit(main(sys.argv[1:]))
