"""A firestorm with and without an answer, from the simulator alone, as ``docs/firestorm.svg``.

``python docs/firestorm.py [--scenario lumo-glass] [--seeds 12]``: the same mornings are lived
twice, once by an empty desk and once by the expert; each line is the mean over the seeds, its band
the middle eighty per cent. Needs nothing but ``simulator``.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import simulator
from simulator.experts import POLICIES

WIDTH, HEIGHT = 720, 360
LEFT, RIGHT, TOP, BOTTOM = 64, 150, 44, 44
STYLE = """
  svg { background: #ffffff; color: #1d2430; font: 13px system-ui, sans-serif; }
  text { fill: currentColor; } .quiet { fill: #56606e; }
  .title { font-weight: 650; font-size: 15px; }
  .grid { stroke: #dfdacd; } .line { fill: none; stroke-width: 3; stroke-linejoin: round; }
  .answered { stroke: #0e5a6b; } .answered-band { fill: #0e5a6b; opacity: .16; }
  .silent { stroke: #a83a1e; stroke-dasharray: 3 5; stroke-linecap: round; }
  .silent-band { fill: #a83a1e; opacity: .14; }
  @media (prefers-color-scheme: dark) {
    svg { background: #1e252f; color: #ece8e0; } .quiet { fill: #a7b0bc; }
    .grid { stroke: #343d4a; }
    .answered { stroke: #6cc3d5; } .answered-band { fill: #6cc3d5; }
    .silent { stroke: #f0a08a; } .silent-band { fill: #f0a08a; }
  }
"""


@dataclass(frozen=True)
class Days:
    """Days lived by one policy: ``mood`` in points, a row a seed, a column an entry of minutes."""

    minutes: NDArray[np.float64]
    mood: NDArray[np.float64]


def lived(scenario_id: str, policy: str, seeds: int) -> Days:
    """Return the days of a shipped scenario as a policy lives them."""
    pack = simulator.scenario_pack(scenario_id)
    plan = simulator.scenario(pack, "en")
    brand = simulator.brand(simulator.brand_pack(pack["brand"]), "en")
    rows = []
    for seed in range(1, seeds + 1):
        shift = simulator.start(plan, brand, seed)
        while not shift.is_over:
            move = POLICIES[policy](shift)
            if move is None:
                shift.run_out()
            else:
                shift.apply(move)
        rows.append([100 * point.sentiment for point in shift.desk().timeline])
    minutes = [plan.begins + point.minute for point in shift.desk().timeline]
    return Days(np.array(minutes, dtype=np.float64), np.array(rows))


def drawn(answered: Days, silent: Days, title: str) -> str:
    """Return both as an SVG that reads on light and on dark paper, with its numbers in words."""
    every = np.concatenate((answered.mood, silent.mood))
    low, high = float(every.min()) - 1, float(every.max()) + 1
    first, last = answered.minutes[0], answered.minutes[-1]

    def places(days: Days, mood: NDArray[np.float64]) -> list[str]:
        x = LEFT + (days.minutes - first) / (last - first) * (WIDTH - LEFT - RIGHT)
        y = TOP + (high - mood) / (high - low) * (HEIGHT - TOP - BOTTOM)
        return [f"{one:.1f},{other:.1f}" for one, other in zip(x, y, strict=True)]

    parts = []
    for hour in range(int(-(-first // 60)), int(last // 60) + 1):
        x = LEFT + (60 * hour - first) / (last - first) * (WIDTH - LEFT - RIGHT)
        parts.append(
            f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>'
            f'<text class="quiet" x="{x:.1f}" y="{HEIGHT - 22}" text-anchor="middle">'
            f"{hour}:00</text>"
        )
    ends = []
    for name, days, words in (
        ("silent", silent, "nobody at the desk"), ("answered", answered, "an expert answers"),
    ):  # fmt: skip
        middle = days.mood.mean(axis=0)
        least, most = np.quantile(days.mood, (0.1, 0.9), axis=0)
        band = " ".join(places(days, most) + places(days, least)[::-1])
        line = places(days, middle)
        parts.append(f'<polygon class="{name}-band" points="{band}"/>')
        parts.append(f'<polyline class="line {name}" points="{" ".join(line)}"/>')
        x, y = line[-1].split(",")
        parts.append(
            f'<text x="{float(x) + 8:.1f}" y="{float(y) - 2:.1f}">{words}</text>'
            f'<text class="quiet" x="{float(x) + 8:.1f}" y="{float(y) + 15:.1f}">'
            f"{middle[-1]:+.1f} points</text>"
        )
        ends.append(f"{words}: {middle[0]:+.1f} in the morning, {middle[-1]:+.1f} at the end")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="title words"><title id="title">{title}</title>'
        f'<desc id="words">Mean mood of the community in points. {"; ".join(ends)}.</desc>'
        f"<style>{STYLE}</style>"
        f'<text class="title" x="{LEFT}" y="24">{title}</text>{"".join(parts)}'
        f'<text class="quiet" x="8" y="{TOP + 8}">warmer</text>'
        f'<text class="quiet" x="8" y="{HEIGHT - BOTTOM}">colder</text></svg>\n'
    )


def main() -> None:
    """Draw the figure of the documentation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenario", default="lumo-glass", choices=simulator.scenario_ids())
    parser.add_argument("--seeds", type=int, default=12)
    wanted = parser.parse_args()
    pack = simulator.scenario_pack(wanted.scenario)
    figure = drawn(
        lived(wanted.scenario, "expert", wanted.seeds),
        lived(wanted.scenario, "nothing", wanted.seeds),
        f"{pack['title']['en']}: {wanted.seeds} mornings, each lived twice",
    )
    Path(__file__).with_suffix(".svg").write_text(figure, encoding="utf-8")


if __name__ == "__main__":
    main()
