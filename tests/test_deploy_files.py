"""What lies in deploy/ is read by the programs it is for, where they are; and agrees with the service it starts."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from config import setting_names

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"


def program(name: str) -> str:
    """scripts/install_test_tools.sh installs those that these tests need."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    assert found, f"{name} is not installed: run make test, or apt-get install {name}"
    return found


def accepted(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def test_nginx_reads_its_file(tmp_path: Path) -> None:
    """Within a server of its own: the file is one of its sites."""
    config = tmp_path / "nginx.conf"
    config.write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; include {DEPLOY}/nginx/quizhall.conf; }}\n"
    )
    accepted(program("nginx"), "-t", "-c", str(config), "-p", str(tmp_path))


@pytest.mark.parametrize("name", ["haproxy.cfg", "compose.cfg"])
def test_haproxy_reads_its_file(name: str) -> None:
    accepted(program("haproxy"), "-c", "-f", str(DEPLOY / "haproxy" / name))


def environment_of(lines: list[str]) -> set[str]:
    return {match[1] for line in lines for match in re.finditer(r"\b([A-Z][A-Z_]{2,})=", line)}


def test_every_setting_that_is_named_is_one_of_ours() -> None:
    """A misspelt one would be ignored without a word."""
    named: set[str] = set()
    for file in (DEPLOY / "systemd").iterdir():
        lines = [line for line in file.read_text().splitlines() if "Environment=" in line or "env" in file.name]
        named |= environment_of(lines)
    for file in (DEPLOY / "nginx" / "quizhall.conf", DEPLOY / "caddy" / "Caddyfile"):
        named |= environment_of([line for line in file.read_text().splitlines() if line.startswith("# The nodes")])
    services = compose()["services"]
    named |= set(services["quizhall"]["environment"])
    assert named - {"POSTGRES_PASSWORD", "REDIS_PASSWORD"} <= set(setting_names())
    assert {"PUBLIC_URL", "REDIS_URL", "TRUSTED_PROXIES", "DATABASE_URL"} <= named


def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((DEPLOY / "compose" / "compose.yaml").read_text())
    return read


def test_the_proxy_is_the_one_whose_word_counts() -> None:
    """Any other container could make up addresses."""
    services = compose()["services"]
    proxy = services["haproxy"]["networks"]["inside"]["ipv4_address"]
    assert services["quizhall"]["environment"]["TRUSTED_PROXIES"] == proxy
    assert "ports" not in services["quizhall"]
    assert "ports" not in services["redis"]
    assert "ports" not in services["postgres"]


def test_the_image_holds_all_that_the_service_needs_and_runs_as_nobody_special() -> None:
    """A package that is added here and forgotten there would fail at the first start."""
    lines = (DEPLOY / "Dockerfile").read_text().splitlines()
    copied = {word for line in lines if line.startswith("COPY ") and "--from" not in line for word in line.split()[1:]}
    packages = {file.parent.name for file in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks", "prove"}
    modules = {file.name for file in ROOT.glob("*.py")}
    assert packages | modules | {"templates", "static", "samples", "locales"} <= copied
    assert "USER quizhall" in lines
    user = next(number for number, line in enumerate(lines) if line.startswith("USER"))
    assert not [line for line in lines[user:] if line.startswith(("RUN", "COPY"))]


@pytest.mark.parametrize("name", ["quizhall.service", "quizhall@.service"])
def test_a_unit_lets_a_node_take_its_leave(name: str) -> None:
    """And restarts whatever ends otherwise."""
    lines = (DEPLOY / "systemd" / name).read_text().splitlines()
    assert {"KillSignal=SIGTERM", "TimeoutStopSec=15", "Restart=always", "NoNewPrivileges=true"} <= set(lines)
    assert ("PORT=%i" in "".join(lines)) == ("@" in name)
