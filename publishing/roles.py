"""Who may do what: the three groups of the back office, in one place."""

from django.contrib.auth.models import Group, Permission
from django.db import DEFAULT_DB_ALIAS

PUBLISHED_KINDS = [
    "focus_areas.focusarea",
    "initiatives.initiative",
    "news.newsitem",
    "pages.page",
    "pages.startpage",
]
# Residents see a change in these at once, so they are for those who may publish
LIVE_KINDS = [
    "contacts.contactfunction",
    "contacts.contactunit",
    "contacts.helpline",
    "contacts.openinghours",
    "initiatives.district",
    "initiatives.targetgroup",
    "pages.chart",
    "pages.notice",
    "pages.resource",
    "search.promotedanswer",
    "search.synonyms",
]
SITE_KINDS = [
    "pages.accessibilitystatement",
    "pages.menuitem",
    "pages.shortcoming",
    "pages.sitesettings",
]

VIEW = ["view"]
WRITE = ["add", "change", "view"]
PUBLISH = ["add", "change", "delete", "publish", "view"]
KEEP = ["add", "change", "delete", "view"]

EDITOR = [
    *((kind, WRITE) for kind in PUBLISHED_KINDS),
    ("images.image", WRITE),
    *((kind, VIEW) for kind in LIVE_KINDS),
    ("search.missedquery", VIEW),
]
PUBLISHER = [
    *((kind, PUBLISH) for kind in PUBLISHED_KINDS),
    ("images.image", PUBLISH),
    *((kind, KEEP) for kind in LIVE_KINDS),
    ("publishing.redirect", WRITE),
    ("search.missedquery", ["change", "view"]),
]
ADMINISTRATOR = [
    *PUBLISHER,
    *((kind, KEEP) for kind in SITE_KINDS),
    ("auth.user", WRITE),  # people who leave are made inactive, so that their work keeps its name
    ("auth.group", VIEW),
    ("publishing.version", ["erase"]),  # what the law takes away
]
ROLES = {"Redaktörer": EDITOR, "Publicister": PUBLISHER, "Administratörer": ADMINISTRATOR}


def create_groups(using=DEFAULT_DB_ALIAS):
    """Make the groups that are missing, and give each the rights of its role that it lacks.

    What somebody has given a group beyond its role is kept.
    """
    known = _permissions(using)
    for name, rights in ROLES.items():
        group, _is_new = Group.objects.using(using).get_or_create(name=name)
        # A database that is migrated in part lacks some until the rest is migrated
        group.permissions.add(*(known[right] for right in _names(rights) if right in known))


def rights_of(role):
    return set(_names(ROLES[role]))


def _names(rights):
    """As has_perm() takes them: "news.publish_newsitem"."""
    for kind, actions in rights:
        app, model = kind.split(".")
        yield from (f"{app}.{action}_{model}" for action in actions)


def _permissions(using):
    return {
        f"{each.content_type.app_label}.{each.codename}": each
        for each in Permission.objects.using(using).select_related("content_type")
    }
