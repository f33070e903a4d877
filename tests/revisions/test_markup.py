"""Markdown becomes HTML that is safe to show."""

import pytest
from hypothesis import given, settings, strategies as st

from smm_academy.revisions.markup import (
    Anchors,
    Heading,
    callout,
    figure,
    render,
    render_inline,
    words_of,
)


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("Some *text*", "<p>Some <em>text</em></p>"),
        ("Before\n- a\n- b", "<p>Before</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("- a\n  - b\n- c", "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>"),
        ("1) a\n2) b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("in\n1990. a year", "<p>in\n1990. a year</p>"),
        ("~~gone~~", "<p><del>gone</del></p>"),
        (
            "> a\n\n> b",
            "<blockquote>\n<p>a</p>\n</blockquote>\n\n\n<blockquote>\n<p>b</p>\n</blockquote>",
        ),
        ("```json\n{}\n```", '<pre><code class="language-json">{}</code></pre>'),
        ("a & b < c", "<p>a &amp; b &lt; c</p>"),
        ("w\u00a0domu", "<p>w&nbsp;domu</p>"),
    ],
)
def test_prose_is_rendered_as_github_shows_it(markdown: str, html: str) -> None:
    assert render(markdown).html == html


def test_a_table_stands_in_a_box_that_scrolls() -> None:
    shown = render("Text\n| a | b |\n|---|--:|\n| 1 | 2 |").html

    assert shown.startswith('<p>Text</p>\n<div class="table-scroll" tabindex="0"><table>')
    assert '<td align="right">2</td>' in shown
    assert shown.endswith("</table></div>")


def test_headings_get_anchors_that_stand_once() -> None:
    anchors = Anchors({"start"})

    first = render("## Start\n### Zażółć *gęślą*", anchors=anchors)
    second = render("## Start", anchors=anchors)

    assert first.headings == (
        Heading(2, "start-2", "Start"),
        Heading(3, "zazolc-gesla", "Zażółć gęślą"),
    )
    assert second.html == '<h2 id="start-3">Start</h2>'


def test_outside_links_say_so_and_own_links_do_not() -> None:
    shown = render("[a](https://example.com/?a=1&b=2) [b](/learn/tone) [c](mailto:a@b.pl)").html

    assert (
        '<a href="https://example.com/?a=1&amp;b=2" rel="external noopener noreferrer">a</a>'
        in shown
    )
    assert '<a href="/learn/tone">b</a>' in shown


def test_addresses_of_ours_are_resolved_and_others_are_not() -> None:
    shown = render(
        "[a](tone.en.md) ![b](figures/b.svg) [c](https://example.com)",
        resolve=lambda address: f"/x/{address}",
    ).html

    assert 'href="/x/tone.en.md"' in shown
    assert 'src="/x/figures/b.svg"' in shown
    assert 'href="https://example.com"' in shown


def test_a_callout_has_a_title_in_the_reader_s_language() -> None:
    shown = render("> [!WARNING]\n> Be **careful**.", "pl").html

    assert shown == (
        '<aside class="callout callout-warning" aria-label="Ostrzeżenie">\n'
        '<p class="callout-title">Ostrzeżenie</p>\n<p>Be <strong>careful</strong>.</p>\n</aside>'
    )


def test_a_quote_that_only_mentions_a_callout_stays_a_quote() -> None:
    assert "<blockquote>" in render("> He wrote [!NOTE] there.").html
    assert "<blockquote>" in render("> [!STRANGE] there.").html


def test_a_callout_and_a_figure_escape_their_words() -> None:
    assert "&lt;b&gt;" in callout("note", "<p>x</p>", "en", "<b>")
    assert 'alt="a &quot;b&quot;"' in figure("a.svg", 'a "b"')


HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '<p style="position:fixed">x</p>',
    "<style>body{}</style>",
    "[x](javascript:alert(1))",
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    "[x](data:text/html;base64,PHN2Zz4=)",
    "<iframe src=//example.com></iframe>",
    "<svg onload=alert(1)>",
    '<form action="/x"><input name=y></form>',
    '<div class="callout" id="main">x</div>',
    "![x](https://example.com/pixel.gif)",
    "![x](//example.com/pixel.gif)",
    "<base href=//example.com>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
]


@pytest.mark.parametrize("markdown", HOSTILE)
def test_nothing_hostile_survives(markdown: str) -> None:
    shown = render(markdown).html.casefold()

    for sign in (
        "<script",
        "onerror",
        "style",
        "javascript:",
        "data:",
        "<iframe",
        "<svg",
        "<form",
    ):
        assert sign not in shown
    for sign in ("onload", "<input", "id=", "class=", "example.com", "<base"):
        assert sign not in shown


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_the_rendering(text: str) -> None:
    shown = render(text).html.casefold()

    assert "<script" not in shown


@settings(deadline=None)
@given(st.text("ab <>/='\"()[]!*_`#->|\n&;:", max_size=80))
def test_no_markup_breaks_the_rendering(text: str) -> None:
    render(text)


def test_inline_text_has_no_paragraph_round_it() -> None:
    assert render_inline("Some *text*") == "Some <em>text</em>"
    assert render_inline("a\n\nb") == "<p>a</p>\n<p>b</p>"


def test_the_words_of_a_fragment_are_plain() -> None:
    assert words_of("<ul><li>a &amp; b</li><li>c</li></ul>") == "a & b c"


PLAIN = st.text(
    st.one_of(
        st.characters(categories=["Ll", "Lu", "Nd"]), st.sampled_from(" ,.;?!\"'()„”–%$/=÷:-")
    ),
    min_size=1,
    max_size=40,
)


@settings(deadline=None)
@given(PLAIN)
def test_a_plain_line_is_rendered_as_among_other_text(line: str) -> None:
    alone = render(line.strip()).html

    assert (
        render(f"{line.strip()}\n\n*after*").html.removesuffix("<p><em>after</em></p>").strip()
        == alone
    )


def test_one_text_leaves_nothing_behind_for_the_next() -> None:
    render("[a]: https://example.com\n\n```\nopen")

    assert render("[a] b").html == "<p>[a] b</p>"
