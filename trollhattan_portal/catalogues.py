"""The texts of the interface in other languages: gathered from the sources, kept in locale/.

Babel reads and writes the catalogues, so that neither the demo nor a server needs GNU gettext.
Why: docs/decisions/0010-catalogues-without-gettext.md.
"""

import os
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

LOCALE = settings.BASE_DIR / "locale"
ROOMS = [
    *["contacts", "focus_areas", "images", "initiatives", "news", "pages", "publishing", "search"],
    "trollhattan_portal",
]
# The back office is Swedish in every language
NOT_FOR_RESIDENTS = {"admin", "account", "allauth", "mail", "migrations", "management"}
KEYWORDS = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy", "gettext_noop"]),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], (1, 2)),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ((1, "c"), 2)),
}


def catalogue_path(language, folder=LOCALE):
    return folder / to_locale(language) / "LC_MESSAGES" / "django.po"


def read(path):
    """The Catalog in the .po file ``path``. Raises babel's PoFileError for one that is broken."""
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def sources():
    """The modules and templates with texts that residents read."""
    root = settings.BASE_DIR
    modules = [
        path for room in [*ROOMS, "trollhattan_portal"] for path in root.glob(f"{room}/**/*.py")
    ]
    templates = root.glob("templates/**/*.html")
    for path in sorted([*modules, *templates]):
        name = path.relative_to(root)
        if not NOT_FOR_RESIDENTS & {*name.parts, name.stem} and name.stem != "styleguide":
            yield path


def gathered():
    """A Catalog of all texts in the sources that are to be translated, each with its files."""
    catalogue = Catalog()
    for path in sources():
        code = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            # Babel reads Python, to which the indentation of a template means nothing
            code = "\n".join(line.lstrip() for line in templatize(code).splitlines())
        for _line, text, _notes, context in extract("python", BytesIO(code.encode()), KEYWORDS):
            place = (path.relative_to(settings.BASE_DIR).as_posix(), 1)
            catalogue.add(text, locations=[place], context=context)
    return catalogue


def update_catalogues(folder=LOCALE):
    """Bring each .po file up to date with the sources: what is new in them is left untranslated."""
    for language, _name in settings.LANGUAGES:
        if language != settings.LANGUAGE_CODE:
            path = catalogue_path(language, folder)
            catalogue = read(path) if path.exists() else Catalog(locale=to_locale(language))
            catalogue.update(gathered(), no_fuzzy_matching=True)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_header(catalogue).encode() + _entries(catalogue))


def _header(catalogue):
    """Without the dates and names that would make every update a change."""
    lines = [
        f"Language: {catalogue.locale_identifier}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {catalogue.plural_forms}",
    ]
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines) + "\n"


def _entries(catalogue):
    buffer = BytesIO()
    write_po(
        buffer,
        catalogue,
        width=100,
        omit_header=True,
        sort_by_file=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    return buffer.getvalue()


def compile_catalogues(folder=LOCALE):
    """Write the .mo file beside each .po file that is newer; returns the paths of those written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        # Put in place whole, since several processes may compile and read at once
        unfinished = target.with_suffix(f".{os.getpid()}")
        with unfinished.open("wb") as file:
            write_mo(file, read(source))
        unfinished.replace(target)
        written.append(target)
    return written
