"""What a person has written in a form, as far as it can be understood."""

from django.core.exceptions import ValidationError
from django.db import models

from publishing import snapshot
from publishing.admin.versions import part_label


def written(form, before):
    """({column: JSON value}, [sentence]) of a bound PublishableForm that may be full of faults.

    What a field can't take is shown as it was typed, if it is text, or else left out; the sentences
    say what is wrong. ``before`` is the text that the fields which the form hasn't are taken from.
    """
    model = type(form.instance)
    # Before the form is checked, which merges what somebody else has saved into it
    data = {**snapshot.defaults(model), **before, **values(form, model)}
    return data, list(_sentences(form, model))


def values(form, model):
    """{column: JSON value} of what stands in the fields of a bound ``form``."""
    found = {}
    for field in [*snapshot.columns(model), *snapshot.relations(model)]:
        if field.name in form.fields:
            found[field.name] = _value(form, field)
    return snapshot.normalised(model, found)


def _value(form, field):
    typed = form[field.name].data
    try:
        value = form.fields[field.name].clean(typed)
    except ValidationError:
        is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
        if is_text and isinstance(typed, str):
            return _without_null(typed)
        return [] if field.many_to_many else field.get_default()
    if field.many_to_many:
        return [row.pk for row in value]
    if isinstance(value, str):
        return _without_null(value)
    return value.pk if isinstance(value, models.Model) else value


def _sentences(form, model):
    known = {field.name for field in [*snapshot.columns(model), *snapshot.relations(model)]}
    errors = form.errors
    theirs = {clash.field for clash in form.clashes}
    for name, faults in errors.items():
        if name in known - theirs:
            yield _without_null(f"{part_label(model, name)}: {' '.join(faults)}")
        elif name == "__all__":
            yield " ".join(faults)


def _without_null(text):
    """``text`` without what PostgreSQL has no room for, which a sentence about it may quote."""
    return text.replace("\0", "")
