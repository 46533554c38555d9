"""Which column of a quiz sheet holds what, found by the words of its headings. Sheets of other programs in other
languages, and those that teachers made themselves, differ in the words and in the order."""

import re
import unicodedata
from dataclasses import dataclass, field

from formats.sheet import Row, Sheet

HEADER_WITHIN = 15
"""Rows that hold something and are looked at for the headings; templates begin with instructions."""
_LOOKED_AT = 60
"""Characters of a heading: some explain themselves at length, with words that belong to other columns."""

_QUESTION = re.compile(
    r"\b(?:questions?|item|prompt|frage(?:text)?|fragestellung|aufgabe|preguntas?|enunciado|domand[ae]|vraag|perguntas?"
    r"|questao|fraga|sp[o]rsmal|sporgsmal|pytanie|kysymys|otazka|kerdes|soru|pertanyaan|вопрос|питання|問題|问题|질문|السؤال)\b"
)
_ANSWER_WORD = (
    r"(?:answers?|options?|choices?|antwort(?:moglichkeit|option)?|respuestas?|opcion(?:es)?|reponses?|rispost[ae]"
    r"|opzion[ei]|antwoord|optie|respostas?|opcao|opcoes|svar|alternativ[ae]?|odpowiedz|vastaus|odpoved|valasz|secenek"
    r"|cevap|jawaban|pilihan|ответ|вариант|відповідь|回答|选项|답|الاجابة)"
)
_ANSWER = re.compile(rf"{_ANSWER_WORD}\s*(\d{{1,2}}|[a-h])\b|([a-h])|(\d)")
_OPTIONS = re.compile(
    r"(?:answers|options|choices|antworten|antwortmoglichkeiten|respuestas|opciones|reponses|choix|risposte|opzioni"
    r"|antwoorden|opties|respostas|opcoes|alternativen|alternativas|odpowiedzi|варианты|选项)"
)
_BARE = re.compile(_ANSWER_WORD)
_CORRECT = re.compile(
    r"(?<!in)\b(?:correct[aeo]?s?|right|richtige?n?|korrekte?|rett|riktig[at]?|rigtige?|solution|losung(?:en)?|bonnes?|justes?"
    r"|corrett[ae]|juiste?|goede?|certas?|ratt|poprawna|oikea|spravna|helyes|dogru|benar|правильн\w*|правильна|正解|정답|key)\b"
)
_WRONG = re.compile(r"\b(?:incorrect(?! feedback)|wrong|falsche?|incorrecta|fausse|errata|distractor)\b")
_TIME = re.compile(
    r"\b(?:time|timer|seconds?|secs?|zeit(?:limit)?|sekunden|tiempo|temps|tempo|tijd|tid|czas|aika|cas|ido|sure"
    r"|waktu|время|час|時間|시간)\b"
)
_KIND = re.compile(r"\b(?:(?:question )?type|(?:frage)?typ|art|tipo)\b")
_IMAGE = re.compile(r"\b(?:image|picture|photo|bild|imagen|immagine|afbeelding|imagem|media)\b")
_WHY = re.compile(r"\b(?:explanation|feedback|reason|erklarung|begrundung|explicacion|explication|spiegazione)\b")
_POINTS = re.compile(r"\b(?:points?|score|punkte|puntos|punti|punten|pontos)\b")
_COUNT = re.compile(r"#|\b(?:no|nr|number|nummer|num)\b")


@dataclass(slots=True)
class Columns:
    """Columns counted from 0. `answers` in the order of their numbers, `wrong` are those of a sheet whose right answer
    stands in `correct`; `options` is one column with all answers."""

    header: Row
    question: int
    answers: list[int] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)
    options: int | None = None
    correct: int | None = None
    time: int | None = None
    kind: int | None = None
    image: int | None = None
    why: int | None = None
    points: int | None = None


def find_columns(sheet: Sheet) -> Columns | None:
    """Of the first row that names a question and answers; None when no row near the top does."""
    for row in sheet.rows[:HEADER_WITHIN]:
        columns = read_header(row)
        if columns and (columns.answers or columns.options is not None or columns.correct is not None):
            return columns
    return None


def read_header(row: Row) -> Columns | None:
    """What a row of headings says; None when no cell of it stands for the question."""
    roles: dict[str, int] = {}
    answers: dict[int, int] = {}
    wrong: list[int] = []
    for at, cell in enumerate(row.cells):
        heading = fold(cell)[:_LOOKED_AT]
        if not heading:
            continue
        role, number = role_of(heading)
        if role == "answer":
            answers.setdefault(number, at)
        elif role == "wrong":
            wrong.append(at)
        elif role:
            roles.setdefault(role, at)
    if "question" not in roles:
        return None
    if "bare" in roles:
        # “Answer” beside “Option 1” and “Option 2”, or beside “Options”, is the one that is right.
        roles.setdefault("correct", roles["bare"])
        del roles["bare"]
    if "options" in roles and (answers or "correct" not in roles):
        roles.setdefault("correct", roles.pop("options"))
    found = [answers[number] for number in sorted(answers)]
    return Columns(row, answers=found, wrong=wrong, **roles)


def role_of(heading: str) -> tuple[str, int]:
    """(role, number of an answer); the surer words come first, as headings explain themselves with others."""
    if match := _ANSWER.match(heading):
        mark = match[1] or match[2] or match[3]
        is_whole = match[1] is not None or match.end() == len(heading)
        if is_whole:
            return "answer", int(mark) if mark.isdigit() else ord(mark) - ord("a") + 1
    if _WRONG.search(heading):
        return "wrong", 0
    for role, pattern in _ROLES:
        if pattern.search(heading):
            return ("" if role == "question" and _COUNT.search(heading) else role), 0
    if _OPTIONS.fullmatch(heading):
        return "options", 0
    return ("bare", 0) if _BARE.fullmatch(heading) else ("", 0)


_ROLES = (
    ("kind", _KIND),
    ("correct", _CORRECT),
    ("time", _TIME),
    ("image", _IMAGE),
    ("why", _WHY),
    ("points", _POINTS),
    ("question", _QUESTION),
)


def fold(text: str) -> str:
    """For comparing: lower case, without accents and signs around words."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(char))
    plain = plain.replace("ø", "o").replace("ł", "l").replace("ß", "ss").replace("ı", "i")
    return " ".join(re.sub(r"[^\w#%@]+|_+", " ", plain).split())
