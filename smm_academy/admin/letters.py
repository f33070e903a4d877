"""The words of the letter to somebody who is to run the site, in both languages."""

from smm_academy.mail.letters import Letter

ADMIN = {
    "en": (
        "You run SMM Academy: set your password",
        (
            "Hello %(name)s,\n\nthis account runs an SMM Academy site from now on. Open this link "
            "to set your own password:\n\n%(link)s\n\n"
            "It works once, within three days. If you did not expect this, tell whoever operates "
            "the site and do not open the link.\n\nSMM Academy"
        ),
    ),
    "pl": (
        "Zarządzasz SMM Academy: ustaw hasło",
        (
            "Cześć, %(name)s!\n\nTo konto od teraz zarządza serwisem SMM Academy. "
            "Otwórz ten link, żeby ustawić własne hasło:\n\n%(link)s\n\n"
            "Link działa tylko raz i przez trzy dni. Jeśli ta wiadomość Cię dziwi, daj znać "
            "osobie, która utrzymuje serwis, i nie otwieraj linku.\n\nSMM Academy"
        ),
    ),
}


def admin(to: str, name: str, link: str, locale: str) -> Letter:
    """Return the letter with which an admin sets their first password."""
    subject, text = ADMIN.get(locale, ADMIN["en"])
    return Letter(to, subject, text % {"name": name, "link": link})
