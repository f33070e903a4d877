"""The file of words of the trade: each term in both languages, with its meaning and its forms."""

from smm_academy.authoring.skills import check_texts, mapping_of
from smm_academy.revisions.sources import Findings, Place, is_identifier, slug
from smm_academy.revisions.yaml_nodes import Node, read_yaml


def check_glossary(text: str, findings: Findings) -> tuple[str, ...]:
    """Return the ids of the glossary's terms, naming everything that is wrong with the file."""
    root = read_yaml(text, findings)
    terms = mapping_of(root).get("terms")
    if root is not None and (terms is None or not isinstance(terms.content, tuple)):
        findings.error(root.place, "G101", "the file has no list of terms", "begin it with terms:")
    rows = terms.content if terms is not None and isinstance(terms.content, tuple) else ()
    found: dict[str, Place] = {}
    words: dict[tuple[str, str], Place] = {}
    for row in rows:
        _check_id(row, found, findings)
        check_texts(row, ("term", "meaning"), findings)
        _check_words(row, words, findings)
    return tuple(found)


def _check_id(row: Node, found: dict[str, Place], findings: Findings) -> None:
    keys = mapping_of(row)
    place = keys["id"].place if "id" in keys else row.place
    identifier = keys["id"].text if "id" in keys else ""
    if not is_identifier(identifier):
        findings.error(
            place,
            "G102",
            "this term has no proper id",
            f"write - id: {slug(identifier) or 'reach'}",
        )
        return
    if identifier in found:
        findings.error(
            place,
            "G103",
            f"the term {identifier} stands already in line {found[identifier].line}",
            "delete one of the two",
        )
    elif found and identifier < next(reversed(found)):
        findings.warn(
            place,
            "G104",
            f"{identifier} stands behind {next(reversed(found))}",
            "keep the terms sorted by id",
        )
    found.setdefault(identifier, place)


def _check_words(row: Node, words: dict[tuple[str, str], Place], findings: Findings) -> None:
    """Name a word or form that two terms claim, so that a link would have two ends."""
    keys = mapping_of(row)
    forms = mapping_of(keys.get("forms"))
    own: dict[tuple[str, str], Place] = {}
    for locale, node in mapping_of(keys.get("term")).items():
        own[locale, node.text.casefold()] = node.place
    for name in ("forms", "others"):
        for node in mapping_of(keys.get(name)).values():
            if not isinstance(node.content, tuple):
                findings.error(
                    node.place, "G105", f"{name} must be a list", "write [one, two] or []"
                )
    for locale, node in forms.items():
        if not isinstance(node.content, tuple):
            continue
        for form in node.content:
            own.setdefault((locale, form.text.casefold()), form.place)
    for word, place in own.items():
        if word in words:
            findings.error(
                place,
                "G106",
                f"{word[1]!r} belongs to the term in line {words[word].line} already",
                "keep it in one of the two",
            )
        words.setdefault(word, place)
