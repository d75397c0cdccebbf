from django import forms


class NewsFilter(forms.Form):
    """What the list's address may ask for."""

    ar = forms.IntegerField(required=False, min_value=1970, max_value=9998)
    omrade = forms.SlugField(required=False)
    sida = forms.IntegerField(required=False, min_value=1, max_value=100_000)
