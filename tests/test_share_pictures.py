"""The pictures of shared drafts: for whoever has the link, as long as their rights hold."""

import re
from datetime import timedelta

import pytest
import time_machine

from publishing.models import ShareLink
from tests.admin_forms import staff
from tests.factories import AdministratorFactory, ImageFactory, NewsItemFactory
from tests.pictures import image_with_files
from tests.situations import NOW, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def frozen():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def writer():
    return staff("Redaktörer")


def read(client, link):
    return client.get(link.get_absolute_url())


def over(item, link, writer):
    ShareLink.objects.update(expires_at=NOW)


def revoked(item, link, writer):
    item.stop_sharing(link, by=writer)


def binned(item, link, writer):
    row(item).move_to_bin(by=AdministratorFactory())


def addresses_of_pictures(page):
    return re.findall(r'<img src="(/media/[^"]*)"', page.content.decode())


def fetch(client, address):
    answer = client.get(address.replace("&amp;", "&"))
    list(answer)  # reading a file to its end closes it
    return answer


@pytest.fixture
def illustrated(writer):
    return NewsItemFactory(draft=True, image=image_with_files())


def test_the_picture_of_a_draft_comes_along(client, illustrated, writer):
    [address] = addresses_of_pictures(read(client, illustrated.share(by=writer)))

    answer = fetch(client, address)

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert fetch(client, address.partition("?")[0]).status_code == 404


@pytest.mark.parametrize("end", [over, revoked, binned])
def test_the_picture_goes_with_the_link(client, illustrated, writer, end):
    link = illustrated.share(by=writer)
    [address] = addresses_of_pictures(read(client, link))
    end(illustrated, link, writer)

    assert fetch(client, address).status_code == 404


def test_a_link_opens_no_other_picture_and_never_the_master(client, illustrated, writer):
    link, other = illustrated.share(by=writer), image_with_files(title="En annan")
    grant = f"?delad={link.token}"

    assert fetch(client, other.url("card", 320, "webp") + grant).status_code == 404
    assert fetch(client, f"/media/{illustrated.image.master}{grant}").status_code == 404


def test_a_link_to_an_older_version_opens_the_picture_of_that(client, illustrated, writer):
    link = illustrated.share(by=writer)
    newer = image_with_files(title="En annan")
    illustrated.save_draft(by=writer, values={"image": newer.pk})

    [address] = addresses_of_pictures(read(client, link))

    assert fetch(client, address).status_code == 200
    grant = f"?delad={link.token}"
    assert fetch(client, newer.url("card", 320, "webp") + grant).status_code == 404


def test_a_picture_whose_consent_is_withdrawn_is_sent_to_nobody(client, illustrated, writer):
    link = illustrated.share(by=writer)
    [address] = addresses_of_pictures(read(client, link))
    illustrated.image.withdraw_consent(by=AdministratorFactory())

    assert addresses_of_pictures(read(client, link)) == []
    assert fetch(client, address).status_code == 404


def test_a_picture_whose_time_is_over_is_sent_to_nobody(client, illustrated, writer):
    link = illustrated.share(by=writer)
    [address] = addresses_of_pictures(read(client, link))
    type(illustrated.image).objects.update(valid_until=NOW.date() - timedelta(days=1))

    assert addresses_of_pictures(read(client, link)) == []
    assert fetch(client, address).status_code == 404


def test_a_picture_without_a_basis_in_law_is_not_shared(client, writer):
    item = NewsItemFactory(draft=True, image=ImageFactory(shows_identifiable_people=True))

    assert addresses_of_pictures(read(client, item.share(by=writer))) == []


def test_the_picture_of_a_draft_costs_four_queries(
    client, illustrated, writer, django_assert_num_queries
):
    [address] = addresses_of_pictures(read(client, illustrated.share(by=writer)))

    with django_assert_num_queries(4):
        assert fetch(client, address).status_code == 200


def test_a_public_picture_costs_no_more_with_a_link(client, writer, django_assert_num_queries):
    item = NewsItemFactory(image=image_with_files())
    [address] = addresses_of_pictures(read(client, item.share(by=writer)))

    with django_assert_num_queries(1):
        assert fetch(client, address).status_code == 200
