"""`python -m penchant.ui` is the command `penchant`."""

from .cli import main

main()
