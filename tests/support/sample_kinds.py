"""One question of each kind that keeps its key in a body of its own, with an answer of which a part is right."""

PICTURE = {"image": "0a" * 32 + ".webp", "alt": "A map"}
ORDER = {"kind": "order", "prompt": "From the sun?", "items": ["Mercury", "Venus", "Earth", "Mars"]}
MATCH = {
    "kind": "match",
    "prompt": "Animals in French?",
    "pairs": [
        {"left": "cat", "right": "chat"},
        {"left": "dog", "right": "chien"},
        {"left": "hen", "right": "poule"},
    ],
    "distractors": ["cheval"],
}
CATEGORIZE = {
    "kind": "categorize",
    "prompt": "Which is which?",
    "categories": ["animal", "plant"],
    "items": [
        {"text": "cat", "category": 0},
        {"text": "oak", "category": 1},
        {"text": "dog", "category": 0},
        {"text": "elm", "category": 1},
    ],
}
BLANKS = {
    "kind": "blanks",
    "prompt": "{{1}} lies on the {{2}}.",
    "blanks": [{"accepted": ["Paris", "Lutetia"]}, {"accepted": ["Seine"]}],
}
HOTSPOT = {
    "kind": "hotspot",
    "prompt": "Where is Paris?",
    "media": PICTURE,
    "areas": [
        {"label": "north", "correct": True, "shape": "rect", "x": 0.0, "y": 0.0, "width": 0.5, "height": 0.5},
        {"label": "south", "shape": "circle", "x": 0.75, "y": 0.75, "rx": 0.25, "ry": 0.2},
        {"label": "west", "shape": "polygon", "points": [[0, 0.6], [0.3, 0.6], [0, 1]]},
    ],
}
SCALE = {
    "kind": "scale",
    "prompt": "How sure are you?",
    "min": 1,
    "max": 5,
    "labels": {"min": "not at all", "max": "very"},
}
WORDCLOUD = {"kind": "wordcloud", "prompt": "What is water like?", "words_most": 2}
OPEN = {"kind": "open", "prompt": "What did you learn?"}

BODIES = {
    question["kind"]: question for question in (ORDER, MATCH, CATEGORIZE, BLANKS, HOTSPOT, SCALE, WORDCLOUD, OPEN)
}
GRADED = [ORDER, MATCH, CATEGORIZE, BLANKS, HOTSPOT]
