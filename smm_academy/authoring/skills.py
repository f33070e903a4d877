"""The file of skills: areas, steps of the self-rating, skills, and what feeds each of them."""

from dataclasses import dataclass

from smm_academy.revisions.sources import LOCALES, Findings, Place, choose_from, is_identifier
from smm_academy.revisions.yaml_nodes import Node, read_yaml

_TEXTS = ("title", "meaning", "statement")
_WHOLE = 1e-6


@dataclass(frozen=True, slots=True)
class SkillMap:
    """The ids in the file of skills."""

    areas: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()


def check_skills(text: str, findings: Findings) -> SkillMap:
    """Return the ids of areas and skills, naming everything that is wrong with the file."""
    root = read_yaml(text, findings)
    keys = root.content if root is not None and isinstance(root.content, dict) else {}
    if root is not None:
        for name in ("areas", "skills", "criteria"):
            if name not in keys:
                findings.error(root.place, "K101", f"the file has no {name}", f"add {name}:")
    areas = mapping_of(keys.get("areas"))
    for area in areas.values():
        check_texts(area, ("title",), findings)
    skills = _check_list(keys.get("skills"), tuple(areas), findings)
    for name, criterion in mapping_of(keys.get("criteria")).items():
        _check_criterion(name, criterion, skills, findings)
    return SkillMap(tuple(areas), skills)


def mapping_of(node: Node | None) -> dict[str, Node]:
    """Return the keys of a mapping, none where something else stands there."""
    return node.content if node is not None and isinstance(node.content, dict) else {}


def _check_list(node: Node | None, areas: tuple[str, ...], findings: Findings) -> tuple[str, ...]:
    rows = node.content if node is not None and isinstance(node.content, tuple) else ()
    found: dict[str, Place] = {}
    for row in rows:
        keys = mapping_of(row)
        identifier = keys["id"].text if "id" in keys else ""
        place = keys["id"].place if "id" in keys else row.place
        if not is_identifier(identifier):
            findings.error(
                place, "K102", "this skill has no proper id", "write - id: conversation"
            )
        elif identifier in found:
            findings.error(
                place,
                "K103",
                f"the skill {identifier} stands already in line {found[identifier].line}",
                "delete one of the two",
            )
        found.setdefault(identifier, place)
        area = keys["area"].text if "area" in keys else ""
        if area not in areas:
            findings.error(
                keys["area"].place if "area" in keys else row.place,
                "K104",
                f"there is no area {area!r}",
                choose_from(areas, area),
            )
        check_texts(row, _TEXTS, findings)
    return tuple(identifier for identifier in found if identifier)


def check_texts(node: Node, names: tuple[str, ...], findings: Findings) -> None:
    """Name texts of a mapping that are missing in a language."""
    keys = mapping_of(node)
    for name in names:
        texts = mapping_of(keys.get(name))
        missing = [locale for locale in LOCALES if locale not in texts or not texts[locale].text]
        if missing:
            place = keys[name].key_place if name in keys else node.place
            findings.error(
                place,
                "K105",
                f"{name} is missing in {' and '.join(missing)}",
                f"write {name}: {{en: …, pl: …}}",
            )


def _check_criterion(name: str, node: Node, skills: tuple[str, ...], findings: Findings) -> None:
    check_texts(node, ("title",), findings)
    keys = mapping_of(node)
    exceptions = keys["exceptions"].content if "exceptions" in keys else ()
    rows = [keys, *map(mapping_of, exceptions if isinstance(exceptions, tuple) else ())]
    for row in rows:
        weights = mapping_of(row.get("skills"))
        for skill, weight in weights.items():
            if skill not in skills:
                findings.error(
                    weight.key_place,
                    "K106",
                    f"{name} feeds {skill}, which is no skill",
                    choose_from(skills, skill),
                )
        shares = [weight.content for weight in weights.values()]
        numbers = [share for share in shares if isinstance(share, int | float)]
        if weights and (len(numbers) < len(shares) or abs(sum(numbers) - 1) > _WHOLE):
            findings.error(
                row["skills"].place,
                "K107",
                f"the weights of {name} do not sum to 1",
                "write shares such as {empathy: 0.5, conversation: 0.5}",
            )
