"""``python -m tools.reference [--check]``."""

import sys

from tools.reference import FOLDER, ROOT, out_of_step, write

place = FOLDER.relative_to(ROOT)
if "--check" in sys.argv[1:]:
    wrong = out_of_step()
    for name in wrong:
        print(f"not in step with the code: {place / name} (make reference)", file=sys.stderr)
    raise SystemExit(1 if wrong else 0)
for name in write():
    print(f"written: {place / name}")
