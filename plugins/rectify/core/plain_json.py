"""JSON of a file that anybody may have written."""

from __future__ import annotations

import json
from typing import Any

from rectify.core.language import _


def read_json(data: bytes | str) -> Any:
    """Return what a JSON text says; raises ValueError for one that is nested too deep as for any other that is none."""
    try:
        return json.loads(data)
    except RecursionError:
        raise ValueError(_("嵌套太深")) from None
