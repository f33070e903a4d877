"""The words of the letters about an account, in both languages."""

from smm_academy.mail.letters import Letter

CONFIRM = {
    "en": (
        "Confirm your address for SMM Academy",
        (
            "Hello %(name)s,\n\n"
            "open this link to confirm that this address is yours:\n\n%(link)s\n\n"
            "It works for three days. If it was not you who registered, ignore this letter: "
            "nothing is sent to an address that is not confirmed.\n\nSMM Academy"
        ),
    ),
    "pl": (
        "Potwierdź swój adres w SMM Academy",
        (
            "Cześć, %(name)s!\n\n"
            "Otwórz ten link, żeby potwierdzić, że to Twój adres:\n\n%(link)s\n\n"
            "Link działa przez trzy dni. Jeśli konto założył ktoś inny, po prostu zignoruj tę "
            "wiadomość: na niepotwierdzony adres nic więcej nie wyślemy.\n\nSMM Academy"
        ),
    ),
}
RESET = {
    "en": (
        "Set a new password for SMM Academy",
        (
            "Hello %(name)s,\n\nopen this link to set a new password:\n\n%(link)s\n\n"
            "It works once, within an hour. If you did not ask for it, you need not do anything: "
            "your password stays as it is.\n\nSMM Academy"
        ),
    ),
    "pl": (
        "Ustaw nowe hasło do SMM Academy",
        (
            "Cześć, %(name)s!\n\nOtwórz ten link, żeby ustawić nowe hasło:\n\n%(link)s\n\n"
            "Link działa tylko raz i przez godzinę. Jeśli to nie Twoja prośba, nie musisz nic "
            "robić: hasło się nie zmieni.\n\nSMM Academy"
        ),
    ),
}


def confirmation(to: str, name: str, link: str, locale: str) -> Letter:
    """Return the letter that asks to confirm an address."""
    return _letter(CONFIRM, to, name, link, locale)


def reset(to: str, name: str, link: str, locale: str) -> Letter:
    """Return the letter that lets somebody set a new password."""
    return _letter(RESET, to, name, link, locale)


def _letter(
    words: dict[str, tuple[str, str]], to: str, name: str, link: str, locale: str
) -> Letter:
    subject, text = words.get(locale, words["en"])
    return Letter(to, subject, text % {"name": name, "link": link})
