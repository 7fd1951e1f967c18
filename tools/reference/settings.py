"""The settings of an installation, and what its clock does, from the tables of the code."""

import gettext

from luoshi.text.language import LOCALE_FOLDER
from luoshi.web.config.clock import JOBS
from luoshi.web.config.options import DATA_FOLDER, FILE, OPTIONS
from tools.reference.marks import code, table

_INTRO = f"""# Settings

An installation keeps everything in its data folder (`luoshi serve --data`, else {code(DATA_FOLDER)}, else `luoshi-data`). A setting comes from the environment, else from {code(FILE)} in that
folder, else it is the default. An unknown name or a wrong value ends the start with a sentence.
"""


def page() -> str:
    """Every option, then every job of the clock."""
    rows = ((code(one.name), code(one.variable), _shown(one.default), _english(one.help)) for one in OPTIONS)
    jobs = ((code(job.name), str(job.every), _english(job.why)) for job in JOBS)
    return "\n".join(
        [
            _INTRO,
            table(("name", "environment", "default", "meaning"), rows) + "\n",
            "## What the clock does\n",
            "Each job runs at the start and then every so often; each can run again at any moment.\n",
            table(("job", "every", "what it does"), jobs) + "\n",
        ]
    )


def _shown(default: object) -> str:
    told = ",".join(default) if isinstance(default, tuple) else str(default).lower() if isinstance(default, bool) else str(default)
    return code(told) if told else "—"


def _english(message: str) -> str:
    return gettext.translation("luoshi", LOCALE_FOLDER, ["en"]).gettext(message)
