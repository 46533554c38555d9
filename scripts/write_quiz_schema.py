"""Writes docs/quiz.schema.json anew, after a kind of question or a limit has changed."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from handlers.api.document.quiz_file import schema_text  # noqa: E402  the project is found only now

(ROOT / "docs" / "quiz.schema.json").write_text(schema_text(), encoding="utf-8")
