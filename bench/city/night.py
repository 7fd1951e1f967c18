"""Every job of the clock, once as in the first morning hour and once again; prints as JSON how long each took and what it left."""

import json
import time
from typing import Any


def main() -> None:
    """Run them twice."""
    from luoshi.cli.serving import set_up

    set_up()
    print(json.dumps([_night(), _night()]))


def _night() -> dict[str, Any]:
    from datetime import datetime
    from datetime import time as hour

    from django.utils import timezone

    from luoshi.web.audit.models import Record
    from luoshi.web.calendars.selectors import working_calendar
    from luoshi.web.config.clock import JOBS
    from luoshi.web.notices.models import Digest

    today = timezone.localdate()
    at = timezone.make_aware(datetime.combine(working_calendar().add_working_days(today, 0 if working_calendar().is_working_day(today) else 1).date, hour(9)))
    records, digests, begun, cpu = Record.objects.count(), Digest.objects.count(), time.perf_counter(), time.process_time()
    jobs = {}
    for job in JOBS:
        started = time.perf_counter()
        job.run(at)
        jobs[job.name] = time.perf_counter() - started
    return {
        "seconds": time.perf_counter() - begun, "cpu": time.process_time() - cpu, "jobs": jobs,
        "records": Record.objects.count() - records, "digests": Digest.objects.count() - digests,
    }  # fmt: skip


if __name__ == "__main__":
    main()
