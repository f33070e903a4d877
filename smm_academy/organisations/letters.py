"""The words of the letter that invites somebody to an organisation, in both languages."""

from smm_academy.accounts.models import Role
from smm_academy.mail.letters import Letter

ROLES = {
    "en": {
        Role.OWNER: "an owner",
        Role.INSTRUCTOR: "an instructor",
        Role.RECRUITER: "a recruiter",
        Role.REVIEWER: "a reviewer",
    },
    "pl": {
        Role.OWNER: "zarządzanie organizacją",
        Role.INSTRUCTOR: "prowadzenie zajęć",
        Role.RECRUITER: "rekrutacja",
        Role.REVIEWER: "sprawdzanie ocen",
    },
}
INVITATION = {
    "en": (
        "%(organisation)s invites you to SMM Academy",
        (
            "Hello,\n\n%(inviter)s invites you to %(organisation)s at SMM Academy as %(role)s. "
            "Open this link to accept:\n\n%(link)s\n\n"
            "It works for two weeks, for this address alone. You need an account; the page helps "
            "you to open one. If you do not know who this is, ignore this letter: nothing happens "
            "until you accept.\n\nSMM Academy"
        ),
    ),
    "pl": (
        "Zaproszenie do SMM Academy: %(organisation)s",
        (
            "Cześć!\n\n%(inviter)s zaprasza Cię do organizacji %(organisation)s w SMM Academy. "
            "Twoja rola: %(role)s. Otwórz ten link, żeby przyjąć zaproszenie:\n\n%(link)s\n\n"
            "Link działa przez dwa tygodnie i tylko dla tego adresu. Potrzebujesz konta, a jeśli "
            "go nie masz, na stronie zaproszenia założysz je w minutę. Jeśli nie wiesz, o co "
            "chodzi, zignoruj ten mail: bez Twojej zgody nic się nie stanie."
            "\n\nSMM Academy"
        ),
    ),
}


def invitation(
    to: str, inviter: str, organisation: str, role: Role, link: str, locale: str
) -> Letter:
    """Return the letter that offers somebody a role."""
    language = locale if locale in INVITATION else "en"
    subject, text = INVITATION[language]
    gaps = {
        "inviter": inviter,
        "organisation": organisation,
        "role": ROLES[language][role],
        "link": link,
    }
    return Letter(to, subject % gaps, text % gaps)
