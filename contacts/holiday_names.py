"""The names of the Swedish holidays, for the catalogues: the calendar has them in Swedish."""

from django.utils.translation import gettext, gettext_noop

NAMES = {
    gettext_noop("nyårsdagen"),
    gettext_noop("trettondedag jul"),
    gettext_noop("långfredagen"),
    gettext_noop("påskdagen"),
    gettext_noop("annandag påsk"),
    gettext_noop("första maj"),
    gettext_noop("Kristi himmelsfärdsdag"),
    gettext_noop("nationaldagen"),
    gettext_noop("pingstdagen"),
    gettext_noop("midsommarafton"),
    gettext_noop("midsommardagen"),
    gettext_noop("alla helgons dag"),
    gettext_noop("julafton"),
    gettext_noop("juldagen"),
    gettext_noop("annandag jul"),
    gettext_noop("nyårsafton"),
}


def in_page_language(names):
    """The Swedish ``names`` of one day, as the page's language says them; "" for none."""
    return gettext(" och ").join(gettext(name) for name in names)
