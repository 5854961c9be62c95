"""Puts into the wheel what is made or lies elsewhere: the templates of theme/ and the compiled catalogue of words."""

import sys
from pathlib import Path
from shutil import copytree

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).resolve().parent


class BuildWithTheme(build_py):
    def run(self):
        super().run()
        sys.path.insert(0, str(HERE / "tools"))
        from catalogue import LOCALE, compile_all

        if self.editable_mode:
            compile_all(LOCALE)
        else:
            compile_all(Path(self.build_lib, "rectify", "locale"))
            copytree(HERE / "theme", Path(self.build_lib, "rectify", "host", "theme", "templates"), dirs_exist_ok=True)


setup(cmdclass={"build_py": BuildWithTheme})
