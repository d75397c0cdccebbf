"""The signals of the project: something that residents see changes, and has changed."""

from copy import copy

from django.apps import apps
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import Signal

# Sent after the commit, with sender=the model class and instances=the changed objects: once for
# each kind, so that a receiver may do something costly even when a thousand rows are imported.
content_changed = Signal()
# Sent before, in the same transaction, with instance=one of them and Django's update_fields: for
# what must not be believed any more should the process die between the commit and the other one.
content_changing = Signal()
# Sent every night, by manage.py purge_bin: time to remove what is kept for some days only
night_has_come = Signal()


def watch_content():
    """Send both for every model that inherits Content, however it is written.

    Django's own signals are what fixtures, the admin's bulk deletion and the shell have in common:
    overriding save() would miss the first two.
    """
    from publishing.models import Content

    for model in apps.get_models():
        if not issubclass(model, Content):
            continue
        post_save.connect(_announce, sender=model)
        post_delete.connect(_announce, sender=model)
        for field in model._meta.local_many_to_many:
            m2m_changed.connect(_announce, sender=field.remote_field.through)


class _Announcement:
    """What a transaction has changed, told once for each kind when it is committed."""

    def __init__(self):
        self.changed = {}

    def __call__(self):
        for model, instances in self.changed.items():
            content_changed.send(sender=model, instances=instances)


def _announce(sender, instance, using, signal, action="post_save", update_fields=None, **kwargs):
    if action.startswith("pre_"):
        return
    if signal is post_delete:
        instance = copy(instance)  # Django takes the key from the other before the commit
    content_changing.send(sender=type(instance), instance=instance, update_fields=update_fields)
    pending = _pending(using)
    announcement = pending or _Announcement()
    announcement.changed.setdefault(type(instance), []).append(instance)
    if not pending:
        transaction.on_commit(announcement, using=using)


def _pending(using):
    """The announcement that waits for the same commit and would be rolled back with the same."""
    connection = transaction.get_connection(using)
    for savepoints, callback, _robust in reversed(connection.run_on_commit):
        if isinstance(callback, _Announcement) and savepoints == set(connection.savepoint_ids):
            return callback
    return None
