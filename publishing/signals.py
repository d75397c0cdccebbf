"""The one signal of the project: something that residents see has changed, and is committed."""

from functools import partial

from django.apps import apps
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import Signal

# Sent with sender=the model class and instance=the changed object, after the commit.
content_changed = Signal()


def watch_content():
    """Send content_changed for every model that inherits Content, however it is written.

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


def _announce(sender, instance, using, action="post_save", **kwargs):
    if action.startswith("pre_"):
        return
    send = partial(content_changed.send, sender=type(instance), instance=instance)
    transaction.on_commit(send, using=using)
