"""Why a page cannot be shown."""


class NoLook(ValueError):
    """The page cannot be shown; the text says why."""


class Unready(NoLook):
    """The content has errors; they are told where they stand."""
