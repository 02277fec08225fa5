"""The whole ordeal, for `make soak`: 200 kills over 500 stories in 50 channels, and every fault there is."""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.e2e.ordeal import Figures, Plan, undergo


def main() -> int:
    """Run it and print what came of it; 1 where a story was lost, doubled or out of order."""
    parser = argparse.ArgumentParser(description="Kill the bot again and again while Discord fails.")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--stories", type=int, default=500)
    parser.add_argument("--channels", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    plan = Plan(asked.stories, asked.channels, asked.kills, asked.seed, drain_s=600, silent_life_s=95)
    folder = Path(tempfile.mkdtemp(prefix="greenlit-soak-"))
    print(f"The bot's log is in {folder}/bot.log", flush=True)
    began = time.monotonic()
    figures = asyncio.run(undergo(plan, folder, lambda told: print(told, flush=True)))
    tell(figures, plan, time.monotonic() - began)
    return 0 if figures.is_clean else 1


def tell(figures: Figures, plan: Plan, took_s: float) -> None:
    """Print the figures."""
    print(f"{plan.stories} stories, {figures.expected} messages expected in {plan.channels} channels")
    print(f"{figures.kills} kills, seed {plan.seed}, {took_s:.0f} s")
    for fault, times in sorted(figures.faults.items()):
        print(f"  {fault}: {times}")
    print(f"gateway: {figures.requests['gateway']}")
    print(f"429s: {figures.requests['too_many']}, invalid requests: {figures.requests['invalid']}")
    print(f"sent again after a crash, and answered with the first message: {figures.sent_again}")
    print(f"lost {figures.lost}, doubled {figures.doubled}, out of order {figures.disordered}")


if __name__ == "__main__":
    sys.exit(main())
