"""What is wrong with a form, field by field, as its page shows it."""

from services.errors import Invalid


def faults_of(error: Invalid) -> dict[str, str]:
    """{field: sentence}, the first one of each field."""
    faults: dict[str, str] = {}
    for problem in error.details["problems"]:
        reason = problem["reason"]
        faults.setdefault(problem["field"], reason[:1].upper() + reason[1:] + ".")
    return faults
