"""Other people and their data as messages name them: all invented, none can be reached.

Numbers are from the range that Ofcom keeps for drama and from a Polish prefix that no operator
has; mail goes to the reserved domain ``.example``.
"""

from simulator.brands import Locale
from simulator.voices.dice import Dice
from simulator.voices.lists import file_listings


def people_slots(dice: Dice, locale: Locale) -> dict[str, str]:
    """Return ``friend``, ``friend_b``, ``person``, ``fullname``, ``phone``, ``mail``, ``address``.

    ``number`` is an order number; ``clock``, ``minutes``, ``percent`` and ``year`` are figures
    that people drop in passing.
    """
    names = {row.name: [line for line, _ in row.lines] for row in file_listings(locale, "names")}
    first = dice.choose(names["first_f"])
    last = dice.choose([name for name in names["last"] if not name.endswith("i")])
    street = dice.choose(names["street"])
    house = 1 + dice.below(120)
    digits = f"{dice.below(1000):03d}"
    if locale == "en":
        phone = f"07700 900{digits}"
        address = f"{house} {street}"
        mail = f"{first.lower()}{digits}@mailbox.example"
    else:
        phone = f"499 0{digits[:2]} {dice.below(1000):03d}"
        address = f"{street} {house}/{1 + dice.below(40)}"
        mail = f"kontakt{digits}@poczta.example"
    return {
        "friend": dice.choose(names["friend"]),
        "friend_b": dice.choose(names["friend_b"]),
        "person": dice.choose(names["first_m"]),
        "fullname": f"{first} {last}",
        "phone": phone,
        "mail": mail,
        "address": address,
        "number": str(10_000 + dice.below(89_999)),
        "clock": f"{7 + dice.below(16)}:{dice.below(60):02d}",
        "minutes": str(14 + dice.below(75)),
        "percent": str(2 + dice.below(40)),
        "year": str(2012 + dice.below(12)),
    }
