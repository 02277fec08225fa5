"""`python -m sandbox`: what it prints, whom it starts, how it ends."""

import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from sandbox.__main__ import main
from sandbox.environment import for_shells, forget_database, write_environment
from sandbox.newsroom import read_history


def run(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    """Start the sandbox in `folder`."""
    return subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "sandbox", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_environment_names_every_address_of_the_sandbox() -> None:
    variables = write_environment("http://127.0.0.1:8710", "token", read_history(), Path("var/sandbox.db"))
    assert variables["GREENLIT_DISCORD__API_BASE"] == "http://127.0.0.1:8710/api/v10"
    assert variables["GREENLIT_DATABASE__URL"] == f"sqlite:///{Path('var/sandbox.db').resolve()}"
    feeds: list[dict[str, Any]] = json.loads(variables["GREENLIT_FEEDS"])
    assert feeds[1] == {"name": "The Dial", "url": "http://127.0.0.1:8710/newsroom/the-dial.xml"}


def test_a_shell_reads_the_printed_environment_unharmed() -> None:
    told = {"A": "it's $HOME", "B": '["127.0.0.0/8"]'}
    words = shlex.split(for_shells(told))
    assert words == ["export", "A=it's $HOME", "export", 'B=["127.0.0.0/8"]']


def test_print_env_prints_and_ends(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--print-env", "--port", "9000"]) == 0
    assert "GREENLIT_TVMAZE__BASE_URL=http://127.0.0.1:9000/tvmaze" in capsys.readouterr().out
    assert main(["--print-env", "--port", "0"]) == 2


def test_a_database_is_forgotten_with_what_lies_beside_it(tmp_path: Path) -> None:
    database = tmp_path / "var" / "sandbox.db"
    forget_database(database)
    for ending in ("", "-wal", "-shm"):
        database.with_name(database.name + ending).touch()
    forget_database(database)
    assert list(database.parent.iterdir()) == []


def test_it_serves_everything_and_ends_on_sigterm(tmp_path: Path) -> None:
    with run(tmp_path, "--port", "0") as sandbox:
        assert sandbox.stdout is not None
        assert sandbox.stdout.readline().startswith("The sandbox is at http://127.0.0.1:")
        settings = json.loads(sandbox.stdout.readline())
        for path in ("", "tvmaze/shows/20", "newsroom/the-dial.xml", "sandbox/guilds", "sandbox/newsroom"):
            with urllib.request.urlopen(settings["url"] + path) as answer:  # noqa: S310 - loopback
                assert answer.status == 200
        sandbox.send_signal(signal.SIGTERM)
        assert sandbox.wait(20) == 0
    assert settings["env"]["DISCORD_TOKEN"].count(".") == 2


def test_a_busy_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with run(tmp_path, "--port", str(port)) as sandbox:
            _, told = sandbox.communicate(timeout=30)
    assert sandbox.returncode == 1
    assert told.splitlines() == [
        f"Port {port} cannot be used (address already in use); name another with --port."
    ]


def test_it_ends_with_the_bot(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("no_such_setting = 1\n", encoding="utf-8")
    with run(tmp_path, "--port", "0", "--bot") as sandbox:
        _, told = sandbox.communicate(timeout=60)
    assert sandbox.returncode == 2
    assert told.splitlines()[-1] == "The bot ended with exit code 2; so does the sandbox."
