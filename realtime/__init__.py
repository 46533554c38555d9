"""Connections, topics and how messages reach them. Knows nothing of quizzes, pages or tables."""

from compiled import first

first(__name__, __path__)
