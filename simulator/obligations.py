"""What an author can want, and what a reply must or must not contain, as ids with words for each.

Scenarios name these ids; the judge checks them; debriefs print their words.
"""

WANTS: dict[str, dict[str, str]] = {
    "information": {"en": "an answer", "pl": "odpowiedzi na pytanie"},
    "refund": {"en": "their money back", "pl": "zwrotu pieniędzy"},
    "replacement": {"en": "a replacement", "pl": "wymiany na nowy egzemplarz"},
    "repair": {"en": "a repair", "pl": "naprawy"},
    "delivery": {"en": "to get what was ordered", "pl": "otrzymania zamówienia"},
    "apology": {"en": "an apology", "pl": "przeprosin"},
    "explanation": {"en": "to know what happened", "pl": "wyjaśnienia, co się stało"},
    "change": {"en": "that it does not happen again", "pl": "żeby to się nie powtórzyło"},
    "recognition": {"en": "to be noticed", "pl": "zauważenia"},
    "help": {"en": "help", "pl": "pomocy"},
    "attention": {"en": "a quarrel", "pl": "awantury"},
    "statement": {"en": "a statement", "pl": "stanowiska firmy"},
    "safety": {"en": "to know what is safe", "pl": "informacji, co jest bezpieczne"},
}

MUST: dict[str, dict[str, str]] = {
    "thanks": {"en": "say thank you", "pl": "podziękować"},
    "acknowledge": {"en": "name the problem", "pl": "nazwać problem"},
    "apology": {"en": "apologise", "pl": "przeprosić"},
    "explain": {"en": "say what happened", "pl": "wyjaśnić, co się stało"},
    "answer": {"en": "answer the question", "pl": "odpowiedzieć na pytanie"},
    "next_step": {"en": "say what happens next", "pl": "powiedzieć, co będzie dalej"},
    "when": {"en": "say by when", "pl": "powiedzieć, do kiedy"},
    "who": {"en": "say who sees to it", "pl": "powiedzieć, kto się tym zajmie"},
    "private_channel": {"en": "offer a private channel", "pl": "zaproponować kontakt prywatny"},
    "published_contact": {"en": "give a published contact", "pl": "podać oficjalny kontakt"},
    "correct_fact": {"en": "put the fact right", "pl": "sprostować fakty"},
    "source": {"en": "give a source", "pl": "podać źródło"},
    "safety_instruction": {
        "en": "say what to do to be safe",
        "pl": "powiedzieć, co robić, żeby było bezpiecznie",
    },
    "helpline": {"en": "give a helpline", "pl": "podać telefon zaufania"},
    "register_complaint": {
        "en": "say that the complaint is registered",
        "pl": "powiedzieć, że reklamacja jest przyjęta",
    },
    "no_match": {
        "en": "say that no such visit or order is found",
        "pl": "powiedzieć, że nie widać takiej wizyty ani zamówienia",
    },
    "passed_on": {"en": "say that it is passed on", "pl": "powiedzieć, że sprawa jest przekazana"},
    "rule_cited": {"en": "name the rule of the page", "pl": "powołać się na regulamin profilu"},
    "real_account": {
        "en": "say which account is real",
        "pl": "powiedzieć, które konto jest prawdziwe",
    },
    "update_time": {
        "en": "say when the next update comes",
        "pl": "powiedzieć, kiedy kolejna informacja",
    },
    "disclosure_label": {
        "en": "ask for a clear advertising label",
        "pl": "poprosić o wyraźne oznaczenie reklamy",
    },
}

MUST_NOT: dict[str, dict[str, str]] = {
    "public_compensation": {
        "en": "offer money or gifts in public",
        "pl": "oferować publicznie pieniędzy lub prezentów",
    },
    "blame_author": {"en": "blame the author", "pl": "obwiniać autora"},
    "blame_partner": {"en": "blame a partner", "pl": "zrzucać winy na partnera"},
    "non_apology": {"en": "apologise for feelings only", "pl": "przepraszać tylko za odczucia"},
    "ask_data_public": {
        "en": "ask for personal data in public",
        "pl": "prosić publicznie o dane osobowe",
    },
    "repeat_data": {"en": "repeat the personal data", "pl": "powtarzać danych osobowych"},
    "accuse_fraud": {"en": "accuse of lying or fraud", "pl": "zarzucać kłamstwa lub oszustwa"},
    "reveal_visit": {"en": "reveal what happened at a visit", "pl": "ujawniać szczegółów wizyty"},
    "repeat_rumour": {
        "en": "repeat the rumour as a headline",
        "pl": "powtarzać plotki w nagłówku",
    },
    "feed_troll": {"en": "answer the bait", "pl": "odpowiadać na zaczepkę"},
    "joke": {"en": "joke", "pl": "żartować"},
    "promise_outside_policy": {
        "en": "promise beyond the policy",
        "pl": "obiecywać więcej, niż pozwalają zasady",
    },
    "admit_liability": {
        "en": "admit legal liability",
        "pl": "przyznawać odpowiedzialności prawnej",
    },
    "minimise": {"en": "play it down", "pl": "bagatelizować"},
    "take_sides": {"en": "take sides", "pl": "zajmować stanowiska w sporze"},
    "comment_substance": {"en": "comment on the substance", "pl": "komentować meritum"},
    "sales_pitch": {"en": "sell", "pl": "sprzedawać"},
    "confirm_patient": {
        "en": "confirm that someone is a patient or client",
        "pl": "potwierdzać, że ktoś jest pacjentem lub klientem",
    },
    "only_form": {"en": "only point to a form", "pl": "tylko odesłać do formularza"},
    "dm_without_answer": {
        "en": "send to private messages without an answer",
        "pl": "odesłać na priv bez odpowiedzi",
    },
}
