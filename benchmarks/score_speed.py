"""Speed and memory of scoring one reply of 600 characters, as a ratio to a yardstick.

    python benchmarks/score_speed.py [--json]

The yardstick is the same interpreter counting the words of a text of 100,000 characters, in the
same run. Bars: p99 under 5 ms, under 100 MB above ``import numpy``, both languages in 1.5 s.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

DATA = Path(__file__).parent.parent / "tests" / "simulator" / "judgement" / "data"
CHARACTERS = 600
YARDSTICK = "the quick brown fox jumps over the lazy dog " * 2273
MEASURE = """
import json, resource, time
import numpy
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
begin = time.process_time()
from simulator.judgement.infer import infer
from simulator.judgement.reader import read
from simulator.items import Reply
for locale, text in (("en", "Where is my parcel?"), ("pl", "Gdzie jest moja paczka?")):
    item, _ = infer(text, locale)
    read(item, Reply(text))
loaded = time.process_time() - begin
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"load_cpu_seconds": loaded, "memory_mb": (after - before) / 1024}))
"""


def percentiles(act: Callable[[int], object], count: int) -> dict[str, float]:
    """Return the median and 99th percentile of an act, in milliseconds of CPU."""
    times = []
    for index in range(count):
        begin = time.process_time()
        act(index)
        times.append(1000 * (time.process_time() - begin))
    times.sort()
    return {"p50": times[count // 2], "p99": times[int(count * 0.99)]}


def texts() -> list[tuple[str, str, str]]:
    """Return (locale, message, reply) with replies of about 600 characters, all different."""
    rows = []
    for locale in ("en", "pl"):
        lines = (DATA / f"pairs.{locale}.jsonl").read_text(encoding="utf-8").splitlines()
        pairs = [json.loads(line) for line in lines]
        replies = [pair["reply_text"] for pair in pairs]
        for index, pair in enumerate(pairs):
            reply = " ".join(replies[index:] + replies[:index])[:CHARACTERS]
            message = " ".join(other["customer_text"] for other in pairs[index:] + pairs[:index])[
                :CHARACTERS
            ]
            rows.append((locale, message or pair["customer_text"], reply))
    return rows


def main() -> None:
    """Print the figures; exit 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    fresh = json.loads(subprocess.check_output([sys.executable, "-c", MEASURE], text=True))
    from simulator.items import Reply  # noqa: PLC0415 - loaded after the fresh process is measured
    from simulator.judgement import infer, read, score  # noqa: PLC0415

    rows = texts()

    def judge(index: int) -> object:
        locale, message, reply = rows[index % len(rows)]
        item, _ = infer(message, locale)  # type: ignore[arg-type]
        return score(item, read(item, Reply(reply)))

    judge(0)
    judge(len(rows) - 1)
    scoring = percentiles(judge, 2 * len(rows))
    yardstick = percentiles(lambda _: Counter(YARDSTICK.split()), 200)
    figures = {
        **fresh,
        "p50_ms": scoring["p50"],
        "p99_ms": scoring["p99"],
        "yardstick_p50_ms": yardstick["p50"],
        "p99_to_yardstick": scoring["p99"] / yardstick["p50"],
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    rounded = {name: round(value, 3) for name, value in figures.items()}
    table = "\n".join(f"{name:20} {value}" for name, value in rounded.items())
    print(json.dumps(rounded) if options.json else table)
    bars = {"p99_ms": 5, "memory_mb": 100, "load_cpu_seconds": 1.5}
    sys.exit(0 if all(figures[name] < bar for name, bar in bars.items()) else 1)


if __name__ == "__main__":
    main()
