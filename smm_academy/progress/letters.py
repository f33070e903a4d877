"""The words of the letter about what is due, in both languages."""

from babel import Locale

from smm_academy.mail.letters import Letter

DIGEST = {
    "en": (
        "Your review this week: %(due)s",
        (
            "Hello %(name)s,\n\n"
            "%(due)s to go through today, about %(minutes)s min:\n\n%(link)s\n\n"
            "It keeps, if today is not the day.\n\nSMM Academy\n\n"
            "No more of these letters, without signing in:\n%(stop)s\n"
        ),
    ),
    "pl": (
        "Twoja powtórka w tym tygodniu: %(due)s",
        (
            "Cześć, %(name)s!\n\n"
            "Na dziś do powtórzenia: %(due)s, mniej więcej %(minutes)s min.\n\n%(link)s\n\n"
            "Jeśli dziś nie ma na to czasu, nic nie przepada.\n\nSMM Academy\n\n"
            "Nie chcesz tych maili? Wystarczy ten link, bez logowania:\n%(stop)s\n"
        ),
    ),
}
COUNTED = {
    "en": {"one": "%(num)s question", "other": "%(num)s questions"},
    "pl": {"one": "%(num)s pytanie", "few": "%(num)s pytania", "many": "%(num)s pytań"},
}


def digest(
    to: str, name: str, locale: str, due: int, minutes: int, links: tuple[str, str]
) -> Letter:
    """Return the letter for what is due; `links` lead to the review and out of the letters."""
    spoken = locale if locale in DIGEST else "en"
    subject, text = DIGEST[spoken]
    link, stop = links
    values = {
        "name": name,
        "due": COUNTED[spoken][Locale(spoken).plural_form(due)] % {"num": due},
        "minutes": minutes,
        "link": link,
        "stop": stop,
    }
    return Letter(to, subject % values, text % values, unsubscribe=stop)
