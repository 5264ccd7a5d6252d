"""The files for Docker, Compose and Fly agree with each other, with `up` and with the tree."""

import json
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import yaml

from server.dev import processes
from server.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
FLY: dict[str, Any] = tomllib.loads((ROOT / "fly.toml").read_text())
OURS = ("compose.yaml", "fly.toml", "Dockerfile", ".dockerignore", ".env.example", "dev.py", "Makefile", ".ci/run")


def words(command: str | list[str]) -> list[str]:
    return shlex.split(command) if isinstance(command, str) else command


def meaning(command: list[str]) -> list[str]:
    """Leave out what may differ: which Python, which address, which port."""
    kept = ["python", *command[1:]]
    return [word for before, word in zip(["", *kept], kept, strict=False) if before not in {"--host", "--port"}]


def dockerfile_command() -> list[str]:
    found = re.search(r"^CMD (\[.*?\])$", DOCKERFILE, re.MULTILINE | re.DOTALL)
    assert found is not None
    command: list[str] = json.loads(found[1].replace("\\\n", ""))
    return command


def test_every_copied_path_exists_and_is_not_ignored() -> None:
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), f"the Dockerfile copies {source}"
            assert f"!{Path(source).parts[0]}" in ignored, f".dockerignore keeps {source} out"


def test_the_image_holds_every_package_that_its_processes_need() -> None:
    copied = set(re.findall(r"^COPY (\w+) \./\w+$", DOCKERFILE, re.MULTILINE))
    assert copied == {"tenants", "server", "admin", "workers"}


def test_the_image_has_no_entrypoint_that_a_release_command_could_not_replace() -> None:
    assert "ENTRYPOINT" not in re.sub(r"^#.*$", "", DOCKERFILE, flags=re.MULTILINE)


def test_what_the_image_leaves_out_is_not_needed_in_it() -> None:
    left_out = {name for name in (ROOT / ".dockerignore").read_text().splitlines() if name.startswith("server/")}
    for package in ("tenants", "server", "admin", "workers"):
        for path in (ROOT / package).rglob("*.py"):
            if not path.relative_to(ROOT).as_posix().startswith(tuple(left_out)):
                needs = re.search(
                    r"^\s*(from|import) server(\.| import )(dev|embedded)\b", path.read_text(), re.MULTILINE
                )
                assert needs is None, f"{path.relative_to(ROOT)} needs development's {needs}"


def test_the_web_process_is_the_same_everywhere() -> None:
    wanted = meaning(processes.web(8000))
    assert meaning(words(FLY["processes"]["web"])) == wanted
    assert meaning(words(COMPOSE["services"]["web"]["command"])) == wanted
    assert meaning(dockerfile_command()) == wanted


def test_the_worker_process_is_the_same_everywhere() -> None:
    wanted = meaning(processes.worker())
    assert meaning(words(FLY["processes"]["worker"])) == wanted
    assert meaning(words(COMPOSE["services"]["worker"]["command"])) == wanted


def test_migrations_run_before_a_release_everywhere() -> None:
    wanted = meaning(processes.cli("migrate"))
    assert meaning(words(FLY["deploy"]["release_command"])) == wanted
    assert meaning(words(COMPOSE["services"]["migrate"]["command"])) == wanted
    for name in ("web", "worker"):
        assert COMPOSE["services"][name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_every_module_of_a_command_exists() -> None:
    commands = [processes.web(8000), processes.worker(), processes.mailbox(), processes.cli("migrate")]
    for command in commands:
        name = processes.APPLICATION.partition(":")[0] if command[2] == "uvicorn" else command[2]
        place = ROOT / name.replace(".", "/")
        assert place.with_suffix(".py").exists() or (place / "__main__.py").exists(), f"there is no {name}"


def test_ports_agree() -> None:
    port = FLY["env"]["PORT"]
    assert FLY["http_service"]["internal_port"] == int(port)
    assert f"--port {port}" in FLY["processes"]["web"]
    assert f"EXPOSE {port}" in DOCKERFILE
    assert dockerfile_command()[dockerfile_command().index("--port") + 1] == port
    assert COMPOSE["x-application"]["environment"]["PORT"] == port
    assert [metrics["port"] for metrics in FLY["metrics"]] == [
        int(FLY["env"]["METRICS_PORT"]),
        int(FLY["env"]["WORKER_METRICS_PORT"]),
    ]


def test_the_worker_is_asked_whether_its_loop_comes_round_everywhere() -> None:
    check = FLY["checks"]["worker"]
    assert (check["processes"], check["type"], check["path"]) == (["worker"], "http", "/health")
    assert check["port"] == int(FLY["env"]["WORKER_METRICS_PORT"])
    port = COMPOSE["x-application"]["environment"]["WORKER_METRICS_PORT"]
    assert f"http://127.0.0.1:{port}/health" in " ".join(COMPOSE["services"]["worker"]["healthcheck"]["test"])


def test_every_process_of_fly_has_a_machine() -> None:
    named = {name for machine in FLY["vm"] for name in machine["processes"]}
    assert named == set(FLY["processes"])


def test_every_variable_is_one_that_the_settings_know() -> None:
    known = {name.upper() for name in Settings.model_fields}
    example = set(re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    for_compose_itself = {"POSTGRES_PASSWORD"}
    assert example - known <= for_compose_itself
    assert set(FLY["env"]) <= known
    assert set(COMPOSE["x-application"]["environment"]) <= known


def test_no_file_names_an_index_of_packages() -> None:
    for path in [ROOT / name for name in OURS] + sorted((ROOT / "requirements").iterdir()):
        assert not re.search(
            r"(py[p]i|python[h]osted|gh[c]r|index-url)", path.read_text().replace("emit-index-url", "")
        ), path


def test_every_locked_package_has_a_hash_and_no_address() -> None:
    for path in sorted((ROOT / "requirements").glob("*.lock")):
        packages = re.split(r"\n(?=[a-z0-9])", path.read_text())
        assert len(packages) > 0
        for package in packages:
            assert "--hash=sha256:" in package, package
            assert "://" not in package, package
