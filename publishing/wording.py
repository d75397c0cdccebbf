"""The values of a version in words, as lines of plain text: templates must escape them."""

import re
from collections import Counter, defaultdict
from html.parser import HTMLParser
from itertools import count

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

from publishing.fields import RichTextField, sanitize
from publishing.merging import BLOCKS, meaning

MARKS = {"h2": "Rubrik: ", "h3": "Underrubrik: ", "blockquote": "Citat: "}
SIGNS = {"strong": "*", "em": "_"}
WHEN = {models.DateTimeField: "j F Y G:i", models.DateField: "j F Y", models.TimeField: "G:i"}
BREAKING = BLOCKS | {"li", "br"}


def fields_of(model):
    """{name in a version: field, or relation to rows that are recorded along} of ``model``."""
    own = [*model._meta.concrete_fields, *model._meta.many_to_many]
    rows = {relation.get_accessor_name(): relation for relation in model._meta.related_objects}
    return {field.name: field for field in own} | rows


def language_of(field):
    """The code of the language that a column is in, "" for none."""
    return getattr(field, "language", "")


def label_of(field):
    """The name of a column without its language, or of the rows of a relation."""
    if field.auto_created and not field.concrete:
        return str(field.related_model._meta.verbose_name_plural)
    return str(_untranslated(field).verbose_name)


def is_rich(field):
    return isinstance(_untranslated(field), RichTextField)


def is_atom(field):
    """Whether a value of it is read as a whole: a name, a choice, a date."""
    if field is None:
        return False
    is_named = field.is_relation and not field.one_to_many
    return is_named or bool(getattr(field, "choices", None)) or isinstance(field, tuple(WHEN))


def _untranslated(field):
    return getattr(field, "translated_field", field)


class Wording:
    """Words for values: made of (field, value) pairs, it knows the names of the rows in them.

    That takes one query for each related model. Words are in the active language.
    """

    def __init__(self, pairs):
        keys = defaultdict(set)
        for model, key in _references(pairs):
            keys[model].add(key)
        self.names = {model: _names(model, wanted) for model, wanted in keys.items()}

    def lines(self, field, value):
        """``value`` of ``field`` (None for one that the model hasn't), [] for nothing."""
        value = meaning(value)
        if value is None:
            return []
        if isinstance(value, list):
            return [text for each in value if (text := self._text(field, each))]
        if is_rich(field) or (field is None and _is_html(value)):
            return html_lines(value)
        return self._text(field, value).split("\n")

    def _text(self, field, value):
        if isinstance(value, dict):
            cells = ((name, " ".join(self.lines(*cell))) for name, *cell in _cells(field, value))
            return ", ".join(f"{name}: {text}" for name, text in cells if text)
        if isinstance(value, list):
            return ", ".join(self.lines(None, value))
        if field and field.is_relation:
            names = self.names[field.related_model]
            return names.get(value, f"borttagen (nr\N{NO-BREAK SPACE}{value})")
        value = dict(getattr(field, "flatchoices", ())).get(value, value)
        if isinstance(field, tuple(WHEN)):
            return _moment(field, value)
        if isinstance(value, bool):
            return "ja" if value else "nej"
        return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def _is_html(value):
    return isinstance(value, str) and value.startswith("<") and sanitize(value) == value


def _references(pairs):
    """(model, key) of each row that the values refer to."""
    for field, value in pairs:
        if field and field.is_relation and value is not None:
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, dict):
                    yield from _references(cell for _name, *cell in _cells(field, each))
                else:
                    yield field.related_model, each


def _cells(relation, row):
    """(name, field, value) of a recorded row, without its key and what it belongs to."""
    fields = fields_of(relation.related_model) if relation and relation.is_relation else {}
    for name in {**fields, **row}:
        field = fields.get(name)
        if name not in row or name == "id" or (field and field is relation.remote_field):
            continue
        label, language = label_of(field) if field else name, language_of(field)
        if language not in ("", settings.LANGUAGE_CODE):
            label = f"{label} ({dict(settings.LANGUAGES)[language]})"
        yield label, field, row[name]


def _names(model, keys):
    """{key: name} of the rows that are still there; those without one of their own get a number."""
    names = {row.pk: row.name_in_history for row in model._base_manager.filter(pk__in=keys)}
    number = Counter(names.values())
    return {
        key: name if name and number[name] == 1 else f"{name} (nr\N{NO-BREAK SPACE}{key})".strip()
        for key, name in names.items()
    }


def _moment(field, value):
    try:
        moment = field.to_python(value)
    except ValidationError:
        return str(value)
    if getattr(moment, "tzinfo", None):
        moment = timezone.localtime(moment, timezone.get_default_timezone())
    form = next(form for kind, form in WHEN.items() if isinstance(field, kind))
    return date_format(moment, form).replace(" ", "\N{NO-BREAK SPACE}")


# HTML


def html_lines(html):
    """The text of ``html``, a line for each paragraph, with its structure in words and signs."""
    reader = _Reader()
    reader.feed(sanitize(html))
    reader.close()
    reader.end_line()
    return reader.lines


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.lines, self.text, self.mark = [], "", ""
        self.lists, self.links = [], []

    def end_line(self):
        if self.text.strip():
            self.lines.append(self.mark + self.text)
            self.mark = ""
        self.text = ""

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag in BREAKING:
            self.end_line()
        if tag == "ol":
            start = (attrs.get("start") or "")[:9]
            self.lists.append(count(int(start) if start.isdecimal() else 1))
        elif tag == "ul":
            self.lists.append(None)
        elif tag == "li":
            numbers = self.lists[-1] if self.lists else None
            self.mark = "  " * (len(self.lists) - 1) + (f"{next(numbers)}. " if numbers else "• ")
        elif tag == "a":
            self.links.append(attrs.get("href") or "")
        self.mark += MARKS.get(tag, "")
        self.text += SIGNS.get(tag, "")

    def handle_endtag(self, tag):
        self.text += SIGNS.get(tag, "")
        if tag == "a":
            self.text += f" ({self.links.pop()})"
        elif tag in BREAKING:
            self.end_line()
            self.mark = ""
        if tag in ("ul", "ol"):
            self.lists.pop()

    def handle_data(self, data):
        self.text += re.sub(r"[\t\r\n]", " ", data)
