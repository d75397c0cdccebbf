from django.urls import path

from search import api, views

app_name = "search"
urlpatterns = [
    path("", views.SearchPage.as_view(), name="results"),
    path("forslag.json", api.Suggestions.as_view(), name="suggestions"),
    path("resultat.json", api.Results.as_view(), name="api"),
]
