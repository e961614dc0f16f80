"""`python -m penchant.ui` is the command `penchant`."""

from .command import main

main()
