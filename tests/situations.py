"""Where a news item can stand, and every verb of it with what it fits, for tests of all of them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from publishing.models import Action, State, Version, WithdrawalReason
from tests.factories import AdministratorFactory, ContactFunctionFactory, NewsItemFactory

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
DAY = timedelta(days=1)


def row(item):
    """``item`` as it is in the database."""
    return type(item).objects.get(pk=item.pk)


def history(item):
    """What has been done with ``item``, the oldest first."""
    return list(Version.objects.of(item).values_list("action", flat=True))


def changed(**facts):
    item = NewsItemFactory(**facts)
    item.save_draft(by=AdministratorFactory(), values={"title_sv": "Nu"})
    return item


def changed_in_review():
    item = changed()
    item.submit(by=AdministratorFactory())
    return item


def with_waiting():
    item = changed()
    item.schedule(by=AdministratorFactory(), at=NOW + DAY)
    return item


def withdrawn(reason):
    return {"state": State.WITHDRAWN, "withdrawal_reason": reason}


SITUATIONS = {
    "draft": lambda: NewsItemFactory(draft=True),
    "in review": lambda: NewsItemFactory(state=State.IN_REVIEW, publish_at=None),
    "published": NewsItemFactory,
    "published later": lambda: NewsItemFactory(publish_at=NOW + DAY),
    "ended": lambda: NewsItemFactory(expire_at=NOW - DAY),
    "changed": changed,
    "changed in review": changed_in_review,
    "changes waiting": with_waiting,
    "archived": lambda: NewsItemFactory(state=State.ARCHIVED),
    "archived and changed": lambda: changed(state=State.ARCHIVED),
    "mistake": lambda: NewsItemFactory(**withdrawn(WithdrawalReason.MISTAKE)),
    "outdated": lambda: NewsItemFactory(**withdrawn(WithdrawalReason.OUTDATED)),
}
VERBS = {
    "save_draft": lambda item, by: item.save_draft(by=by, values={"lead_sv": "Ny ingress."}),
    "copy": lambda item, by: item.copy(by=by),
    "submit": lambda item, by: item.submit(by=by, note="Klar."),
    "send_back": lambda item, by: item.send_back(by=by, comment="Kortare."),
    "publish": lambda item, by: item.publish(by=by, note="Ut."),
    "schedule": lambda item, by: item.schedule(by=by, at=NOW + 2 * DAY, note="Sedan."),
    "unschedule": lambda item, by: item.unschedule(by=by),
    "withdraw": lambda item, by: item.withdraw(by=by, note="Fel årtal."),
    "archive": lambda item, by: item.archive(by=by, note="Gammal."),
    "mark_reviewed": lambda item, by: item.mark_reviewed(by=by, function=ContactFunctionFactory()),
    "pin": lambda item, by: item.pin(by=by, place=1),
}
# {verb: (a situation that it fits, what is recorded, with which note)}
ACTS = {
    "submit": ("draft", Action.SUBMITTED, "Klar."),
    "send_back": ("in review", Action.SENT_BACK, "Kortare."),
    "publish": ("draft", Action.PUBLISHED, "Ut."),
    "schedule": ("changed", Action.SCHEDULED, "Sedan."),
    "unschedule": ("changes waiting", Action.UNSCHEDULED, ""),
    "withdraw": ("published", Action.WITHDRAWN, "Fel årtal."),
    "archive": ("published", Action.ARCHIVED, "Gammal."),
    "mark_reviewed": ("published", Action.REVIEWED, ""),
    "save_draft": ("published", Action.SAVED, ""),
    "pin": ("published", Action.PINNED, ""),
}
