"""What somebody else has saved of a fact since its form was opened: merged, or chosen between.

What was sent is rewritten before the form is judged: what only they have changed is theirs, what
both have changed is shown side by side, and nothing is saved until the person has seen it.
"""

import re

from django import forms
from django.forms.formsets import INITIAL_FORM_COUNT

from publishing import snapshot
from publishing.admin.clashes import shown
from publishing.admin.written import values
from publishing.merging import Clash, meaning, merge
from publishing.models import Track, Version

BASE, THEIRS = "base_version", "take_theirs"


class Refusing:
    """A form that isn't saved, since ``clashes`` are to be looked at first."""

    clashes = ()

    def _post_clean(self):
        super()._post_clean()
        for clash in self.clashes:
            name = clash.field if clash.field in self.fields else None
            self.add_error(name, "Någon har sparat en annan text här, se ovan.")


class MergedWithTheirs:
    """What an admin of a live kind needs for it."""

    def merge_meanwhile(self, request, key):
        """Let ``request`` send the text merged with what has been saved; request.clashes tell."""
        if BASE not in request.POST or not key.isdecimal() or len(key) > 18:
            return
        track = Track.find(self.model(pk=int(key)))
        if track and hasattr(request, "chain"):
            request.track = track  # nobody else writes until this is saved
        base = track and base_of(track, request.POST[BASE])
        if not track or (base == track.newest.number and THEIRS not in request.POST):
            return
        if item := self.get_object(request, key):
            self._merge(request, item, track, base)

    def _merge(self, request, item, track, base):
        request.POST = request.POST.copy()
        merging = Merging(self, request, item, track.text_of(base), track.newest.data)
        merging.merge_own()
        merging.merge_rows()
        request.clashes, request.clashes_theirs = merging.clashes, track.newest
        request.POST[BASE] = str(track.newest.number)
        request.POST.setlist(THEIRS, [])
        if not merging.clashes and merging.is_merged:
            later = Version.objects.of(item).filter(number__gt=base).exclude(by=request.user)
            names = dict.fromkeys(later.values_list("by_name", flat=True))
            request.others = " och ".join(name or "Någon" for name in names)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        clashes = getattr(request, "clashes", ())
        return type(form.__name__, (Refusing, form), {"clashes": clashes}) if clashes else form

    def render_change_form(self, request, context, *args, **kwargs):
        if clashes := getattr(request, "clashes", None):
            context["clashes"] = list(shown(self.model, clashes))
            context["clashes_theirs"] = request.clashes_theirs
        return super().render_change_form(request, context, *args, **kwargs)


def base_of(track, sent):
    """The number of the version that a form began with.

    What no form of the item had is taken for the first, so that nothing is lost.
    """
    number = int(sent) if sent.isdecimal() and len(sent) < 10 else 1
    return number if number <= track.newest.number else 1


class Merging:
    def __init__(self, admin, request, item, base, theirs):
        self.admin, self.request, self.item, self.sent = admin, request, item, request.POST
        self.base, self.theirs = base, theirs
        self.chosen = {*self.sent.getlist(THEIRS)}
        self.clashes, self.is_merged = [], False

    def merge_own(self):
        """The columns and relations of the item itself."""
        model, rows = type(self.item), self.item.recorded_children
        base, theirs = (
            {name: value for name, value in side.items() if name not in rows}
            for side in (self.base, self.theirs)
        )
        form_class = self.admin.get_form(self.request, self.item, change=True)
        form = form_class(self.sent, instance=self.item)
        sent = values(form, model)
        # Browsers send other line ends than they got
        same = {name for name in sent if meaning(sent[name]) == meaning(base.get(name))}
        mine = {**base, **{name: sent[name] for name in sent if name not in same}}
        rich = snapshot.rich_columns(model)
        settled = {name: theirs.get(name) for name in self.chosen & {*theirs}}
        merged, clashes = merge(base, mine, theirs, rich=rich, settled=settled)
        merged |= settled
        self.clashes += clashes
        kept = {clash.field for clash in clashes}
        names = [name for name in sent if name not in kept and merged.get(name) != sent[name]]
        names = [name for name in names if meaning(merged.get(name)) != meaning(sent[name])]
        if names:
            self._send(form_class, merged, names)

    def _send(self, form_class, merged, names):
        """Let what is sent hold the ``merged`` values of the fields ``names``."""
        model = type(self.item)
        row = model(pk=self.item.pk)
        snapshot.write(row, merged)
        initial = {each.name: merged.get(each.name, []) for each in snapshot.relations(model)}
        form = form_class(instance=row, initial=initial)
        for name in names:
            _send_field(self.sent, form[name])
        self.is_merged = True

    def merge_rows(self):
        """The rows that are edited with it: theirs where only they have changed some, or chosen."""
        formsets, _inlines = self.admin._create_formsets(self.request, self.item, change=True)
        by_name = {}
        for rows in formsets:
            by_name.setdefault(rows.fk.remote_field.get_accessor_name(), []).append(rows)
        for name, sets in by_name.items():
            base, theirs = self.base.get(name, []), self.theirs.get(name, [])
            if base == theirs and name not in self.chosen:
                continue
            known = {row["id"]: row for row in base}
            if name in self.chosen or not any(_has_changed(rows, known) for rows in sets):
                for rows in sets:
                    _send_as_saved(self.sent, rows)
                self.is_merged = True
            else:
                mine = [row for rows in sets for row in _rows_in(rows, known)]
                self.clashes.append(Clash(name, base, mine, theirs))
                gone = known.keys() - {row["id"] for row in theirs}
                for rows in sets:
                    _send_as_new(self.sent, rows, gone)


def _has_changed(rows, known):
    """Whether somebody has changed the formset ``rows`` that began with the rows ``known``."""
    own = {rows.model._meta.pk.name, rows.fk.name, "DELETE"}
    return any(_is_deleted(form) or {*_against(form, known).changed_data} - own for form in rows)


def _against(form, known):
    """``form`` as compared with the row that it began with."""
    row, key = None, _key(form)
    if key in known:
        row = form._meta.model(pk=key)
        snapshot.write(row, known[key])
    return type(form)(form.data, prefix=form.prefix, instance=row)


def _key(form):
    """The key of its row, which may be gone; None for a new one."""
    sent = form.data.get(form.add_prefix(form._meta.model._meta.pk.name), "")
    return int(sent) if sent.isdecimal() and len(sent) < 19 else None


def _is_deleted(form):
    return bool(form.data.get(form.add_prefix("DELETE")))


def _rows_in(rows, known):
    model = rows.model
    for form in rows:
        if _is_deleted(form) or not (_key(form) or form.has_changed()):
            continue
        before = known.get(_key(form)) or snapshot.read_columns(model())
        yield {**before, **values(form, model), "id": _key(form)}


def _send_as_new(sent, rows, gone):
    """Let the rows of ``sent`` with the keys ``gone`` be new ones, after those that are there."""
    keys = {form.prefix: _key(form) for form in rows}
    if gone.isdisjoint(keys.values()):
        return
    known = [prefix for prefix, key in keys.items() if key not in {None, *gone}]
    new = [prefix for prefix in keys if prefix not in known]
    own = rows.model._meta.pk.name
    written = {prefix: {} for prefix in keys}
    for name, number, part in _names_in(sent, rows.prefix):
        written.setdefault(f"{rows.prefix}-{number}", {})[part] = sent.pop(name)
    for number, prefix in enumerate([*known, *new]):
        blank = {own: [""]} if prefix in new else {}
        for part, value in {**written[prefix], **blank}.items():
            sent.setlist(f"{rows.prefix}-{number}-{part}", value)
    sent[f"{rows.prefix}-{INITIAL_FORM_COUNT}"] = str(len(known))


def _names_in(sent, prefix):
    """[(name, number of the row, field)] of the rows of one formset.

    The prefix of another, "rows-2", begins as the third row of "rows" does.
    """
    one = re.compile(rf"{re.escape(prefix)}-(\d+)-(?!\w+_FORMS$)([^-]+)")
    return [(name, *match.groups()) for name in sent if (match := one.fullmatch(name))]


def _send_as_saved(sent, rows):
    """Let what is ``sent`` hold the formset ``rows`` as the database has it."""
    for name, _number, _part in _names_in(sent, rows.prefix):
        del sent[name]
    saved = type(rows)(instance=rows.instance, prefix=rows.prefix, queryset=rows.queryset)
    for form in [saved.management_form, *saved.forms]:
        for field in form:
            _send_field(sent, field)


def _send_field(sent, bound):
    """Let ``sent`` hold the value that the unbound field ``bound`` shows."""
    widget, value, name = bound.field.widget, bound.value(), bound.html_name
    if isinstance(widget, forms.MultiWidget):
        for number, part in enumerate(widget.decompress(value)):
            sent[f"{name}_{number}"] = "" if part is None else str(part)
    elif value is False or (value is None and isinstance(widget, forms.CheckboxInput)):
        sent.pop(name, None)
    elif isinstance(value, list | tuple):
        sent.setlist(name, [str(each) for each in value])
    elif isinstance(widget, forms.FileInput):
        sent.pop(name, None)
    elif value is True:
        sent[name] = "on"
    else:
        shown_as = "" if value is None else widget.format_value(value)
        sent[name] = "".join(shown_as) if isinstance(shown_as, list) else str(shown_as or "")
