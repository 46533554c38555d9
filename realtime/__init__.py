"""Connections, topics and how messages reach them. Knows nothing of quizzes, pages or tables."""
