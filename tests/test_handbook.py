"""The editors' handbook says what is on the screen, in plain Swedish, with its pictures."""

import re
from pathlib import Path

import pytest

from publishing.quality.reading import lix

ROOT = Path(__file__).parent.parent
HANDBOOK = ROOT / "docs/redaktorshandbok.md"
TEXT = HANDBOOK.read_text("utf-8")
PICTURES = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", TEXT)
# The groups of people, which are rows of the database, and what Django's own Swedish calls things
ELSEWHERE = {"fet stil", "administratörer", "publicister", "redaktörer", "lägg till", "att göra"}


def code():
    """All that can stand on the screens of the back office, in small letters."""
    files = [
        *(ROOT / "templates").rglob("*.html"),
        *(ROOT / "static/admin_portal").glob("*.js"),
        *(
            path
            for app in ["publishing", "news", "pages", "images", "search", "trollhattan_portal"]
            for path in (ROOT / app).rglob("*.py")
        ),
        *(ROOT / app / "models.py" for app in ["focus_areas", "initiatives"]),
    ]
    return "\n".join(path.read_text("utf-8") for path in files).casefold()


def test_every_name_in_bold_is_on_the_screen():
    names = {" ".join(name.split()).casefold() for name in re.findall(r"\*\*([^*]+)\*\*", TEXT)}
    shown = code()

    assert {name for name in names - ELSEWHERE if name not in shown} == set()
    assert len(names) > 30


@pytest.mark.parametrize(("alt", "path"), PICTURES, ids=[path for _alt, path in PICTURES])
def test_every_picture_is_there_and_is_told_in_words(alt, path):
    assert (HANDBOOK.parent / path).is_file()
    assert len(alt.split()) >= 4
    assert alt.endswith(".")


def test_every_picture_is_used_and_taken_by_the_script_and_they_are_small():
    files = {path.name for path in (ROOT / "docs/images/handbok").iterdir()}
    script = (ROOT / "scripts/handbook.py").read_text("utf-8")

    assert files == {Path(path).name for _alt, path in PICTURES}
    assert all(f'"{Path(name).stem}"' in script for name in files)
    assert sum((ROOT / "docs/images/handbok" / name).stat().st_size for name in files) < 1_500_000


def test_the_handbook_is_easy_to_read():
    prose = re.sub(r"!\[[^\]]*\]\([^)]*\)|^#.*$|^\|.*$|[*`]", "", TEXT, flags=re.M)
    # A line that goes on is no new sentence
    prose = re.sub(r"(?<=\S)\n(?=\S)(?!- |\d+\. )", " ", re.sub(r"(?m)^ +(?=\S)", "", prose))

    assert lix(prose) <= 40


def test_each_heading_is_one_level_below_the_one_above_it():
    levels = [len(marks) for marks in re.findall(r"^(#+) ", TEXT, re.M)]

    assert levels[0] == 1
    assert all(new <= old + 1 for old, new in zip(levels, levels[1:], strict=False))
    assert levels.count(1) == 1
