"""A clerk with bad luck: what stands in the way is told in plain words, nothing is lost and nothing is said that is not so."""

import errno
import os
import shutil
import socket
import subprocess
from io import BytesIO

import pytest

from helpers.attached import png
from helpers.cases import DISCLOSURE
from helpers.desks import Clerk, Together, desk_of, fields, notice, source
from helpers.repository import commit, committed, git
from helpers.site import Site
from rectify.core.vocabulary import PROBLEM_KEYS
from rectify.sources.edit import read

ONE, TWO = "2024-a/01", "2024-a/02"
GIT_WORDS = ("fatal", "error:", "remote:", "HEAD", "refs/", "merge", "rebase", "branch", "Errno", "Traceback")


@pytest.fixture
def alone(make_site) -> Clerk:
    clerk = Clerk(committed(make_site(DISCLOSURE)))
    git(clerk.site, "config", "user.name", "办公室科员").ok()
    return clerk


@pytest.fixture
def office(make_site, tmp_path) -> Together:
    return Together(make_site(DISCLOSURE), tmp_path)


def said(page: str) -> str:
    """What the desk tells in answer."""
    told = page.partition('role="status">')[2].partition("</div>")[0]
    assert not [word for word in GIT_WORDS if word in told], told
    return told


def head(clerk: Clerk) -> str:
    return git(clerk.site, "rev-parse", "HEAD").ok().out


def _merging(clerk: Clerk) -> None:
    git(clerk.site, "update-ref", "MERGE_HEAD", "HEAD").ok()


def _locked(clerk: Clerk) -> None:
    (clerk.site.root / ".git/index.lock").touch()


def _detached(clerk: Clerk) -> None:
    git(clerk.site, "checkout", "-q", "--detach").ok()


@pytest.mark.parametrize(
    ("luck", "told"), [(_merging, "合并到一半"), (_locked, "正在用这个文件夹"), (_detached, "停在一个旧的版本")]
)
def test_what_stands_in_the_way_is_told_before_anything_is_done(alone, luck, told):
    alone.problem(TWO, lead="供水科")
    luck(alone)
    before = head(alone)
    assert told in said(alone.submit().get_data(as_text=True))
    assert head(alone) == before and "供水科" in source(alone.site, TWO).read_text("utf-8")
    assert alone.desk.journal.entries()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [("PATH", "/nowhere", "没有装 git"), ("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1", "safe.directory")],
)
def test_a_record_that_cannot_be_read_is_told_and_saving_goes_on(alone, monkeypatch, name, value, told):
    with monkeypatch.context() as patch:
        patch.setenv(name, value)
        alone.problem(TWO, lead="供水科")
        page = alone.text("/changes")
        assert "现在不能提交" in page and told in page and "开始记录" not in page and "撤销" in page
        assert alone.get("/").status_code == 200
    assert "已提交" in said(alone.submit().get_data(as_text=True))


def test_whoever_does_not_answer_is_away_soon(alone, monkeypatch):
    monkeypatch.setattr("rectify.desk.repository._ANSWER", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        git(alone.site, "remote", "add", "origin", f"http://127.0.0.1:{silent.getsockname()[1]}/unit.git").ok()
        alone.problem(TWO, lead="供水科")
        assert "已保存在本机" in said(alone.submit().get_data(as_text=True))
    assert alone.desk.journal.entries()


def test_a_branch_that_nobody_over_there_looks_at_gets_nothing(office):
    git(office.one.site, "checkout", "-q", "-b", "master").ok()
    office.one.problem(TWO, lead="供水科")
    told = said(office.one.submit().get_data(as_text=True))
    assert "没有“master”" in told and "已提交" not in told
    git(office.one.site, "branch", "-q", "--set-upstream-to=origin/main").ok()
    assert "单位的仓库已经收到" in said(office.one.submit().get_data(as_text=True))
    assert "供水科" in office.newest(TWO)


def hook(office: Together, text: str) -> None:
    file = office.there / "hooks/pre-receive"
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)


def test_what_the_other_side_refuses_is_told_in_its_words(office):
    hook(office, "echo 月底封账，下月再交 >&2; exit 1")
    office.one.problem(TWO, lead="供水科")
    before = head(office.one)
    told = said(office.one.submit().get_data(as_text=True))
    assert "没有接受：月底封账，下月再交" in told
    assert head(office.one) == before and office.one.desk.journal.entries()
    (office.there / "hooks/pre-receive").unlink()
    assert "单位的仓库已经收到" in said(office.one.submit().get_data(as_text=True))


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("git@host: Permission denied (publickey).", "不让这台电脑进入"),
        ("remote: HTTP Basic: Access denied", "不让这台电脑进入"),
        ("fatal: could not read Username for 'https://host': terminal prompts disabled", "不让这台电脑进入"),
        ("ssh: connect to host host port 22: Connection timed out", "联网后再提交"),
        ("fatal: unable to access 'https://host/': Could not resolve host: host", "联网后再提交"),
    ],
)
def test_being_refused_is_not_being_away(office, monkeypatch, answer, told):
    ssh = office.one.site.root.parent / "ssh"
    ssh.write_text(f'#!/bin/sh\necho "{answer}" >&2\nexit 255\n')
    ssh.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(ssh))
    git(office.one.site, "remote", "set-url", "origin", "git@host:unit.git").ok()
    office.one.problem(TWO, lead="供水科")
    assert told in said(office.one.submit().get_data(as_text=True))
    assert "供水科" in source(office.one.site, TWO).read_text("utf-8")


def test_the_offices_own_rule_before_a_commit_is_kept_and_told(alone):
    hook = alone.site.root / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\ngit diff --cached --name-only >&2\necho 月底不许提交 >&2\nexit 1\n")
    hook.chmod(0o755)
    alone.problem(TWO, lead="供水科")
    before = head(alone)
    told = alone.submit().get_data(as_text=True)
    assert "没有通过" in told and "月底不许提交" in told and f"reports/{TWO}.md" in told
    assert head(alone) == before and "供水科" in source(alone.site, TWO).read_text("utf-8")
    # One that rewrites what is committed: commit and file are the same afterwards.
    hook.write_text(f"#!/bin/sh\nf=content/reports/{TWO}.md\nsed -i s/供水科/供水管理科/ $f && git add $f\n")
    assert "已提交" in said(alone.submit().get_data(as_text=True))
    assert "供水管理科" in git(alone.site, "show", f"HEAD:content/reports/{TWO}.md").ok().out
    assert git(alone.site, "status", "--porcelain").ok().out == ""


def test_a_picture_that_the_repository_leaves_out_goes_with_the_text_that_names_it(alone):
    (alone.site.root / ".gitignore").write_text("/site/\n/.cache/\n*.png\n", "utf-8")
    commit(alone.site)
    alone.problem(TWO, entry_text="现场照片。", files=(BytesIO(png()), "现场.png"))
    folder = source(alone.site, TWO).parent / "files"
    (folder / "别的.png").write_bytes(png())
    assert "已提交" in said(alone.submit().get_data(as_text=True))
    names = git(alone.site, "-c", "core.quotePath=false", "ls-files", "--", str(folder)).ok().out.split()
    assert names == ["content/reports/2024-a/files/现场.png"]
    assert "没有要提交" in alone.text("/changes")


def test_a_content_folder_that_is_a_link_is_handed_in(make_site):
    site = make_site(DISCLOSURE)
    (site.root / "content").rename(site.root / "texts")
    (site.root / "content").symlink_to("texts")
    clerk = Clerk(committed(site))
    git(site, "config", "user.name", "办公室科员").ok()
    clerk.problem(TWO, lead="供水科")
    assert "已提交 1 个问题" in said(clerk.submit().get_data(as_text=True))
    assert git(site, "show", "--format=", "--name-only", "HEAD").ok().out.split() == [f"texts/reports/{TWO}.md"]


@pytest.mark.parametrize("kind", ["worktree", "submodule", "shallow", "sparse", "sha256"])
def test_a_copy_of_any_kind_is_handed_in_from(office, tmp_path, kind):
    root = tmp_path / "copy"
    if kind == "worktree":
        git(office.one.site, "fetch", "-q", "origin").ok()
        git(office.one.site, "worktree", "add", "-q", "-b", "desk", str(root)).ok()
        git(office.one.site, "branch", "-q", "--set-upstream-to=origin/main", "desk").ok()
    elif kind == "submodule":
        around = Site(tmp_path, tmp_path)
        git(around, "init", "-q").ok()
        add = ("submodule", "--quiet", "add", "-b", "main", str(office.there), root.name)
        git(around, "-c", "protocol.file.allow=always", *add).ok()
    elif kind == "shallow":
        subprocess.run(["git", "clone", "-q", "--depth", "1", office.there.as_uri(), str(root)], check=True)
    elif kind == "sparse":
        subprocess.run(["git", "clone", "-q", str(office.there), str(root)], check=True)
        git(Site(root, root), "sparse-checkout", "set", "content").ok()
    else:
        shutil.copytree(office.one.site.root, root, ignore=shutil.ignore_patterns(".git"))
        git(Site(root, root), "init", "-q", "-b", "main", "--object-format=sha256").ok()
        commit(Site(root, root))
    clerk = Clerk(Site(root, root / "site"))
    git(clerk.site, "config", "user.name", "办公室科员").ok()
    if kind == "shallow":  # what others did lies behind the end of what is here
        office.other.problem(ONE, owner="科长")
        office.other.submit()
    clerk.problem(TWO, lead="供水科")
    assert "已提交 1 个问题" in said(clerk.submit().get_data(as_text=True))
    assert kind == "sha256" or "供水科" in office.newest(TWO)
    source(clerk.site, TWO).with_name("files").mkdir(exist_ok=True)
    extra = source(clerk.site, TWO).parent / "files/附.txt"
    for text in ("误传的。\n", None):
        extra.write_text(text, "utf-8") if text else extra.unlink()
        assert "已提交 1 个附件" in said(clerk.submit().get_data(as_text=True))
    assert git(clerk.site, "status", "--porcelain").ok().out == ""


def test_a_page_that_was_open_when_the_desk_was_ended_goes_on_and_an_old_form_gives_back_what_was_typed(alone):
    form = {**alone.form(f"/problem/{TWO}", f"/problem/{TWO}"), "entry_text": "第二批移交。"}
    cookie = alone.client.get_cookie("rectify-desk-8899", "127.0.0.1", alone.below)
    alone.sit_at(desk_of(alone.site), comes_in=False)
    assert alone.get("/").status_code == 403
    alone.client.set_cookie(cookie.key, cookie.value, path=cookie.path, domain="127.0.0.1")
    assert "已保存" in alone.post(f"/problem/{TWO}", form).get_data(as_text=True)
    told = alone.post(f"/problem/{TWO}", {**form, "csrf_token": "x", "entry_text": "第三批移交。"})
    assert told.status_code == 400 and "第三批移交。" in told.get_data(as_text=True)


def test_a_name_is_enough_for_handing_in(make_site, monkeypatch):
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    clerk = Clerk(make_site(DISCLOSURE))
    clerk.problem(TWO, lead="供水科")
    assert "已经开始记录" in said(
        clerk.post("/changes/begin", clerk.form("/changes", "/changes/begin")).get_data(as_text=True)
    )
    assert ".cache" not in git(clerk.site, "ls-files").ok().out
    clerk.problem(TWO, owner="科长")
    assert "已提交 1 个问题" in said(clerk.submit(author="办公室<科员>\n").get_data(as_text=True))
    assert git(clerk.site, "log", "-1", "--format=%an").ok().out.strip() == "办公室 科员"
    form = clerk.form("/changes", "/changes/revert")
    first = git(clerk.site, "rev-list", "--max-parents=0", "HEAD").ok().out.strip()
    told = clerk.post("/changes/revert", {**form, "commit": first}).get_data(as_text=True)
    assert "不能撤回" in said(told)


def test_line_ends_are_kept_as_the_repository_keeps_them(office):
    git(office.other.site, "config", "core.autocrlf", "true").ok()
    file = source(office.other.site, TWO)
    file.unlink()
    git(office.other.site, "checkout", "--", ".").ok()
    assert b"\r\n" in file.read_bytes()
    office.one.problem(ONE, owner="科长")
    office.one.submit()
    office.other.problem(TWO, lead="供水科")
    assert "已提交 1 个问题" in said(office.other.submit().get_data(as_text=True))
    assert (
        b"\r"
        not in subprocess.run(
            ["git", "--git-dir", str(office.there), "show", f"main:content/reports/{TWO}.md"],
            check=True,
            capture_output=True,
        ).stdout
    )
    for ref, word in ((ONE, "科长"), (TWO, "供水科")):
        data = source(office.other.site, ref).read_bytes()
        assert data.count(b"\n") == data.count(b"\r\n") and word in data.decode()
    assert git(office.other.site, "status", "--porcelain").ok().out == ""


def test_what_programs_leave_beside_a_text_is_not_handed_in(alone):
    folder = source(alone.site, TWO).parent
    for name in (".02.md.tmp-1a2b3c4d", ".DS_Store", ".~lock.02.md#"):
        (folder / name).write_text("half a te", "utf-8")
    alone.problem(TWO, lead="供水科")
    alone.submit()
    assert git(alone.site, "show", "--format=", "--name-only", "HEAD").ok().out.split() == [f"content/reports/{TWO}.md"]


def test_a_new_file_goes_when_its_hand_in_is_taken_back_and_comes_again_when_that_is(alone):
    file = source(alone.site, "2024-a/02").parent / "files/附.txt"
    file.parent.mkdir(exist_ok=True)
    file.write_text("误传的。\n", "utf-8")
    git(alone.site, "add", "-A").ok()
    git(alone.site, "commit", "-q", "-m", "误传").ok()
    alone.post("/changes/revert", alone.form("/changes", "/changes/revert"))
    assert not file.exists()
    alone.post("/changes/undo", alone.form("/changes", "/changes/undo"))
    assert file.read_text("utf-8") == "误传的。\n"


def test_names_and_messages_of_every_kind_are_shown(alone):
    body = "\x01\x02更新 <script>alert(1)</script>\x02"
    commit = ["-c", "user.name=a\x02\x01<img src=x onerror=alert(1)>", "-c", "user.email=x@y.example", "commit", "-q"]
    file = source(alone.site, TWO)
    file.write_text(file.read_text("utf-8") + "\n另记。\n", "utf-8")
    subprocess.run(
        ["git", "-C", str(alone.site.root), *commit, "-a", "-F", "-"], input=body.encode() + b"\xb8\xfc\n", check=True
    )
    (alone.site.root / "content" / os.fsdecode(b"\xcb\xb5\xc3\xf7.txt")).write_text("x")
    for path in ("/", "/changes"):
        got = alone.get(path)
        assert got.status_code == 200 and b"<script>alert" not in got.data and b"<img" not in got.data
    assert alone.problem(TWO, lead="供水科").status_code == 200
    assert alone.submit().status_code == 200


@pytest.mark.parametrize(
    ("number", "told"), [(errno.ENOSPC, "磁盘满了"), (errno.EACCES, "不能写"), (errno.EIO, "请告诉管理员")]
)
def test_a_disk_that_does_not_take_it_loses_nothing(alone, monkeypatch, number, told):
    from rectify.desk import drafts, journal

    form = alone.form(f"/problem/{TWO}")
    before = source(alone.site, TWO).read_bytes()
    alone.problem(ONE, lead="管网科")
    undo = alone.form("/changes", "/changes/undo")

    def full(file, data):
        raise OSError(number, os.strerror(number), str(file))

    monkeypatch.setattr(journal, "replace_file", full)
    again = alone.post(f"/problem/{TWO}", {**form, "lead": "供水科", "entry_text": "第二批移交。"}).get_data(
        as_text=True
    )
    assert told in again and "第二批移交。" in again and "供水科" in again and os.strerror(number) not in again
    together = {**alone.form("/ledger", "/ledger/together"), "ref": [TWO], "entry_text": "复核。", "apply": "1"}
    assert told in said(alone.post("/ledger/together", together).get_data(as_text=True))
    assert told in said(alone.post("/changes/undo", undo).get_data(as_text=True))
    monkeypatch.setattr(drafts, "cache_file", full)
    shutil.rmtree(alone.desk.office.state / "bases")
    assert told in alone.text(f"/problem/{ONE}")
    assert source(alone.site, TWO).read_bytes() == before
    monkeypatch.undo()
    assert "已保存" in alone.problem(TWO, lead="供水科").get_data(as_text=True)


def test_an_import_that_the_disk_does_not_take_is_told_in_the_same_words(alone, monkeypatch):
    from rectify.intake import importing

    form = alone.form("/import", "/import")
    text = notice("2024年12月31日", "2025年1月10日").encode()
    page = alone.post("/import", {**form, "file": (BytesIO(text), "y.txt")})
    read_out = fields(page.get_data(as_text=True), page.request.path)

    def full(to, texts):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(to))

    monkeypatch.setattr(importing, "write_folder", full)
    right = {**read_out, "id": "2025-y", "published": "2025-01-10", "status-2": "ongoing"}
    told = said(alone.post(page.request.path, right).get_data(as_text=True))
    assert "磁盘满了" in told and os.strerror(errno.ENOSPC) not in told


def test_a_write_that_fails_half_way_leaves_all_as_before(alone, monkeypatch):
    from rectify.desk import journal

    kept, index = journal.replace_file, alone.site.root / "content/reports/2024-a/index.md"
    before = [source(alone.site, TWO).read_bytes(), index.read_bytes()]

    def full(file, data):
        if file == index and data != before[1]:
            raise OSError(errno.ENOSPC, "full")
        kept(file, data)

    monkeypatch.setattr(journal, "replace_file", full)
    alone.problem(TWO, entry_text="全部移交。", entry_status="done")
    assert [source(alone.site, TWO).read_bytes(), index.read_bytes()] == before
    assert not alone.desk.journal.entries()


def test_what_another_program_wrote_after_it_was_read_is_not_covered(alone):
    from rectify.desk.refusals import Stopped
    from rectify.sources.file_edit import edit_of

    file = source(alone.site, TWO)
    edit = edit_of(file, f"reports/{TWO}.md", {"lead": "供水科"}, PROBLEM_KEYS)
    file.write_text(file.read_text("utf-8") + "\n另记。\n", "utf-8")
    with pytest.raises(Stopped, match="刚刚又改过"):
        alone.desk.journal.write("x", [edit])
    assert "另记。" in file.read_text("utf-8") and not alone.desk.journal.entries()


def test_a_second_click_registers_nothing_twice(alone):
    form = {**alone.form(f"/problem/{TWO}"), "entry_text": "第二批移交。"}
    for _click in range(2):
        assert "已保存" in alone.post(f"/problem/{TWO}", form).get_data(as_text=True) or _click
    together = {**alone.form("/ledger", "/ledger/together"), "ref": [TWO], "entry_text": "复核。", "apply": "1"}
    for _click in range(2):
        alone.post("/ledger/together", together)
    texts = [entry.text for entry in read(source(alone.site, TWO).read_text("utf-8"), PROBLEM_KEYS).values["progress"]]
    assert texts == ["第一批7个小区完成移交。", "第二批移交。", "复核。"]


def test_a_folder_that_has_gone_is_not_an_empty_register(alone):
    content = alone.site.root / "content"
    form = alone.form(f"/problem/{TWO}")
    content.rename(alone.site.root / "moved")
    for path in ("/", "/ledger", "/changes", f"/problem/{TWO}"):
        assert "内容文件夹不见了" in alone.text(path)
    assert "内容文件夹不见了" in alone.post(f"/problem/{TWO}", {**form, "lead": "供水科"}).get_data(as_text=True)
    (alone.site.root / "moved").rename(content)
    assert "已保存" in alone.post(f"/problem/{TWO}", {**form, "lead": "供水科"}).get_data(as_text=True)
