"""Every page of a site before the Nu Html Checker of the W3C."""

import os

import pytest

from helpers import nu
from helpers.site import Site

needs_nu = pytest.mark.skipif(
    not os.environ.get("RECTIFY_NU"), reason=f"Nu: {os.environ.get('RECTIFY_NO_NU') or 'run.py test brings it'}"
)


@needs_nu
def test_no_page_has_an_error(built_site: Site):
    assert nu.errors(built_site.output) == set()
