"""Who may do what: the three groups of the back office, in one place."""

from django.contrib.auth.models import Group, Permission

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
]
PUBLISHER = [
    *((kind, PUBLISH) for kind in PUBLISHED_KINDS),
    ("images.image", KEEP),
    *((kind, KEEP) for kind in LIVE_KINDS),
]
ADMINISTRATOR = [
    *PUBLISHER,
    *((kind, KEEP) for kind in SITE_KINDS),
    ("auth.user", WRITE),  # people who leave are made inactive, so that their work keeps its name
    ("auth.group", VIEW),
]
ROLES = {"Redaktörer": EDITOR, "Publicister": PUBLISHER, "Administratörer": ADMINISTRATOR}


def create_groups():
    """Make the groups that are missing, with their permissions; leave the others as they are."""
    for name, rights in ROLES.items():
        group, is_new = Group.objects.get_or_create(name=name)
        if is_new:
            group.permissions.set(_permissions(rights))


def _permissions(rights):
    """Raises KeyError when ``rights`` names something that does not exist."""
    known = {
        (f"{each.content_type.app_label}.{each.content_type.model}", each.codename): each
        for each in Permission.objects.select_related("content_type")
    }
    return [
        known[kind, f"{action}_{kind.split('.')[1]}"]
        for kind, actions in rights
        for action in actions
    ]
