"""Packs: what authors write is checked with its lines, and the shipped copies are up to date."""

from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from smm_academy.shifts import packs

ROOT = Path(__file__).resolve().parents[2]
FILES = packs.find_files(ROOT / "content")
READ = packs.read_packs(FILES)
LUMO = FILES["content/brands/lumo.yaml"].decode()
MONDAY = FILES["content/scenarios/lumo-monday.yaml"].decode()


def problems_of_brand(source: str) -> list[str]:
    return [str(problem) for problem in packs.read_brand(source, "brands/lumo.yaml").problems]


def problems_of_scenario(source: str) -> list[str]:
    found = packs.read_scenario(source, "scenarios/lumo-monday.yaml", READ.brands).problems
    return [str(problem) for problem in found]


def line_of(source: str, part: str) -> int:
    return source[: source.index(part)].count("\n") + 1


def test_the_shipped_packs_have_no_errors_and_no_warnings() -> None:
    assert READ.problems == []


def test_the_shipped_copies_equal_the_content_that_they_are_compiled_from() -> None:
    compiled = packs.compile_packs(READ)

    assert packs.differing(compiled, ROOT / "simulator" / "packs") == []


def test_a_changed_a_missing_and_a_left_over_copy_are_all_named(tmp_path: Path) -> None:
    compiled = {"brands/a.json": "{}\n", "brands/b.json": "{}\n"}
    (tmp_path / "brands").mkdir()
    (tmp_path / "brands" / "a.json").write_text("{ }\n")
    (tmp_path / "brands" / "c.json").write_text("{}\n")

    found = packs.differing(compiled, tmp_path)

    assert found == ["brands/a.json", "brands/b.json", "brands/c.json"]


def test_a_text_missing_in_one_language_is_named_with_its_line() -> None:
    part = "    pl: Lampy na domowe wieczory"
    source = LUMO.replace("  pl: Lampy na domowe wieczory\n", "")
    assert part.strip() in LUMO

    found = problems_of_brand(source)

    line = line_of(source, "  en: Lamps for evenings at home")
    assert found == [
        f"brands/lumo.yaml:{line}:3: error P202 tagline has no text in Polish. Fix: add pl: …"
    ]


def test_every_error_is_named_not_only_the_first() -> None:
    source = LUMO.replace("minutes: 12", "minutes: 45").replace("Europe/Warsaw", "Europe/Warszawa")
    source = source.replace("owner: warehouse", "owner: warehause")

    codes = [problem.split(" ")[2] for problem in problems_of_brand(source)]

    assert codes == ["P221", "P210", "S116"]


def test_a_slip_of_the_fingers_gets_the_word_that_was_meant() -> None:
    source = MONDAY.replace("kind: troll", "kind: trol")

    found = problems_of_scenario(source)

    line = line_of(source, "kind: trol")
    assert found == [
        f"scenarios/lumo-monday.yaml:{line}:11: error S118 kind cannot be 'trol'. Fix: write troll"
    ]


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("members: 2400", "members: 0", "S116"),
        ("members: 2400", "members: -5", "S116"),
        ('ends: "16:00"', 'ends: "08:00"', "P212"),
        ('ends: "16:00"', "ends: noon", "P211"),
        ("minute: 291", "minute: 9000", "S116"),
        ("brand: lumo", "brand: lumos", "P241"),
        ("id: m08", "id: m01", "P209"),
        ("id: m08", "id: Re fund", "P208"),
        ("stars: 2", "stars: 9", "S116"),
        ("must: [thanks, acknowledge, apology, next_step, published_contact]",
         "must: [private_channel]", "P237"),
        ("due_facts: [case_refund]", "due_facts: [returns]", "P235"),
        ("    ask: [case_refund]\n", "", "P236"),
        ("facts: [case_refund, refund_time]", "facts: [case_refund, refund_tim]", "P210"),
        ("product: luna", "product: lunar", "P210"),
        ("about: [refund_not_paid]", "about: [refund_paid]", "P210"),
        ("wants: [refund, information]", "wants: [refunds]", "P210"),
        ("level: 2", "level: 2\ncolour: red", "S115"),
        ("better: canned", "better: novice", "S118"),
        ("members: 2400", "members: 2400\nbriefing: [gossip]", "P210"),
    ],
)  # fmt: skip
def test_an_impossible_scenario_is_refused_with_its_reason(
    before: str, after: str, code: str
) -> None:
    assert before in MONDAY

    found = problems_of_scenario(MONDAY.replace(before, after, 1))

    assert code in [problem.split(" ")[2] for problem in found]
    assert all("Fix: " in problem for problem in found)


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("sector: homeware", "sector: homewear", "S118"),
        ("{en: ty, pl: ty}", "{en: ty, pl: per ty}", "P223"),
        ('{opens: "08:00", closes: "18:00"}', '{opens: "18:00", closes: "08:00"}', "P212"),
        ("followers: 18400", "followers: many", "S116"),
        ("id: returns", "id: tracking", "P209"),
        ("gender: f, noun: lampa}", "gender: x, noun: lampa}", "S118"),
        ("product: nori", "product: norri", "P210"),
        ("minutes: 18", "minutes: 1", "S116"),
        ("  - kind: troll\n", "  - kind: troll\n    minute: 4\n", "S115"),
        ("    facts: [case_lab]\n    due_facts: [case_lab]",
         "    facts: [case_lab]\n    due_facts: [returns]", "P235"),
    ],
)  # fmt: skip
def test_a_brand_that_no_desk_could_work_with_is_refused(
    before: str, after: str, code: str
) -> None:
    assert before in LUMO

    found = problems_of_brand(LUMO.replace(before, after, 1))

    assert code in [problem.split(" ")[2] for problem in found]


def test_an_id_that_gives_the_kind_away_is_warned_of() -> None:
    found = problems_of_scenario(MONDAY.replace("id: m06", "id: bait-1"))

    assert [problem.split(" ")[2] for problem in found] == ["P245"]
    assert "warning" in found[0]


def test_a_scenario_of_a_broken_brand_says_so_and_other_packs_stay_in_service() -> None:
    files = dict(FILES)
    files["content/brands/lumo.yaml"] = LUMO.replace("sector: homeware", "sector:").encode()

    read = packs.read_packs(files)

    assert set(READ.brands) - set(read.brands) == {"lumo"}
    assert read.scenarios
    assert "lumo" not in {pack["brand"] for pack in read.scenarios.values()}
    days = [pack for pack in READ.scenarios.values() if pack["brand"] == "lumo"]
    assert [problem.code for problem in read.errors] == ["S117", *["P241"] * len(days)]


def test_a_file_that_is_not_yaml_is_named_with_line_and_column() -> None:
    found = problems_of_brand("id: lumo\nname: a: b\n")

    assert found[0].startswith("brands/lumo.yaml:2:")
    assert "S112" in found[0]


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_no_cut_or_garbled_pack_raises(data: st.DataObject) -> None:
    source = data.draw(st.sampled_from([LUMO, MONDAY]))
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, min(len(source), start + 400)))
    noise = data.draw(st.text(max_size=12))

    pack = packs.read_brand(source[:start] + noise + source[end:], "brands/lumo.yaml")

    assert (pack.content is None) == any(p.severity == "error" for p in pack.problems)


def test_compiling_twice_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert packs.main(["--check"]) == 0
    assert capsys.readouterr().err == ""
