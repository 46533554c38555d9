"""Use cases: load, apply the rule, save, tell. Knows nothing of HTTP."""

from compiled import first

first(__name__, __path__)
