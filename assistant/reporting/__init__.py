"""What is shown to whom: from an audit log or from simulated people, how exposure is spread over items and groups, and
how the genres of pages go with tastes.

Knows the assistant from outside, and the form of an audit log. Knows nothing of commands.
"""

from .audit_file import Logged, read_audit
from .groups import declared_groups
from .knobs import KnobComparison, cases_of, compare, read_knobs
from .markdown import Section, as_markdown, sections
from .measuring import Report, genres_of, least_shown, measured
from .people import Person, population
from .plots import require_plots
from .showings import Page, Showings, Want
from .simulation import PLACES, simulate
from .writing import as_html, as_json, check_free, write_report

__all__ = [
    "PLACES",
    "KnobComparison",
    "Logged",
    "Page",
    "Person",
    "Report",
    "Section",
    "Showings",
    "Want",
    "as_html",
    "as_json",
    "as_markdown",
    "cases_of",
    "check_free",
    "compare",
    "declared_groups",
    "genres_of",
    "least_shown",
    "measured",
    "population",
    "read_audit",
    "read_knobs",
    "require_plots",
    "sections",
    "simulate",
    "write_report",
]
