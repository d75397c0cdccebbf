from django.urls import path

from focus_areas import views

app_name = "focus_areas"

# /fokusomraden/
urlpatterns = [
    path("", views.FocusAreaList.as_view(), name="list"),
    path("<slug:slug>/", views.FocusAreaDetail.as_view(), name="detail"),
]
