"""The MkDocs theme `rectify`: Material, without the advertising that it prints when it is loaded."""

import os

# MkDocs imports this package before Material, which then keeps silent; the variable is Material's own switch.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
