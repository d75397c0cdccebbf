"""Versions in words: what was done, where it stands now, what it holds and what it has lost."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language_info

from publishing import snapshot
from publishing.admin.status import when
from publishing.differences import differences
from publishing.models import Action, Publishable, State, Version, WithdrawalReason
from publishing.models.chain import BY, NOTE
from publishing.quality import BY_NAME
from publishing.wording import Wording, fields_of, is_rich, label_of, language_of

LANGUAGES = dict(settings.LANGUAGES)
COMMON = "Gemensamt för alla språk"
ERASING = [Action.ERASED, Action.PURGED]


@dataclass(frozen=True)
class Row:
    """What a version holds under one name: lines of plain text, or ``html``."""

    label: str
    lines: list
    html: str = ""


@dataclass(frozen=True)
class Group:
    """What is in one language, "" for what has none."""

    language: str
    name: str
    direction: str
    rows: list


@dataclass(frozen=True)
class Gap:
    """What the law has taken out of a version, by the ``record`` that says why."""

    labels: list
    record: Version


def part_label(model, part):
    """What people call a part of a version: "Ingress (Suomi)", "Kommentar till historiken"."""
    if part in (BY, NOTE):
        return "Namnet på den som gjorde det" if part == BY else "Kommentar till historiken"
    field = fields_of(model).get(part)
    if not field:
        return part
    language = language_of(field)
    label = capfirst(label_of(field))
    return label if language in ("", settings.LANGUAGE_CODE) else f"{label} ({LANGUAGES[language]})"


# Where it stands


def marks(item, track, version):
    """[(kind of chip, words)] of what ``version`` is to residents and editors now."""
    if not track:
        return []
    found = []
    if version.pk == track.live_id:
        found.append(_seen(item, track))
    if version.pk == track.newest_id and isinstance(item, Publishable):
        found.append(("draft", "Senaste texten"))
    if version.pk == track.scheduled_id:
        found.append(("waiting", f"Väntar till {when(track.scheduled_at)}"))
    return found


def _seen(item, track):
    if item._state.adding or not item.is_seen:  # thrown away, or withdrawn
        return "ended", "Syntes senast"
    if not isinstance(item, Publishable):
        return "published", "Gäller nu"  # a notice may be over, and a picture used nowhere
    if item.is_published():
        return "published", "Syns nu"
    if item.state != State.PUBLISHED:
        return "archived", "Syns, märkt som arkiv" if item.is_archived else "Syns, som inaktuell"
    if item.publish_at > timezone.now():
        return "waiting", f"Syns från {when(item.publish_at)}"
    return "ended", f"Syntes till {when(item.expire_at)}"


# What was done


def details(version):
    """What an act says besides its name: until when, in which languages, why."""
    status, found = version.status, []
    if version.action in (Action.PUBLISHED, Action.SCHEDULED):
        comes = _moment(status.get("scheduled_at") or status.get("publish_at"))
        goes = _moment(status.get("expire_at"))
        found += [f"från {when(comes)}"] if comes and comes > version.at else []
        found += [f"till {when(goes)}"] if goes else []
        chosen = ", ".join(LANGUAGES.get(code, code) for code in status.get("languages", []))
        found += [f"bara {chosen}"] if chosen else []
    elif version.action == Action.CONFIRMED:
        found += [LANGUAGES.get(code, code) for code in status.get("languages", [])]
        found += ["granskad av någon som kan språket"] if status.get("reviewed") else []
    elif version.action == Action.WITHDRAWN and status.get("withdrawal_reason"):
        reason = status["withdrawal_reason"]
        found.append(f"skäl: {dict(WithdrawalReason.choices).get(reason, reason)}")
    elif version.action == Action.EXEMPTED:
        day = date_format(date.fromisoformat(status["mend_by"]), "j F Y")
        found.append(f"ska vara åtgärdat {day}")
        found += [f"”{BY_NAME[name].title}”" for name in status["exempted"] if name in BY_NAME]
    elif "shared" in status:
        found.append(f"till version {status['shared']}")
    if version.is_minor:
        found.append("mindre ändring")
    return found


def _moment(text):
    return parse_datetime(text) if text else None


# What it has lost


def gaps_of(model, versions):
    """{sequence: [Gap]} of those of ``versions``, all of one item, that have lost parts."""
    with_gaps = [version for version in versions if version.gaps]
    if not with_gaps:
        return {}
    [kind, key] = with_gaps[0].kind, with_gaps[0].object_id
    records = Version.objects.filter(kind=kind, object_id=key, action__in=ERASING)
    records = list(records.order_by("number"))
    return {version.sequence: list(_gaps(model, version, records)) for version in with_gaps}


def _gaps(model, version, records):
    told = set()
    for record in records:
        parts = set(record.status.get("erased", {}).get(str(version.sequence), []))
        if new := sorted(parts & set(version.gaps) - told):
            told.update(new)
            yield Gap([part_label(model, part) for part in new], record)


# What it holds


def words_of(model, data):
    """{part: lines of plain text} of ``data``, in the order of the form; a query a relation."""
    fields = fields_of(model)
    wording = Wording((fields.get(name), value) for name, value in data.items())
    names = [*(name for name in fields if name in data), *sorted(set(data) - set(fields))]
    return {name: wording.lines(fields.get(name), data[name]) for name in names}


def groups_of(model, data):
    """([Group] of what ``model`` has fields for, [Row] of what it hasn't)."""
    fields, words = fields_of(model), words_of(model, data)
    known = [name for name, lines in words.items() if lines and name in fields]
    groups = [
        Group(code, name, _direction(code), [_row(fields[n], words[n], data[n]) for n in names])
        for code, name in [*settings.LANGUAGES, ("", COMMON)]
        if (names := [n for n in known if language_of(fields[n]) == code])
    ]
    return groups, [Row(name, lines) for name, lines in words.items() if name not in fields]


def _row(field, lines, value):
    return Row(capfirst(label_of(field)), lines, value if is_rich(field) else "")


# What differs


def comparison_of(model, old, new):
    """[Group] of what differs between two versions, without what one of them has lost."""
    lost = {*old.gaps, *new.gaps}
    texts = ({**snapshot.defaults(model), **(version.data or {})} for version in (old, new))
    sides = [{name: text[name] for name in text if name not in lost} for text in texts]
    return grouped(differences(model, *sides))


def grouped(found):
    """[Group] of ``found``, of publishing.differences, in its order."""
    groups = []
    for language, rows in groupby(found, key=attrgetter("language")):
        name = LANGUAGES.get(language, COMMON)
        groups.append(Group(language, name, _direction(language), list(rows)))
    return groups


def _direction(language):
    return "rtl" if language and get_language_info(language)["bidi"] else "ltr"
