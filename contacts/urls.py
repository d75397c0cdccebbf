from django.urls import path

from contacts import views

app_name = "contacts"
urlpatterns = [
    path("", views.ContactUnitList.as_view(), name="list"),
    path("<slug:slug>/", views.ContactUnitDetail.as_view(), name="detail"),
]
