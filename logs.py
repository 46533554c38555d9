"""How the service logs: lines for people, or one JSON object a line for machines. To standard error."""

import json
import logging
from datetime import UTC, datetime

# What every record has; anything else came with `extra` and belongs to the line.
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def _extra(record: logging.LogRecord) -> dict[str, object]:
    return {name: value for name, value in vars(record).items() if name not in _OWN}


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


class ConsoleFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = f"{_time(record)} {record.levelname:<7} {record.name}: {record.getMessage()}"
        # The line of a request has in it all that comes with it.
        if record.name != "quizhall.access" and (extra := _extra(record)):
            line += " " + " ".join(f"{name}={value}" for name, value in extra.items())
        if record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        return line


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line | _extra(record), ensure_ascii=False, default=str)


def configure_logs(level: str, encoding: str) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter() if encoding == "json" else ConsoleFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # Where in the source a line comes from, in which thread and process: asked for at every line, and shown by none.
    logging._srcfile = None  # type: ignore[attr-defined] # as Python's logging HOWTO says, under Optimization
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    # Every run of every job would be a line; what they do is logged by what they call.
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
