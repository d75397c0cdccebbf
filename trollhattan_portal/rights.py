"""Who may do what, in words made of the permissions themselves."""

from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.template.response import TemplateResponse
from django.utils.text import capfirst

from publishing.roles import PUBLISHED_KINDS, ROLES, rights_of

# In the order in which they are read, each with the rights that it takes
WORDS = [
    ("skriva", {"add", "change"}),
    ("lägga till", {"add"}),
    ("ändra", {"change"}),
    ("publicera", {"publish"}),
    ("kasta", {"delete"}),
    ("radera det som lagen kräver", {"erase"}),
]
TITLES = {
    "Redaktörer": "redaktör",
    "Publicister": "publicist",
    "Administratörer": "administratör",
}
# There is one of each, which is neither added nor thrown away whatever the permissions say
ONE_OF_EACH = {"pages.startpage", "pages.sitesettings", "pages.accessibilitystatement"}
MINDING_USERS = "auth.change_user"


@dataclass(frozen=True)
class Kind:
    section: str
    name: str
    key: str  # as "news.newsitem"


def kinds_in(permissions, sections):
    """The Kinds that ``permissions`` ("news.publish_newsitem") are about, in the menu's order."""
    found = {_kind_of(each) for each in permissions}
    models = [model for model in apps.get_models() if model._meta.label_lower in found]
    places = {
        name: (number, section)
        for number, (section, names) in enumerate(sections.items())
        for name in names
    }
    last = (len(sections), "Övrigt")
    kinds = [
        (places.get(model.__name__, last), str(model._meta.verbose_name_plural), model)
        for model in models
    ]
    return [
        Kind(section, capfirst(name), model._meta.label_lower)
        for (_number, section), name, model in sorted(kinds, key=lambda each: each[:2])
    ]


def words_for(kind, permissions):
    """What those with ``permissions`` may do with ``kind``: "skriva och publicera", or ""."""
    actions = {_action_of(each) for each in permissions if _kind_of(each) == kind.key}
    if kind.key in ONE_OF_EACH:
        actions -= {"add", "delete"}
    if not actions:
        return ""
    words, left = [], actions - {"view"}
    for word, needed in WORDS:
        if needed <= left:
            words.append(word)
            left -= needed
    return in_a_row([*words, *sorted(left)] or ["se"])


def in_a_row(words):
    *first, last = words
    return f"{', '.join(first)} och {last}" if first else last


def sentence_about(user):
    """What ``user`` is told about herself: "Du är redaktör: du skriver, men publicerar inte."."""
    if user.is_superuser:
        return "Du får göra allt, utan att ha fått någon roll för det."
    does, title = _does(user), _title_of(user)
    return f"Du är {title}: du {does}." if title else f"Du {does}."


def _title_of(user):
    """The name of the strongest role whose rights ``user`` has, all of them, or None."""
    held = user.get_all_permissions()
    fitting = [name for name in ROLES if rights_of(name) <= held]
    return TITLES[fitting[-1]] if fitting else None


def _does(user):
    kinds = [kind.split(".") for kind in PUBLISHED_KINDS]
    writes = any(user.has_perm(f"{app}.change_{model}") for app, model in kinds)
    publishes = any(user.has_perm(f"{app}.publish_{model}") for app, model in kinds)
    if not writes:
        does = "får läsa, men skriver inte" if user.get_all_permissions() else "får inget göra än"
    elif not publishes:
        does = "skriver, men publicerar inte"
    elif settings.FOUR_EYES:
        does = "skriver, och publicerar det som någon annan skrev sist i"
    else:
        does = "skriver och publicerar"
    return f"{does}, och sköter användarna" if user.has_perm(MINDING_USERS) else does


def list_about(user, sections):
    """[(section, [(kind, what ``user`` may do with it)])]"""
    permissions = user.get_all_permissions()
    found = {}
    for kind in kinds_in(permissions, sections):
        found.setdefault(kind.section, []).append((kind.name, words_for(kind, permissions)))
    return list(found.items())


def table_of(groups, sections):
    """[(section, [(kind, [what each of ``groups`` may do with it])])]"""
    held = {group: _permissions_of(group) for group in groups}
    found = {}
    for kind in kinds_in(set().union(*held.values()), sections):
        row = (kind.name, [words_for(kind, permissions) for permissions in held.values()])
        found.setdefault(kind.section, []).append(row)
    return list(found.items())


def _permissions_of(group):
    return {f"{each.content_type.app_label}.{each.codename}" for each in group.permissions.all()}


def _kind_of(permission):
    app, _dot, codename = permission.partition(".")
    return f"{app}.{codename.rpartition('_')[2]}"


def _action_of(permission):
    return permission.partition(".")[2].rpartition("_")[0]


class RightsPage:
    """/admin/vem-far-gora-vad/, for everybody of the staff."""

    def __init__(self, admin_site, request, sections):
        self.site, self.request, self.sections = admin_site, request, sections

    def answer(self):
        groups = list(Group.objects.prefetch_related("permissions__content_type").order_by("pk"))
        people = get_user_model().objects.with_perm(
            MINDING_USERS, backend=settings.AUTHENTICATION_BACKENDS[0], include_superusers=False
        )
        context = {
            **self.site.each_context(self.request),
            "title": "Vem får göra vad",
            "about_me": sentence_about(self.request.user),
            "groups": groups,
            "sections": table_of(groups, self.sections),
            "helpers": people.filter(is_staff=True),
            "four_eyes": settings.FOUR_EYES,
        }
        self.request.current_app = self.site.name
        return TemplateResponse(self.request, "admin/rights.html", context)
