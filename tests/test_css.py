"""The rules of the style sheets: colours, contrast, direction and size."""

import gzip
import re

import pytest
from django.conf import settings

from trollhattan_portal.staticfiles import STYLESHEETS

CSS = settings.BASE_DIR / "static/css"
SHEETS = {
    path.relative_to(CSS).as_posix(): path.read_text(encoding="utf-8")
    for path in CSS.rglob("*.css")
}
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)

LIGHT, DARK, MORE = "light", "prefers-color-scheme: dark", "prefers-contrast: more"
MODES = {
    "light": [LIGHT],
    "dark": [LIGHT, DARK],
    "light, more contrast": [LIGHT, MORE],
    "dark, more contrast": [LIGHT, DARK, MORE, f"{MORE} and {DARK}"],
}
ACCENTS = ["plum", "brick", "blue", "granite", "leaf"]
GROUNDS = ["color-page", "color-raised", "color-calm", "color-calm-strong", "color-warm"]
SOFT_GROUNDS = [f"{accent}-soft" for accent in ACCENTS]

# (what is seen, on what, the least contrast). Body text 7 is AAA; 4.5 and 3 are the law's (WCAG
# 1.4.3 and 1.4.11).
PAIRS = [
    *[("color-text", ground, 7) for ground in [*GROUNDS, *SOFT_GROUNDS, "color-alarm-surface"]],
    *[("color-text-soft", ground, 4.5) for ground in [*GROUNDS, *SOFT_GROUNDS]],
    *[("color-link", ground, 4.5) for ground in [*GROUNDS, "color-alarm-surface"]],
    *[("color-link-hover", ground, 4.5) for ground in [*GROUNDS, *SOFT_GROUNDS]],
    *[(accent, f"{accent}-soft", 4.5) for accent in ACCENTS],
    *[(accent, "color-page", 4.5) for accent in ACCENTS],
    ("color-on-deep", "color-deep", 7),
    ("color-on-deep", "color-deep-hover", 4.5),
    ("color-on-deep-soft", "color-deep", 7),
    ("color-on-action", "color-action", 7),
    ("color-on-action", "color-action-hover", 7),
    ("color-alarm", "color-alarm-surface", 4.5),
    ("color-alarm", "color-calm", 4.5),
    ("color-page", "color-alarm", 4.5),
    *[("color-control", ground, 3) for ground in GROUNDS],
    *[("color-focus", ground, 3) for ground in [*GROUNDS, *SOFT_GROUNDS]],
    ("color-focus", "color-focus-halo", 3),
]
# Lines between rows, and the foam of the water: nothing is told by them
DECORATION = {"color-border", "color-water"}


def palette(mode):
    """{name: "#rrggbb"} as it holds in ``mode``."""
    colours = {}
    for condition in MODES[mode]:
        colours |= palette_blocks()[condition]
    return colours


def palette_blocks():
    """{condition: {name: "#rrggbb"}} from tokens.css; the first block's condition is LIGHT."""
    blocks = {}
    pattern = r"(?:@media ([^{]+) \{\s*)?:root \{(.*?)\}"
    for condition, body in re.findall(pattern, COMMENT.sub("", SHEETS["tokens.css"]), re.DOTALL):
        condition = condition.replace("(", "").replace(")", "") or LIGHT
        blocks[condition] = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", body))
    return blocks


def meanings():
    """{meaning: name in the palette} from meanings.css."""
    return dict(re.findall(r"--(color-[\w-]+): var\(--([\w-]+)\)", SHEETS["meanings.css"]))


def contrast(one, other):
    """The ratio of WCAG 2, 1–21."""
    lighter, darker = sorted([luminance(one), luminance(other)], reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def rules(css):
    return COMMENT.sub("", css)


@pytest.mark.parametrize("mode", MODES)
def test_text_and_controls_stand_out_from_their_ground(mode):
    colours, names = palette(mode), meanings()

    too_weak = [
        f"{seen} on {ground}: {ratio:.2f}, needs {least}"
        for seen, ground, least in PAIRS
        if (ratio := contrast(colours[names.get(seen, seen)], colours[names.get(ground, ground)]))
        < least
    ]

    assert too_weak == []


def test_every_colour_that_has_a_meaning_is_measured():
    measured = {name for seen, ground, _least in PAIRS for name in (seen, ground)}

    assert set(meanings()) - measured - DECORATION == set()


def test_the_focus_mark_is_seen_on_dark_water_and_on_the_action_colour():
    """Two lines, a dark and a light one: one of them has 3:1 on any ground."""
    for mode in MODES:
        colours = palette(mode)
        for ground in ("deep", "sun", "alarm"):
            best = max(contrast(colours[line], colours[ground]) for line in ("focus", "focus-halo"))
            assert best >= 3, f"{mode}, {ground}"


def test_dark_mode_and_high_contrast_change_the_palette_only():
    blocks = palette_blocks()

    assert set(blocks) == {LIGHT, DARK, MORE, f"{MORE} and {DARK}"}
    assert all(set(block) <= set(blocks[LIGHT]) for block in blocks.values())


def test_only_the_tokens_hold_colours():
    literal = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(", re.I)
    named = re.compile(
        r"(?<![-\w])(?:white|black|red|green|blue|yellow|gr[ae]y|orange|navy)(?![-\w])"
    )

    guilty = [
        name
        for name, css in SHEETS.items()
        if name != "tokens.css" and (literal.search(rules(css)) or named.search(rules(css)))
    ]

    assert guilty == []


def test_nothing_is_bound_to_left_or_right():
    """Arabic is written from right to left: the same rules must serve both directions."""
    physical = re.compile(
        r"(?:margin|padding|border)-(?:left|right|top|bottom)|^\s*(?:left|right|top|bottom)\s*:"
        r"|(?:text-align|float|clear)\s*:\s*(?:left|right)|(?<![-\w])(?:width|height)\s*:",
        re.MULTILINE,
    )

    guilty = {
        name: found for name, css in SHEETS.items() if (found := physical.findall(rules(css)))
    }

    assert guilty == {}


def test_each_sheet_opens_its_layer():
    order = re.match(r"@layer ([\w, ]+);", SHEETS["layers.css"])[1].split(", ")
    wrapped = re.compile(r"\s*@layer (\w+) \{.*\}\s*", re.DOTALL)

    layers = {
        name: (match := wrapped.fullmatch(rules(css))) and match[1]
        for name, css in SHEETS.items()
        if name != "layers.css"
    }

    assert [name for name, layer in layers.items() if layer not in order] == []
    assert all(layers[name] == "components" for name in layers if name.startswith("components/"))


def test_every_sheet_is_linked_once():
    assert sorted(STYLESHEETS) == sorted(f"css/{name}" for name in SHEETS)


def test_the_order_of_the_layers_comes_first():
    assert STYLESHEETS[0] == "css/layers.css"


def test_comments_name_no_file_to_fetch():
    """collectstatic resolves addresses in comments too, and fails on those that don't exist."""
    comments = [text for css in SHEETS.values() for text in COMMENT.findall(css)]

    assert [text for text in comments if "url(" in text or "@import" in text] == []


def test_the_page_asks_the_reader_and_the_components_ask_their_own_room():
    """Widths of the window are for layout.css; a component looks at the room it has been given."""
    guilty = [
        name
        for name, css in SHEETS.items()
        if "@media" in css and name not in ("layout.css", "tokens.css", "print.css")
    ]

    assert guilty == []


def test_the_layers_decide_and_nothing_shouts_over_them():
    """No !important, and no id in a selector; the only other # are the colours of tokens.css."""
    loud = re.compile(r"!important|#[a-z]")

    guilty = [
        name for name, css in SHEETS.items() if name != "tokens.css" and loud.search(rules(css))
    ]

    assert guilty == []


def test_the_style_sheets_stay_small():
    """A volunteer reads them in an evening, and they weigh at most 15 kB on the way to a reader."""
    lengths = {name: css.count("\n") for name, css in SHEETS.items()}
    joined = "\n".join(SHEETS[name.removeprefix("css/")] for name in STYLESHEETS)

    assert max(lengths.values()) <= 150
    assert sum(lengths.values()) <= 1500
    assert len(gzip.compress(joined.encode())) <= 15_000
