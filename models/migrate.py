"""Brings a database up to date with migrations/, and says when it is not."""

from pathlib import Path

import peewee
from playhouse.migrations import Runner

from models.engine import migrating

DIRECTORY = Path(__file__).resolve().parent.parent / "migrations"


def migrate(engine: peewee.Database) -> list[str]:
    """Applies what is missing, in order; returns the names applied."""
    with migrating(engine):
        names: list[str] = Runner(engine, directory=str(DIRECTORY)).up()
    return names
