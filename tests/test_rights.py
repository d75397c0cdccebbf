"""Which right each verb asks for, whoever calls it from wherever."""

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser, Permission
from django.core.exceptions import PermissionDenied

from publishing.models import ShareLink, Version
from tests.admin_forms import staff
from tests.factories import AdministratorFactory, NewsItemFactory, PageFactory, UserFactory
from tests.situations import ACTS, NOW, SITUATIONS, VERBS, history

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def frozen():
    with time_machine.travel(NOW, tick=False):
        yield


MAY_WRITE = ["save_draft", "copy", "submit"]
MAY_PUBLISH = [verb for verb in VERBS if verb not in MAY_WRITE]
FITTING = {**{verb: act[0] for verb, act in ACTS.items()}, "copy": "published"}


def reader():
    """Somebody who may look at news in the back office."""
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="view_newsitem"))
    return user


NOBODIES = {
    "anonymous": AnonymousUser,
    "no role": UserFactory,
    "reader": reader,
    "somebody who has left": lambda: AdministratorFactory(is_active=False),
}
PUBLISHERS = {
    "publicist": lambda: staff("Publicister"),
    "administratör": lambda: staff("Administratörer"),
    "superuser": AdministratorFactory,
}
EDITOR = {"redaktör": lambda: staff("Redaktörer")}


def test_a_right_is_asked_for_by_every_verb():
    assert set(FITTING) == set(VERBS)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("person", NOBODIES)
def test_nobody_in_particular_may_do_nothing(verb, person):
    item = SITUATIONS[FITTING[verb]]()
    acts = history(item)

    with pytest.raises(PermissionDenied, match="^Du har inte rätt att .* nyheter.$"):
        VERBS[verb](item, NOBODIES[person]())

    assert history(item) == acts


@pytest.mark.parametrize("verb", MAY_PUBLISH)
def test_an_editor_may_not_decide_what_residents_see(verb):
    item = SITUATIONS[FITTING[verb]]()
    acts = history(item)

    with pytest.raises(PermissionDenied, match="^Du har inte rätt att .* nyheter.$"):
        VERBS[verb](item, staff("Redaktörer"))

    assert history(item) == acts


@pytest.mark.parametrize("verb", MAY_WRITE)
@pytest.mark.parametrize("person", [*EDITOR, *PUBLISHERS])
def test_everybody_in_a_role_may_write(verb, person):
    item, user = SITUATIONS[FITTING[verb]](), (EDITOR | PUBLISHERS)[person]()

    VERBS[verb](item, user)

    assert Version.objects.filter(by=user).exists()


@pytest.mark.parametrize("verb", MAY_PUBLISH)
@pytest.mark.parametrize("person", PUBLISHERS)
def test_publishers_and_administrators_decide_what_residents_see(verb, person):
    item, user = SITUATIONS[FITTING[verb]](), PUBLISHERS[person]()

    VERBS[verb](item, user)

    assert Version.objects.filter(by=user).exists()


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "pin"])
def test_a_right_to_one_kind_is_none_to_another(verb):
    person = UserFactory()
    rights = Permission.objects.filter(content_type__model="newsitem")
    person.user_permissions.set(rights)

    with pytest.raises(PermissionDenied, match="^Du har inte rätt att .* sidor.$"):
        VERBS[verb](PageFactory(), person)


@pytest.mark.parametrize("person", [*NOBODIES])
def test_who_has_no_right_creates_nothing(person):
    with pytest.raises(PermissionDenied, match="^Du har inte rätt att skapa nyheter.$"):
        NewsItemFactory(draft=True).record_creation(by=NOBODIES[person]())

    assert not Version.objects.exists()


@pytest.mark.parametrize("person", [*NOBODIES])
def test_who_has_no_right_neither_shares_nor_revokes(person):
    item, nobody = NewsItemFactory(), NOBODIES[person]()
    link = item.share(by=staff("Redaktörer"))

    with pytest.raises(PermissionDenied, match="^Du har inte rätt att dela nyheter.$"):
        item.share(by=nobody)
    with pytest.raises(PermissionDenied, match="^Du har inte rätt att sluta dela nyheter.$"):
        item.stop_sharing(link, by=nobody)
    with pytest.raises(PermissionDenied, match="^Du har inte rätt att dela nyheter.$"):
        item.share_again(link, by=nobody)

    assert list(ShareLink.objects.open()) == [link]
