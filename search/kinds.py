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
def most_first():
    """The same, those first of which there will be most: databases ask in this order."""
    return sorted(searched(), key=lambda model: model.search_group != "nyheter")


@cache
def model_of(kind):
    return apps.get_model(kind)


@cache
def of_group(group):
    """The kinds, as ``app_label.model``, that readers find under ``group``."""
    return [model._meta.label_lower for model in searched() if model.search_group == group]
