"""What ``luoshi doctor`` looks for, from its table of checks."""

import gettext

from luoshi.text.language import LOCALE_FOLDER
from tools.catalogue import checks
from tools.reference.marks import code, table

_INTRO = """# Doctor

`luoshi doctor --data FOLDER` looks at an installation and changes nothing. It names each thing that is not as it should be, with the next step, and ends with 1; with 0 where there is nothing. `--json` is for scripts, `--skip CHECK` leaves one
out. Let a timer run it every morning.
"""


def page() -> str:
    """Every check."""
    english = gettext.translation("luoshi", LOCALE_FOLDER, ["en"]).gettext
    return f"{_INTRO}\n{table(('check', 'what it names'), ((code(name), english(about)) for name, about in checks()))}\n"
