"""What lies in deploy/ and docs/metrics.md names figures that there are: read from a node that runs."""

import asyncio
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from house import house
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from services.alerts import RULES

ROOT = Path(__file__).parent.parent
RULES_FILE = ROOT / "deploy" / "prometheus" / "alerts.yml"
DASHBOARD = ROOT / "deploy" / "grafana" / "quizhall.json"
FIGURE = re.compile(r"\b(?:quizhall|process|python)_[a-z_]+\b")
# scripts/install_test_tools.sh puts it there, where apt has it.
PROMTOOL = shutil.which("promtool") or shutil.which(ROOT / ".venv" / "tools" / "promtool")
LABEL = re.compile(r'(\w+)\s*=~?\s*"([^"]*)"')


@pytest.fixture(scope="module")
def exposed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What Prometheus would read from a node."""

    async def read() -> str:
        async with house(tmp_path_factory.mktemp("node")) as here:
            return generate_latest(here.services.figures.registry).decode()

    return asyncio.run(read())


def samples(exposed: str) -> dict[str, list[dict[str, str]]]:
    """The labels of every sample, by its name."""
    found: dict[str, list[dict[str, str]]] = {}
    for family in text_string_to_metric_families(exposed):
        for sample in family.samples:
            found.setdefault(sample.name, []).append(sample.labels)
    return found


def rules() -> list[dict[str, Any]]:
    """Every rule of the file."""
    return [rule for group in yaml.safe_load(RULES_FILE.read_text())["groups"] for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    """The panels that show something."""
    return [panel for panel in json.loads(DASHBOARD.read_text())["panels"] if panel["type"] != "row"]


def expressions() -> list[str]:
    """Everything that Prometheus is asked for."""
    return [rule["expr"] for rule in rules()] + [target["expr"] for panel in panels() for target in panel["targets"]]


def test_every_figure_asked_for_is_there(exposed: str) -> None:
    """A misspelt name would be an alert that never comes."""
    there = samples(exposed)
    asked = {name for expression in expressions() for name in FIGURE.findall(expression)}
    assert len(asked) > 20
    assert asked - set(there) == set()
    variables = json.loads(DASHBOARD.read_text())["templating"]["list"]
    assert set(FIGURE.findall(json.dumps(variables))) - set(there) == set()


@pytest.mark.parametrize("expression", [e for e in expressions() if "{" in e])
def test_every_label_asked_for_is_there(exposed: str, expression: str) -> None:
    """With that very value; instance and job are Prometheus' own."""
    there = samples(exposed)
    for name, inside in re.findall(r"\b(\w+)\{([^}]*)\}", expression):
        for label, value in LABEL.findall(inside):
            if label not in ("instance", "job"):
                assert any(labels.get(label) == value for labels in there[name]), f"{name}{{{label}={value}}}"


def test_every_figure_is_documented(exposed: str) -> None:
    """docs/metrics.md lists all of them, and no other."""
    families = list(text_string_to_metric_families(exposed))
    real = {family.name + ("_total" if family.type == "counter" else "") for family in families}
    real.discard("python_info")
    document = (ROOT / "docs" / "metrics.md").read_text()
    assert set(FIGURE.findall(document)) == real


def test_every_alert_is_documented_with_its_bounds() -> None:
    """A row of the table for each rule."""
    document = (ROOT / "docs" / "metrics.md").read_text()
    table = {
        cells[0].strip("` "): [cell.strip() for cell in cells[2:5]]
        for line in document.splitlines()
        if len(cells := line.strip("|").split("|")) == 5
    }
    for rule in RULES:
        *bounds, cleared = table[rule.name]
        raised, looks = bounds
        assert (amount(raised), int(looks), amount(cleared)) == (rule.raise_above, rule.raise_after, rule.clear_below)


def amount(text: str) -> float:
    """`10 %` is 0.1, `0.5 s` is 0.5."""
    number, _, unit = text.partition(" ")
    return pytest.approx(float(number) / (100 if unit == "%" else 1))


def test_every_rule_says_what_is_wrong() -> None:
    """To whoever is woken by it, with how bad it is."""
    names = [rule["alert"] for rule in rules()]
    assert len(names) == len(set(names))
    for rule in rules():
        assert rule["labels"]["severity"] in ("info", "warning", "critical")
        assert rule["annotations"]["summary"].endswith(".")


def test_panels_do_not_lie_on_each_other() -> None:
    """Nor leave the page."""
    taken: set[tuple[int, int]] = set()
    for panel in panels():
        place = panel["gridPos"]
        cells = {(place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])}
        assert max(x for x, _ in cells) < 24
        assert not cells & taken, panel["title"]
        taken |= cells


if PROMTOOL:  # what the tests above hold needs no more than Python

    def test_promtool_agrees(exposed: str, tmp_path: Path) -> None:
        """Rules and panels are PromQL, the figures well formed and named as Prometheus would have them."""
        asked = [target["expr"].replace("$__rate_interval", "1m") for panel in panels() for target in panel["targets"]]
        as_rules = [{"record": f"panel:{number}", "expr": expression} for number, expression in enumerate(asked)]
        (tmp_path / "panels.yml").write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": as_rules}]}))
        check_rules = ["check", "rules", str(RULES_FILE), str(tmp_path / "panels.yml")]
        for command, text in ((check_rules, None), (["check", "metrics"], exposed)):
            done = subprocess.run([PROMTOOL, *command], input=text, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
