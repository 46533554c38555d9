"""The quiz that the browser tests play: short enough to play in a minute."""

from typing import Any

Question = dict[str, Any]

CAPITAL: Question = {
    "kind": "single",
    "prompt": "Which city is the capital of Australia?",
    "choices": [{"text": "Sydney"}, {"text": "Canberra", "correct": True}, {"text": "Perth"}, {"text": "Hobart"}],
    "time_limit_s": 60,
    "explanation": "Canberra was founded in 1913 as a capital between Sydney and Melbourne.",
}
PRIMES: Question = {
    "kind": "multi",
    "prompt": "Which of these are prime numbers?",
    "choices": [
        {"text": "Two", "correct": True},
        {"text": "Nine"},
        {"text": "Seven", "correct": True},
        {"text": "Fifteen"},
    ],
    "time_limit_s": 60,
}
RIVER: Question = {
    "kind": "text",
    "prompt": "Which river flows through Cairo?",
    "accepted": ["Nile", "the Nile"],
    "time_limit_s": 6,
}
PAUSE: Question = {"kind": "info", "prompt": "Half-time. Stretch your fingers."}
LEGS: Question = {
    "kind": "number",
    "prompt": "How many legs does a spider have?",
    "accepted": [{"value": 8}],
    "time_limit_s": 60,
}
WHALE: Question = {
    "kind": "true_false",
    "prompt": "A whale is a fish.",
    "choices": [{"text": "True"}, {"text": "False", "correct": True}],
    "time_limit_s": 60,
}
TEA: Question = {
    "kind": "poll",
    "prompt": "Tea or coffee?",
    "choices": [{"text": "Tea"}, {"text": "Coffee"}],
    "time_limit_s": 60,
}
ORDER: Question = {
    "kind": "order",
    "prompt": "From the Sun outwards",
    "items": ["Mercury", "Venus", "Earth", "Mars"],
    "time_limit_s": 120,
}
MATCH: Question = {
    "kind": "match",
    "prompt": "Which animal is it in French?",
    "pairs": [{"left": "cat", "right": "chat"}, {"left": "dog", "right": "chien"}, {"left": "bird", "right": "oiseau"}],
    "distractors": ["souris"],
    "time_limit_s": 120,
}
CATEGORIZE: Question = {
    "kind": "categorize",
    "prompt": "Metal or gas?",
    "categories": ["Metal", "Gas"],
    "items": [{"text": "Iron", "category": 0}, {"text": "Neon", "category": 1}, {"text": "Gold", "category": 0}],
    "time_limit_s": 120,
}

QUIZ = {"title": "A little of everything", "questions": [CAPITAL, PRIMES, RIVER, PAUSE]}
SHORT = {"title": "Two questions", "questions": [CAPITAL, WHALE]}
