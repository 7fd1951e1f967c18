"""``python -m luoshi.cli``, where the script ``luoshi`` is not on the path."""

from luoshi.cli import main

main()
