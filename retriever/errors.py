"""The errors a caller may want to tell apart. Every message says what is wrong, where, and what to do."""


class PenchantError(Exception):
    """Root of the errors that Penchant raises for its caller to read."""


class CatalogueError(PenchantError):
    """The items or the schema file cannot be read; names the file and the line."""


class IndexMismatch(PenchantError):
    """An index cannot be opened or does not fit the encoder or schema asked for."""


class TrainingError(PenchantError):
    """The ratings cannot be read or are too few, or the training cannot begin, go on or be loaded."""
