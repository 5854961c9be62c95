"""Puts the templates of theme/ into the wheel; everything else about the package is said in pyproject.toml."""

from pathlib import Path
from shutil import copytree

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithTheme(build_py):
    def run(self):
        super().run()
        if not self.editable_mode:
            copytree(
                Path(__file__).with_name("theme"),
                Path(self.build_lib, "rectify", "host", "theme", "templates"),
                dirs_exist_ok=True,
            )


setup(cmdclass={"build_py": BuildWithTheme})
