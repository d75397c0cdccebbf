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
