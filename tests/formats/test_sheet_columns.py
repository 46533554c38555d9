"""Which column holds what, by the words of its heading."""

import pytest

from formats.sheet import Row
from formats.sheet_columns import fold, read_header


@pytest.mark.parametrize(
    ("headings", "question", "answers", "correct"),
    [
        (["", "Question - max 120", "Answer 1 - max 75", "Answer 2", "Time limit", "Correct answer(s)"], 1, [2, 3], 5),
        (["Frage", "Antwort 1", "Antwort 2", "Zeitlimit (Sek.)", "Richtige Antwort(en)"], 0, [1, 2], 4),
        (["Pregunta", "Respuesta 1", "Respuesta 2", "Tiempo", "Respuesta correcta"], 0, [1, 2], 4),
        (["Question", "Réponse 1", "Réponse 2", "Temps", "Bonne(s) réponse(s)"], 0, [1, 2], 4),
        (["Question", "A", "B", "C", "D", "Correct answer", "Points"], 0, [1, 2, 3, 4], 5),
        (["Question #", "Question Text", "Answer 1", "Answer 2", "Correct Answer(s)\n(Only Answer #)"], 1, [2, 3], 4),
        (["Question", "Option 1", "Option 2", "Answer"], 0, [1, 2], 3),
        (["question", "options", "answer"], 0, [], 2),
        (["Pytanie", "Odpowiedź 1", "Odpowiedź 2", "Czas", "Poprawna odpowiedź"], 0, [1, 2], 4),
    ],
)  # fmt: skip
def test_headings_in_many_languages_are_understood(headings, question, answers, correct):
    """Whatever else they explain."""
    columns = read_header(Row(1, tuple(headings)))
    assert (columns.question, columns.answers, columns.correct) == (question, answers, correct)


@pytest.mark.parametrize("headings", [["Name", "Score"], ["1", "2", "3"], []])
def test_other_rows_are_no_headings(headings):
    """None of their cells stands for a question."""
    assert read_header(Row(1, tuple(headings))) is None


def test_folding_makes_headings_alike():
    """Accents, case and signs do not part them."""
    assert fold("  Größe – (Réponse)\n") == "grosse reponse"
