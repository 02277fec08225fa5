"""The page: its files under a strict policy, and a newcomer's first minute in a real browser."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from sandbox.page import add_page

_PAGE = Path("sandbox/page")


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Run the sandbox with the bot, in an empty folder; gives the page's address."""
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--speed", "0.5", "--bot"]
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    with subprocess.Popen(  # noqa: S603 - our own module
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        try:
            assert found is not None
            yield found[0]
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


@pytest.mark.parametrize("name", ["", *(f"page/{one.name}" for one in sorted(_PAGE.glob("*.[cjs]*s*")))])
async def test_every_file_is_served_under_a_strict_policy(name: str) -> None:
    app = web.Application()
    add_page(app)
    async with TestClient(TestServer(app)) as client:
        answer = await client.get(f"/{name}")
        assert answer.status == 200
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


async def test_nothing_else_is_served() -> None:
    app = web.Application()
    add_page(app)
    async with TestClient(TestServer(app)) as client:
        for missing in ("/page/__init__.py", "/page/index.html", "/page/nothing.js", "/page/..%2fserve.py"):
            assert (await client.get(missing)).status == 404


def test_text_is_never_read_as_html() -> None:
    for script in _PAGE.glob("*.js"):
        code = re.sub(r"//.*", "", script.read_text(encoding="utf-8"))
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", code), script


def test_a_newcomer_follows_a_show_and_reads_its_news(address: str) -> None:
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser_path is None:
        pytest.skip("no Chromium is installed, so the page is not tried in a browser")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        page.goto(address)
        sync_api.expect(page.get_by_text("Type /follow The Diplomat")).to_be_visible()
        page.get_by_role("combobox", name="Write a message").press_sequentially("/follow", delay=10)
        page.get_by_role("option", name="/follow").first.wait_for(timeout=20_000)
        page.keyboard.press("Tab")
        page.keyboard.type("the dipl")
        page.get_by_role("option", name="The Diplomat (2023 · Netflix · US)").wait_for(timeout=20_000)
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        sync_api.expect(page.get_by_text("Only you can see this")).to_be_visible()
        renewals = page.locator(".embed", has_text="Renewed").filter(has_text="The Diplomat")
        renewals.filter(has_text=re.compile(r"Season\s*2")).first.wait_for(timeout=30_000)
        assert complaints == []
        browser.close()
