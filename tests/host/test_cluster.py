"""A build on a Dask cluster: the bytes of one on this machine, whatever becomes of a worker."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import rectify
from helpers.clusters import Cluster
from helpers.site import Site, write_site

DISCLOSURE = "---\n标题: {unit}关于巡察整改进展情况的通报\n文种: 整改情况报告\n单位: {unit}\n截至日期: 2024-05-31\n公开日期: 2024-06-{day:02}\n---\n\n## 总体\n\n第{number}份通报的正文。\n"
PROBLEM = "---\n问题: {what}登记不全\n状态: {status}\n分组: 立行立改\n整改时限: 2024-04-30\n前次: {earlier}\n进展:\n  - 日期: 2024-05-08\n    内容: 补录{what}{number}份。\n---\n\n第{number}份的正文。\n"
UNITS = ("望川县档案馆", "望川县水务局", "望川县粮食局")
NUMBER = 66
"""Disclosures, more than are made on this machine where there is a cluster."""


def files() -> Iterator[tuple[str, str]]:
    yield "about.md", "# 监督方式\n"
    yield "methodology.md", "# 说明\n"
    for number in range(NUMBER):
        unit = UNITS[number % len(UNITS)]
        yield (
            f"reports/2024-{number:03}/index.md",
            DISCLOSURE.format(unit=unit, day=number % 28 + 1, number=number),
        )
        yield (
            f"reports/2024-{number:03}/01.md",
            PROBLEM.format(
                what=f"第{number}批台账",
                status="已完成" if number % 2 else "持续推进",
                number=number,
                earlier=f"2024-{number - 3:03}/01" if number > 60 else "",
            ),
        )
    yield "reports/2024-000/files/明细.txt", "明细"
    yield (
        "reports/2024-000/02.md",
        PROBLEM.format(what="附件", status="持续推进", number=2, earlier="") + "\n见[明细](files/明细.txt)。\n",
    )


def bytes_of(site: Site) -> dict[str, bytes]:
    output = site.root / "site"
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Three workers, one of which comes back where it is killed."""
    running = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        running.worker("one")
        running.worker("two")
        running.worker("three", nanny=True)
        yield running
    finally:
        running.close()


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site as this machine builds it alone."""
    site = write_site(tmp_path_factory.mktemp("local"), dict(files()), site_url="https://example.org/zhenggai/")
    site.rectify("build").ok()
    return site


@pytest.fixture
def site(local: Site, tmp_path: Path) -> Site:
    """The same sources, built nowhere yet."""
    root = shutil.copytree(local.root, tmp_path / "site", ignore=shutil.ignore_patterns("site", ".cache"))
    return Site(root, root / "site")


def test_the_bytes_are_the_same_and_an_edit_follows(cluster: Cluster, local: Site, site: Site):
    site.rectify("build", "--executor", cluster.address).ok()
    assert bytes_of(site) == bytes_of(local)
    assert {"compile_folder", "render_folder"} <= cluster.done()
    for one in (local, site):
        one.write("reports/2024-005/01.md", PROBLEM.format(what="另一批", status="已完成", number=5, earlier=""))
    local.rectify("build").ok()
    site.rectify("build", "--executor", cluster.address).ok()
    assert bytes_of(site) == bytes_of(local)


def test_what_the_checks_refuse_is_refused_there(cluster: Cluster, local: Site, site: Site):
    for number in range(20):
        site.write(f"reports/2024-{number:03}/01.md", PROBLEM.format(what="某", status="没有的", number=1, earlier=""))
    refused = site.rectify("build", "--executor", cluster.address)
    assert refused.exit == 1 and not (site.root / "site").exists()
    assert refused.out == site.rectify("build").out


def test_a_worker_that_is_killed_costs_nothing(tmp_path: Path, local: Site, site: Site):
    running = Cluster(tmp_path / "cluster")
    try:
        lost = running.worker("lost")
        running.worker("left")
        built = {}
        building = threading.Thread(
            target=lambda: built.update(result=site.rectify("build", "--executor", running.address))
        )
        building.start()
        running.wait_for_work("lost")
        lost.kill()
        building.join()
        built["result"].ok()
        assert bytes_of(site) == bytes_of(local)
    finally:
        running.close()


def test_a_worker_of_another_version_is_refused(tmp_path: Path, site: Site):
    packages = tmp_path / "packages"
    shutil.copytree(Path(rectify.__file__).parent, packages / "rectify", ignore=shutil.ignore_patterns("__pycache__"))
    with open(packages / "rectify" / "core" / "counts.py", "a") as file:
        file.write("\n")
    running = Cluster(tmp_path / "cluster")
    try:
        running.worker("other", packages)
        refused = site.rectify("build", "--executor", running.address)
        assert refused.exit == 1 and not (site.root / "site").exists()
        assert "装的版本不同，不能用：rectify" in refused.out
    finally:
        running.close()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("127.0.0.1:1", "写成 dask://主机:端口"),
        ("dask://127.0.0.1", "写成 dask://主机:端口"),
        ("dask://127.0.0.1:1", "集群 dask://127.0.0.1:1 用不了"),
    ],
)
def test_no_cluster_is_told_in_a_sentence(address: str, said: str, site: Site):
    refused = site.rectify("build", "--executor", address)
    assert refused.exit == 1 and not (site.root / "site").exists()
    assert said in refused.out and "Traceback" not in refused.out


def test_nobody_works_there(tmp_path: Path, site: Site):
    running = Cluster(tmp_path / "cluster")
    try:
        refused = site.rectify("build", "--executor", running.address)
        assert refused.exit == 1 and "没有工作进程" in refused.out
    finally:
        running.close()
