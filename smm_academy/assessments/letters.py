"""The words of the letter that invites a candidate, in both languages."""

from smm_academy.assessments.models import Invitation
from smm_academy.mail.letters import Letter

INVITATION = {
    "en": (
        "%(employer)s invites you to a practical test",
        (
            "Hello %(name)s,\n\n"
            "%(employer)s invites you to a practical test for work in social media. It takes "
            "under an hour and needs a browser, no account and no camera.\n\n"
            "Open this link. Before anything begins you see what it is, how long it takes, who "
            "reads it and when it is deleted:\n\n%(link)s\n\n"
            "The link is yours alone and can be begun until %(until)s. Every brand and person in "
            "the test is invented, and nobody uses your answers as work.\n\nSMM Academy"
        ),
    ),
    "pl": (
        "%(employer)s zaprasza Cię na test praktyczny",
        (
            "Cześć, %(name)s!\n\n"
            "%(employer)s zaprasza Cię na test praktyczny dotyczący pracy w social mediach. "
            "Potrwa niecałą godzinę. Wystarczy przeglądarka, bez konta i bez kamery.\n\n"
            "Otwórz ten link. Zanim cokolwiek się zacznie, przeczytasz, na czym test polega, ile "
            "trwa, kto zobaczy wynik i kiedy go usuniemy:\n\n%(link)s\n\n"
            "Link jest tylko dla Ciebie, a test można zacząć do %(until)s. Wszystkie marki i "
            "osoby w teście są zmyślone i nikt nie wykorzysta Twoich odpowiedzi.\n\nSMM Academy"
        ),
    ),
}


def invitation(row: Invitation, employer: str, link: str) -> Letter:
    """Return the letter of an invitation."""
    subject, text = INVITATION.get(row.locale, INVITATION["en"])
    gaps = {
        "employer": employer,
        "name": row.name,
        "link": link,
        "until": f"{row.expires_at:%Y-%m-%d}",
    }
    return Letter(row.email, subject % gaps, text % gaps)
