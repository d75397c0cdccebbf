"""What the forms of the back office need to know of languages."""

from django import template

from publishing.admin.translating import language_of_row, lines_of

register = template.Library()


@register.filter
def in_one_language(fieldset):
    """{language, lines} of a fieldset of a row that holds one language, else None."""
    language = language_of_row(fieldset)
    if not language:
        return None
    changes = getattr(fieldset.form, "swedish_changes", {})
    return {"language": language, "lines": list(lines_of(fieldset, changes))}
