"""What is wrong with a form, field by field; templates make a sentence of each (`faults.email|reason`)."""

from services.errors import Invalid


def faults_of(error: Invalid) -> dict[str, str]:
    """{field: reason}, the first one of each field."""
    faults: dict[str, str] = {}
    for problem in error.details["problems"]:
        faults.setdefault(problem["field"], problem["reason"])
    return faults
