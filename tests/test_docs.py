"""The documents tell the truth about the code as it is now."""

import ast
import re
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS
from bot.delivery.embed import LOOKS

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\((?!https?:)([^)#]+)[^)]*\)")


def slash_commands() -> list[str]:
    """Read the names of the slash commands from the cogs."""
    found = []
    for path in sorted((ROOT / "cogs").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        groups = {
            target.id: keyword.value.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
            for target in node.targets
            if isinstance(target, ast.Name) and ast.unparse(node.value.func).endswith("Group")
            for keyword in node.value.keywords
            if keyword.arg == "name" and isinstance(keyword.value, ast.Constant)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.AsyncFunctionDef):
                found += [name for one in node.decorator_list if (name := _named(one, node.name, groups))]
    return found


def _named(decorator: ast.expr, function: str, groups: dict[str, str]) -> str | None:
    if not isinstance(decorator, ast.Call) or not ast.unparse(decorator.func).endswith(".command"):
        return None
    owner = ast.unparse(decorator.func).removesuffix(".command")
    own = next((one.value.value for one in decorator.keywords if one.arg == "name"), function)  # type: ignore[attr-defined] # names are literals
    return f"/{groups[owner]} {own}" if owner in groups else f"/{own}"


def test_no_two_slash_commands_share_a_name() -> None:
    names = slash_commands()
    assert names
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", slash_commands())
def test_slash_command_is_documented(name: str) -> None:
    assert f"`{name}" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_command_of_the_command_line_is_documented(name: str) -> None:
    assert f"`python -m bot {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_kind_is_documented_as_people_see_it() -> None:
    told = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert [look.word for look in LOOKS.values() if f"| {look.icon} | {look.word} |" not in told] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    broken = [
        link for link in LINK.findall(path.read_text(encoding="utf-8")) if not (path.parent / link).exists()
    ]
    assert not broken


def test_make_targets_of_the_readme_exist() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    written = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^ +make (\w+)", written, re.MULTILINE))
    assert named
    assert named <= targets


def test_procfile_runs_the_main_job() -> None:
    assert (ROOT / "Procfile").read_text(encoding="utf-8") == "worker: python -m bot run\n"
