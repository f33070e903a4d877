"""The words of the trade: sorted for a reader, linked where a lesson first uses them."""

from __future__ import annotations

import re
from html import unescape

import pytest

from smm_academy.lessons.glossary import Glossary, alphabetical, by_letter, read_glossary
from smm_academy.lessons.linking import Finder, Linker, link_terms
from smm_academy.lessons.source import parse_lesson
from smm_academy.revisions.sources import Locale
from smm_academy.web.application import Academy
from tests.people import Visitor

PLAIN = {
    "terms": [
        {
            "id": "reach",
            "term": {"en": "reach", "pl": "zasięg"},
            "forms": {"en": ["reached"], "pl": ["zasięgu"]},
            "meaning": {"en": 'How many "saw" it.', "pl": "Ile kont to widziało."},
        },
        {
            "id": "organic-reach",
            "term": {"en": "organic reach", "pl": "łączny zasięg"},
            "meaning": {"en": "Unpaid.", "pl": "Bez opłat."},
        },
        {
            "id": "api",
            "term": {"en": "API", "pl": "API"},
            "forms": {"en": [], "pl": []},
            "meaning": {"en": "A door.", "pl": "Wejście."},
        },
    ]
}


def terms() -> Glossary:
    return read_glossary(PLAIN)


def linked(html: str, locale: Locale = "en") -> str:
    """Return HTML with links written short: [words|term]."""
    shown = Linker(Finder(terms(), locale), locale).html(html)
    link = re.compile(r'<a class="term" href="[^#]*#([\w-]+)" title="[^"]*">(.*?)</a>', re.DOTALL)
    return link.sub(r"[\2|\1]", shown)


def test_the_first_use_is_linked_and_no_other() -> None:
    assert linked("<p>The reach and reach.</p><p>Reach</p>") == (
        "<p>The [reach|reach] and reach.</p><p>Reach</p>"
    )


def test_a_link_says_where_it_leads_and_what_the_term_means() -> None:
    shown = Linker(Finder(terms(), "en"), "en").html("<p>reach</p>")

    assert shown == (
        '<p><a class="term" href="/learn/glossary#reach" '
        'title="How many &quot;saw&quot; it.">reach</a></p>'
    )


@pytest.mark.parametrize(
    ("locale", "written", "expected"),
    [
        ("en", "We REACHED them.", "We [REACHED|reach] them."),
        ("pl", "Liczba zasięgu rośnie.", "Liczba [zasięgu|reach] rośnie."),
        ("pl", "To zasięgach.", "To zasięgach."),
        ("en", "the organic\nreach", "the [organic\nreach|organic-reach]"),
        ("en", "outreach, reach-out", "outreach, reach-out"),
        ("en", "An API, not an api.", "An [API|api], not an api."),
        ("en", "an api.", "an api."),
        ("en", "R&amp;D &amp; reach", "R&amp;D &amp; [reach|reach]"),
    ],
)
def test_whole_forms_are_found_and_the_longest_first(
    locale: Locale, written: str, expected: str
) -> None:
    assert linked(f"<p>{written}</p>", locale) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    "fragment",
    [
        '<h2 id="a">Reach</h2>',
        '<a href="/x">our <em>reach</em></a>',
        "<p><code>reach</code></p>",
        "<pre><code>reach</code></pre>",
        "<blockquote><p>Our reach!</p></blockquote>",
        "<table><tr><th>reach</th></tr></table>",
        '<p class="callout-title">Reach</p>',
        '<img src="a" alt="reach">',
    ],
)
def test_headings_links_code_and_quotations_are_left_alone(fragment: str) -> None:
    assert linked(f"{fragment}<p>reach</p>") == f"{fragment}<p>[reach|reach]</p>"


def test_a_question_is_left_alone_and_the_text_after_it_is_linked() -> None:
    text = (
        "---\ntitle: A\nskills: [voice]\n---\n:::check\nWhat is reach?\n- (x) a\n- ( ) b\n:::\n"
        "\nMore reach.\n\n:::key\n- An API.\n:::\n"
    )
    lesson, problems = parse_lesson(text, "a.en.md")
    assert lesson is not None
    assert problems == []

    check, prose, key = link_terms(lesson, terms()).passages

    assert check == lesson.passages[0]
    assert 'href="/learn/glossary#reach"' in prose.html
    assert 'href="/learn/glossary#api"' in key.html


def test_a_word_with_an_everyday_sense_too_is_no_link() -> None:
    row = PLAIN["terms"][0] | {"linked": False}
    finder = Finder(read_glossary({"terms": [row, PLAIN["terms"][2]]}), "en")

    assert [term.id for _, term in finder.find("The reach of an API.")] == ["api"]


def test_a_phrase_in_which_the_word_means_something_else_is_no_link() -> None:
    row = PLAIN["terms"][0] | {"others": {"en": ["can reach", "reach of an arm"]}}
    finder = Finder(read_glossary({"terms": [row]}), "en")

    found = [match.start() for match, _ in finder.find("It can reach the reach of an arm. Reach!")]

    assert found == [34]


def test_without_a_glossary_a_lesson_stays_as_it_is() -> None:
    lesson, _ = parse_lesson("---\ntitle: A\nskills: [voice]\n---\nThe reach.\n", "a.en.md")
    assert lesson is not None

    assert link_terms(lesson, ()) is lesson


def test_terms_stand_under_their_letters_in_the_order_of_the_reader_s_alphabet() -> None:
    english, polish = by_letter(terms(), "en"), by_letter(terms(), "pl")

    assert [one.letter for one in english] == ["A", "O", "R"]
    assert [one.letter for one in polish] == ["A", "Ł", "Z"]


def test_polish_letters_come_behind_their_plain_ones() -> None:
    words = ["zasięg", "łata", "lista", "ćma", "cel", "ślad", "sam", "mem", "ab c", "abc"]

    assert sorted(words, key=alphabetical) == [
        "ab c", "abc", "cel", "ćma", "lista", "łata", "mem", "sam", "ślad", "zasięg",
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "word"), [("en", "reach"), ("pl", "zasięg")])
def test_the_page_shows_each_term_in_both_languages(
    sqlite_app: Academy, language: str, word: str
) -> None:
    html = Visitor(sqlite_app, language).opens("/learn/glossary").html

    entry = html[html.index('id="reach"') :].split('class="glossary-term"')[0]
    assert f'<a href="#reach">{word}</a>' in entry
    assert 'lang="en"' in entry
    assert 'lang="pl"' in entry
    index = set(re.findall(r'href="#(letter-[^"]+)"', html))
    assert index == set(re.findall(r'id="(letter-[^"]+)"', html))


def test_every_term_that_a_lesson_links_stands_on_the_page(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    page = visitor.opens("/learn/glossary").html

    links = [
        link
        for lesson in ("smm-smo-seo", "figures-with-a-denominator")
        for link in visitor.opens(f"/learn/{lesson}").links
        if link.startswith("/learn/glossary#")
    ]

    assert links
    assert all(f'id="{unescape(link).partition("#")[2]}"' in page for link in links)
