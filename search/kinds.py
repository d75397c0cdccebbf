"""The kinds of content that can be found: those that say where their texts are to be looked for."""

from functools import cache

from django.apps import apps

from publishing.models import Content


@cache
def searched():
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Content) and model.searched_fields is not None
    ]


@cache
def model_of(kind):
    return apps.get_model(kind)


@cache
def of_group(group):
    """The kinds, as ``app_label.model``, that readers find under ``group``."""
    return [model._meta.label_lower for model in searched() if model.search_group == group]
