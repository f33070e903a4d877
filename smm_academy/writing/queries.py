"""What an organisation has written, and what a text may name."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from smm_academy.accounts.models import HOUSE
from smm_academy.accounts.queries import organisations_by_id
from smm_academy.authoring.folders import SHIPPED, usual_path
from smm_academy.authoring.skills import SkillMap
from smm_academy.authoring.tree import Entry, Tree
from smm_academy.errors import NotFound
from smm_academy.lessons.glossary import Glossary, read_glossary
from smm_academy.lessons.passages import Lesson
from smm_academy.lessons.queries import load_lessons
from smm_academy.quizzes.questions import Quiz
from smm_academy.quizzes.source import parse_quiz
from smm_academy.revisions.models import Chain, ChainKind, Revision
from smm_academy.revisions.queries import (
    Served,
    find_chain,
    origins_of,
    revisions_by_id,
    serving_in,
)
from smm_academy.revisions.sources import Findings
from smm_academy.shifts.preview import KIND_IDS
from smm_academy.shifts.queries import pack
from smm_academy.web.viewer import Viewer
from smm_academy.writing.models import Manuscript
from smm_academy.writing.proof import Around, Written
from smm_academy.writing.shelf import KINDS, Shelf, Text, places_of, shelve


def shelves(session: Session, viewer: Viewer, locale: str) -> list[Shelf]:
    """Return the texts of every organisation in which the viewer is an instructor."""
    places = organisations_by_id(session, list(places_of(viewer)))
    return [
        shelve(place, name, _texts(session, place, locale), locale)
        for place, name in sorted(places.items(), key=lambda one: (one[0] == HOUSE, one[1]))
    ]


def house_texts(session: Session, locale: str) -> list[Text]:
    """Return what the house serves in a language: what an instructor may copy."""
    found = _texts(session, HOUSE, locale)
    return [text for text in found if text.serves and text.locale in {"", locale}]


def own_manuscript(session: Session, viewer: Viewer, manuscript_id: int) -> Manuscript:
    """Return a draft of an organisation of the viewer's. Raises `NotFound` for any other."""
    found = session.get(Manuscript, manuscript_id)
    if found is None or found.organisation_id not in places_of(viewer):
        raise NotFound("There is no such draft.")
    return found


def own_chain(session: Session, viewer: Viewer, chain_id: int) -> Chain:
    """Return a text of an organisation of the viewer's. Raises `NotFound` for any other."""
    found = session.get(Chain, chain_id)
    if found is None or found.organisation_id not in places_of(viewer) or found.kind not in KINDS:
        raise NotFound("There is no such text.")
    return found


def own_quiz(
    session: Session, viewer: Viewer, key: str, locale: str, place: int | None = None
) -> Chain:
    """Return a quiz that serves and that the viewer may write, in a language if it has it.

    Where two of their organisations have one of that id, ``place`` says which. Raises
    `NotFound`.
    """
    found = session.scalars(
        select(Chain).where(
            Chain.organisation_id.in_(places_of(viewer)),
            Chain.kind == ChainKind.QUIZ,
            Chain.key == key,
            Chain.published_id.is_not(None),
        )
    ).all()
    if not found:
        raise NotFound("There is no such quiz.")
    return min(
        found,
        key=lambda one: (one.organisation_id != place, one.organisation_id, one.locale != locale),
    )


def copyable_chain(session: Session, viewer: Viewer, chain_id: int) -> Chain:
    """Return a text that serves, of the house or of the viewer's own. Raises `NotFound`."""
    found = session.get(Chain, chain_id)
    readable = {HOUSE, *places_of(viewer)}
    if (
        found is None
        or found.organisation_id not in readable
        or found.kind not in KINDS
        or found.published_id is None
    ):
        raise NotFound("There is no such text.")
    return found


def title_of(session: Session, chain: Chain, locale: str) -> str:
    """Return the title of a text."""
    found = _texts(session, chain.organisation_id, locale, chain.id)
    return found[0].title if found else chain.key


def find_manuscript(
    session: Session, organisation_id: int, kind: str, key: str, locale: str
) -> Manuscript | None:
    """Return the draft of a text that has a lasting id, if somebody has begun one."""
    return session.scalar(
        select(Manuscript).where(
            Manuscript.organisation_id == organisation_id,
            Manuscript.kind == kind,
            Manuscript.key == key,
            Manuscript.locale == locale,
        )
    )


def written_of(manuscript: Manuscript, source: str | None = None) -> Written:
    """Return a draft as a text to be proved, with another source where one is given."""
    return Written(
        ChainKind(manuscript.kind),
        manuscript.locale,
        manuscript.source if source is None else source,
        manuscript.key,
        manuscript.module,
        manuscript.pictures,
    )


def originals_change(session: Session, manuscript: Manuscript) -> tuple[int, int, int] | None:
    """Return (text, number followed, number that serves) where a draft's original has changed.

    ``None`` where it follows nothing, or what it follows still serves.
    """
    if manuscript.follows_id is None:
        return None
    followed = session.get_one(Revision, manuscript.follows_id)
    chain = session.get_one(Chain, followed.chain_id)
    if chain.published is None or chain.published_id == followed.id:
        return None
    return chain.id, followed.number, chain.published.number


def surroundings(session: Session, manuscript: Manuscript) -> Around:
    """Return what a draft may name and must not repeat."""
    place, kind = manuscript.organisation_id, ChainKind(manuscript.kind)
    tree = _tree(session, manuscript)
    brands = {
        served.key: pack(session, served.revision_id)
        for served in serving_in(session, {place}, ChainKind.BRAND)
    }
    tree.packs["brands"] = set(brands)
    scenarios = serving_in(session, {place}, ChainKind.SCENARIO)
    tree.packs["scenarios"] = {served.key for served in scenarios}
    followed = session.get(Revision, manuscript.follows_id) if manuscript.follows_id else None
    return Around(
        tree,
        KIND_IDS,
        brands,
        _taken(session, manuscript),
        _questions_elsewhere(session, manuscript) if kind is ChainKind.QUIZ else {},
        _question_types(session, manuscript) if kind is ChainKind.QUIZ else {},
        _sibling_quiz(session, manuscript) if kind is ChainKind.QUIZ else None,
        followed.source if followed else "",
    )


def _tree(session: Session, manuscript: Manuscript) -> Tree:
    """Return the texts that serve an organisation, the draft's own left out."""
    places = {manuscript.organisation_id}
    tree = Tree(Path("/", SHIPPED))
    lessons = serving_in(session, places, ChainKind.LESSON)
    quizzes = serving_in(session, places, ChainKind.QUIZ)
    origins = origins_of(session, [one.revision_id for one in (*lessons, *quizzes)])
    parsed = load_lessons(session, [one.revision_id for one in lessons])
    for served, lesson in zip(lessons, parsed, strict=True):
        if (served.key, served.locale) != (manuscript.key, manuscript.locale):
            tree.lessons.append(_lesson_entry(served, lesson, origins))
    for served in quizzes:
        path = _path(origins[served.revision_id], ChainKind.QUIZ, served, "")
        tree.quizzes.append(Entry(path, served.key, _language(served.locale), "", None, _ASIDE))
    tree.skills = SkillMap(skills=_skills(session))
    tree.glossary = _glossary(session)
    pictures = {Path("/", path) for path in manuscript.pictures}
    texts = {entry.path for entry in tree.lessons} | {entry.path for entry in tree.quizzes}
    tree.files = frozenset(pictures | texts)
    return tree


_ASIDE = Findings("")


def _lesson_entry(served: Served, lesson: Lesson, origins: Mapping[int, str]) -> Entry[Lesson]:
    path = _path(origins[served.revision_id], ChainKind.LESSON, served, lesson.module)
    return Entry(path, served.key, lesson.locale, "", lesson, Findings(path.name))


def _path(origin: str, kind: ChainKind, served: Served, folder: str) -> Path:
    usual = f"{SHIPPED}/{usual_path(kind, served.key, served.locale, folder)}"
    return Path("/", origin or usual)


def _language(locale: str) -> Any:  # noqa: ANN401 - a literal of two languages
    return "pl" if locale == "pl" else "en"


def _skills(session: Session) -> tuple[str, ...]:
    served = serving_in(session, set(), ChainKind.SKILLS)
    if not served:
        return ()
    plain = revisions_by_id(session, [served[0].revision_id])[served[0].revision_id].parsed
    return tuple(row["id"] for row in plain["skills"])


def _glossary(session: Session) -> Glossary:
    served = serving_in(session, set(), ChainKind.GLOSSARY)
    if not served:
        return ()
    return read_glossary(
        revisions_by_id(session, [served[0].revision_id])[served[0].revision_id].parsed
    )


def _taken(session: Session, manuscript: Manuscript) -> set[str]:
    """Return the ids that texts of the draft's kind and language have in its organisation."""
    if manuscript.key is not None:
        return set()
    same = (Chain.organisation_id == manuscript.organisation_id, Chain.kind == manuscript.kind)
    begun = (
        Manuscript.organisation_id == manuscript.organisation_id,
        Manuscript.kind == manuscript.kind,
        Manuscript.locale == manuscript.locale,
        Manuscript.key.is_not(None),
    )
    published = session.scalars(select(Chain.key).where(*same, Chain.locale == manuscript.locale))
    drafted = session.scalars(select(Manuscript.key).where(*begun))
    return {*published, *(key for key in drafted if key)}


def _questions_elsewhere(session: Session, manuscript: Manuscript) -> dict[str, str]:
    """Return the quiz of each question that serves in another quiz of the organisation."""
    rows = session.scalars(
        select(Chain.key).where(
            Chain.organisation_id == manuscript.organisation_id,
            Chain.kind == ChainKind.ITEM,
            Chain.locale == manuscript.locale,
            Chain.published_id.is_not(None),
        )
    )
    pairs = (key.rpartition("/") for key in rows)
    return {question: quiz for quiz, _, question in pairs if quiz != manuscript.key}


def _question_types(session: Session, manuscript: Manuscript) -> dict[str, str]:
    """Return the type that each question of a published quiz has."""
    if manuscript.key is None:
        return {}
    rows = session.execute(
        select(Chain.key, Revision.parsed[("versions", 0, "key", "type")].as_string())
        .join(Revision, Revision.id == Chain.published_id)
        .where(
            Chain.organisation_id == manuscript.organisation_id,
            Chain.kind == ChainKind.ITEM,
            Chain.locale == manuscript.locale,
            Chain.key.startswith(f"{manuscript.key}/", autoescape=True),
        )
    )
    return {key.rpartition("/")[2]: kind for key, kind in rows}


def _sibling_quiz(session: Session, manuscript: Manuscript) -> Entry[Quiz] | None:
    """Return the same quiz in the other language, if it serves in the organisation."""
    if manuscript.key is None:
        return None
    other = "en" if manuscript.locale == "pl" else "pl"
    chain = find_chain(session, manuscript.organisation_id, ChainKind.QUIZ, manuscript.key, other)
    if chain is None or chain.published is None:
        return None
    text, name = chain.published.source, f"{chain.key}.{other}.md"
    quiz, problems = parse_quiz(text, name, _language(other))
    return Entry(
        Path("/", name), chain.key, _language(other), text, quiz, Findings(name, "", problems)
    )


def _texts(
    session: Session, organisation_id: int, locale: str, chain_id: int | None = None
) -> list[Text]:
    """Return the texts of an organisation, or one of them, drafts included."""
    drafts = _drafts(session, organisation_id)
    followed = _followed(session, organisation_id)
    found = []
    for kind in KINDS:
        for row in session.execute(_listing(organisation_id, kind, locale, chain_id)):
            draft = drafts.pop((kind, row.key, row.locale), None)
            found.append(
                Text(
                    kind,
                    row.key,
                    row.locale,
                    row.title or row.key,
                    draft.changed_at if draft else row.created_at,
                    row.id,
                    draft.id if draft else 0,
                    row.published_id is not None,
                    row.follows_id is not None and row.follows_id not in followed,
                )
            )
    rest = drafts.values() if chain_id is None else ()
    return found + [
        Text(
            ChainKind(draft.kind),
            draft.key or "",
            draft.locale,
            draft.title,
            draft.changed_at,
            manuscript_id=draft.id,
        )
        for draft in rest
    ]


def _listing(organisation_id: int, kind: ChainKind, locale: str, chain_id: int | None) -> Any:  # noqa: ANN401 - a statement of six columns
    """Return what lists an organisation's texts of a kind, large columns left in the database."""
    last = (
        select(func.max(Revision.id))
        .where(Revision.chain_id == Chain.id)
        .correlate(Chain)
        .scalar_subquery()
    )
    listed = (
        select(
            Chain.id,
            Chain.key,
            Chain.locale,
            Chain.published_id,
            Revision.created_at,
            Revision.follows_id,
            _title(kind, locale).label("title"),
        )
        .join(Revision, Revision.id == func.coalesce(Chain.published_id, last))
        .where(Chain.organisation_id == organisation_id, Chain.kind == kind)
    )
    return listed if chain_id is None else listed.where(Chain.id == chain_id)


def _title(kind: ChainKind, locale: str) -> ColumnElement[str]:
    match kind:
        case ChainKind.QUIZ:
            path: Any = ("settings", "title")
        case ChainKind.BRAND:
            path = "name"
        case ChainKind.SCENARIO:
            path = ("title", locale)
        case _:
            path = "title"
    title: ColumnElement[str] = Revision.parsed[path].as_string()
    return title


def _drafts(session: Session, organisation_id: int) -> dict[tuple[str, str, str], Manuscript]:
    found = session.scalars(
        select(Manuscript).where(Manuscript.organisation_id == organisation_id)
    )
    return {(one.kind, one.key or f"#{one.id}", one.locale): one for one in found}


def _followed(session: Session, organisation_id: int) -> set[int]:
    """Return the ids of everything that serves in an organisation or in the house."""
    return set(
        session.scalars(
            select(Chain.published_id).where(
                Chain.organisation_id.in_({HOUSE, organisation_id}),
                Chain.published_id.is_not(None),
            )
        )
    )
