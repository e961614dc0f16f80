"""What the commands share at a console: options, progress on standard error, text in a terminal.

Knows no command, and nothing of catalogues or turns.
"""
