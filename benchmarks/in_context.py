"""Shows phrases in messages that hold them: ``python benchmarks/in_context.py --locale pl shop``.

For whoever reads the words of the community in their own language: a phrase that reads well alone
may read badly where it stands. Messages of every sector that draws from the file are written as
``simulate`` writes them; phrases that no message used are listed with ``(not met)``, so that
nothing goes unread.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator

from simulator.brands import Locale
from simulator.voices.dice import Dice
from simulator.voices.generate import planned
from simulator.voices.lists import file_listings, lists, sectors
from simulator.voices.surface import render
from simulator.voices.writing import kept_words, mood_of, open_expansion


def messages(count: int, locale: Locale, seed: int, sector: str) -> Iterator[tuple[str, set[str]]]:
    """Yield messages of a sector with the places (``pl/shop.txt:43``) of the phrases in them."""
    words = lists(locale, sector)
    for plan, house, who in planned(count, locale, seed, (sector,)):
        dice = Dice(seed, "voice", f"{locale}/{house.id}/{plan.id}")
        expansion = open_expansion(plan, house, who, dice)
        sentences = expansion.expand(f"kind.{plan.kind}")
        text = render(sentences, who, mood_of(plan), dice, kept_words(plan, house, who))
        places = {words[name].lines[number][1] for name, number in expansion.used}
        yield f"[{sector}, {plan.kind}, {plan.channel}] {text}", places


def contexts(file: str, locale: Locale, count: int, shown: int, seed: int) -> dict[str, list[str]]:
    """Return place of a phrase -> up to ``shown`` messages that hold it, of different sectors."""
    found: dict[str, list[str]] = defaultdict(list)
    drawing = [sector for sector, files in sectors().items() if file in files]
    for sector in drawing:
        for text, places in messages(count // len(drawing), locale, seed, sector):
            for place in places:
                if len(found[place]) < shown:
                    found[place].append(text)
    return found


def main() -> int:
    """Print the phrases of a file, each with the messages that hold it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", help="a file of words, such as shop or kinds")
    parser.add_argument("--locale", choices=("en", "pl"), required=True)
    parser.add_argument("--count", type=int, default=16_000, help="messages written in all")
    parser.add_argument("--shown", type=int, default=2, help="messages shown for a phrase")
    parser.add_argument("--seed", type=int, default=2026)
    chosen = parser.parse_args()
    found = contexts(chosen.file, chosen.locale, chosen.count, chosen.shown, chosen.seed)
    for listing in file_listings(chosen.locale, chosen.file):
        print(f"\n# {listing.name}")
        for phrase, place in listing.lines:
            print(f"{place.rpartition(':')[2]}: {phrase}")
            for text in found.get(place, ["(not met)"]):
                print(f"    > {text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
