"""Every page of a site before the Nu Html Checker of the W3C."""

import json
import os
import subprocess

import pytest

from helpers.site import Site

JAR = os.environ.get("RECTIFY_NU", "")


@pytest.mark.skipif(not JAR, reason=f"Nu: {os.environ.get('RECTIFY_NO_NU') or 'run.py test brings it'}")
def test_no_page_has_an_error(built_site: Site):
    command = ["java", "-Xss4m", "-jar", JAR, "--format", "json", "--errors-only", "--skip-non-html"]
    told = subprocess.run([*command, str(built_site.output)], capture_output=True, check=False, timeout=600).stderr
    found = {f"{one['url'].rpartition('/site/')[2]}: {one['message']}" for one in json.loads(told)["messages"]}
    assert found == set()
