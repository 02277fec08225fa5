"""Killed at random moments and failed by Discord, the bot says each story once, in order, everywhere."""

from pathlib import Path

from tests.e2e.ordeal import Plan, undergo


async def test_no_story_is_lost_doubled_or_out_of_order_whatever_fails(tmp_path: Path) -> None:
    plan = Plan(stories=75, channels=5, kills=4, longest_life_s=3)
    figures = await undergo(plan, tmp_path)
    assert figures.is_clean, figures
    assert figures.expected == 30
    assert "greenlit_outbox_pending 0.0" in figures.metrics
    assert 'greenlit_discord_answers_total{status="200"}' in figures.metrics
