"""Static files as production serves them: joined, hashed, compressed."""

import gzip
import re
from urllib.parse import urljoin

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string

from trollhattan_portal.staticfiles import STYLESHEETS, moved

HASHED = re.compile(r"\.[0-9a-f]{12}\.")


@pytest.fixture
def site_css(hashed_static):
    """The name, with its hash, and the text of the joined style sheet."""
    name = staticfiles_storage.stored_name("css/site.css")
    return name, (hashed_static / name).read_text("utf-8")


def test_production_links_one_style_sheet(hashed_static):
    links = re.findall(r'href="([^"]+)"', render_to_string("components/stylesheets.html"))

    assert len(links) == 1
    assert re.fullmatch(r"/static/css/site\.[0-9a-f]{12}\.css", links[0])


def test_development_links_the_sources_one_by_one():
    links = re.findall(r'href="([^"]+)"', render_to_string("components/stylesheets.html"))

    assert links == [f"/static/{name}" for name in STYLESHEETS]


def test_the_joined_sheet_holds_every_source_in_order(site_css):
    _name, css = site_css

    openings = [
        (settings.BASE_DIR / "static" / name).read_text("utf-8").splitlines()[0]
        for name in STYLESHEETS
    ]

    position = 0
    for line in openings:
        position = css.index(line, position) + 1


def test_every_address_in_the_joined_sheet_leads_to_a_hashed_file(site_css, hashed_static):
    name, css = site_css

    addresses = re.findall(r"url\(\"?([^\")]+)", css)

    assert addresses
    for address in addresses:
        assert HASHED.search(address)
        assert (hashed_static / urljoin(name, address)).is_file()


def test_the_joined_sheet_is_compressed_beforehand(site_css, hashed_static):
    name, css = site_css

    gz = (hashed_static / f"{name}.gz").read_bytes()
    br = (hashed_static / f"{name}.br").read_bytes()

    assert gzip.decompress(gz).decode() == brotli.decompress(br).decode() == css
    assert len(gz) <= 15_000


def test_an_address_moves_with_its_sheet():
    moved_css = moved(
        'a { mask: url("../../shapes/a.svg"); }', "css/components/a.css", "css/site.css"
    )

    assert moved_css == 'a { mask: url("../shapes/a.svg"); }'


@pytest.mark.parametrize("address", ["/static/a.svg", "https://example.se/a.svg", "#a"])
def test_an_address_that_is_not_relative_stays(address):
    css = f'a {{ mask: url("{address}"); }}'

    assert moved(css, "css/components/a.css", "css/site.css") == css


def test_the_typeface_is_light_free_and_ours_to_serve():
    fonts = settings.BASE_DIR / "static/fonts"

    assert sum(path.stat().st_size for path in fonts.glob("*.woff2")) <= 60_000
    assert "SIL OPEN FONT LICENSE" in (fonts / "OFL.txt").read_text("utf-8")


def test_the_scripts_for_readers_stay_tiny():
    scripts = list((settings.BASE_DIR / "static/js").glob("*.js"))

    assert sum(path.stat().st_size for path in scripts) <= 4_000
