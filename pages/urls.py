from django.urls import path, re_path

from pages import views

app_name = "pages"

urlpatterns = [
    path("vill-du-veta-mer/", views.ResourceList.as_view(), name="resources"),
    path("tillganglighetsredogorelse/", views.Statement.as_view(), name="statement"),
    re_path(r"^om/(?P<path>[-\w]+(?:/[-\w]+){0,2})/$", views.PageDetail.as_view(), name="page"),
]
