"""The chat page and the command line. Knows nothing of how a turn works inside."""

__all__: list[str] = []
