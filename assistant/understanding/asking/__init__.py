"""Messages that wish for nothing: questions about what is on screen, the person or Penchant; a pick taken; thanks.

Knows wording, the catalogue's fields and the model's reading. Knows nothing of answers.
"""

from .question_reader import QuestionReader

__all__ = ["QuestionReader"]
