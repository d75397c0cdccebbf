"""The forms of a page as a browser has them: where each is sent and what its fields hold."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

PRESSED = ("submit", "button", "image", "reset")
CHOSEN = ("checkbox", "radio")
# {type of a field: what somebody writes in it}
WRITTEN = {
    "email": "skrivet@example.se",
    "number": "3",
    "date": "2031-06-07",
    "time": "08:30",
    "url": "https://skrivet.example/",
}


@dataclass
class Field:
    kind: str  # "textarea", "select" or the type of an input
    name: str
    values: list  # as they stand
    options: list = field(default_factory=list)  # that there are to choose
    is_locked: bool = False

    @property
    def is_written_in(self):
        """Whether somebody writes or chooses something in it."""
        is_row_to_come = "__prefix__" in self.name
        has_nothing_to_choose = self.kind == "select" and not any(self.options)
        is_own = self.kind not in ("hidden", "password", *PRESSED) and not self.is_locked
        return is_own and not is_row_to_come and not has_nothing_to_choose

    def written(self):
        """What it holds when somebody has changed it."""
        if self.options:
            return self.options[-1:]
        return [WRITTEN.get(self.kind, f"Skrivet i {self.name}")]


@dataclass
class SentForm:
    address: str
    fields: dict  # {name: Field}

    @property
    def is_written_in(self):
        return any(each.is_written_in for each in self.fields.values())

    def values(self):
        return {name: each.values for name, each in self.fields.items() if each.kind != "file"}

    def filled_in(self):
        """({name: values} of what is sent by who writes in every field, the same of those alone)"""
        kinds = [each for each in self.fields.values() if each.is_written_in]
        own = {each.name: each.written() for each in kinds if each.kind != "file"}
        return self.values() | own, own


def sent_forms(page, address):
    """[SentForm] of those of ``page``, got from ``address``, that do something."""
    reader = _Reader(address)
    reader.feed(page.content.decode())
    return [form for form in reader.forms if form]


class _Reader(HTMLParser):
    def __init__(self, address):
        super().__init__()
        self.address, self.forms, self.form = address, [], None
        self.select = self.area = None

    def handle_starttag(self, tag, attributes):
        facts = dict(attributes)
        if tag == "form":
            is_sent = facts.get("method", "").lower() == "post"
            place = urljoin(self.address, facts.get("action") or self.address)
            self.form = SentForm(place, {}) if is_sent else None
            self.forms.append(self.form)
        elif self.form is None:
            return
        elif tag == "textarea":
            self.area = self._field("textarea", facts)
            self.area.values.append("")
        elif tag == "select":
            self.select = self._field("select", facts)
        elif tag == "option" and self.select:
            self._option(self.select, facts, "selected" in facts)
        elif tag == "input" and facts.get("name"):
            self._input(facts)

    def _input(self, facts):
        kind = facts.get("type", "text")
        if kind in PRESSED:
            return
        found = self._field(kind, facts)
        if kind in CHOSEN:
            self._option(found, facts, "checked" in facts)
        else:
            found.values.append(facts.get("value") or "")

    def _option(self, found, facts, is_chosen):
        value = facts.get("value", "on") or ""
        found.options.append(value)
        if is_chosen:
            found.values.append(value)

    def _field(self, kind, facts):
        is_locked = "readonly" in facts or "disabled" in facts
        made = Field(kind, facts.get("name") or "", [], is_locked=is_locked)
        return self.form.fields.setdefault(made.name, made)

    def handle_data(self, data):
        if self.area:
            self.area.values[-1] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area:
            self.area.values[-1] = self.area.values[-1].removeprefix("\n")
            self.area = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.form = None
