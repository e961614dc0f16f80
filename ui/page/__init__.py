"""The chat page: Gradio around it, a controller for each tab, its state and its views.

Exports nothing here, since Gradio takes seconds to import: `page.serve` and `page.mount` are the doors. Knows nothing
of how a turn works.
"""

__all__: list[str] = []
