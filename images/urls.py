from django.urls import re_path

from images import views

app_name = "images"
urlpatterns = [
    re_path(
        r"^renditions/(?P<pk>[0-9]{1,18})/(?P<key>[0-9a-f]{12})/"
        r"(?P<name>[a-z0-9_-]+\.(?:avif|webp|jpg))\Z",
        views.rendition,
        name="rendition",
    ),
    re_path(r"^bilder/(?P<pk>[0-9]{1,18})\Z", views.picture, name="picture"),
    re_path(r"^masters/(?P<name>[a-z0-9_-]+\.webp)\Z", views.master, name="master"),
]
