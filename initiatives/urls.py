from django.urls import path

from initiatives import views

app_name = "initiatives"

# /insatser/
urlpatterns = [
    path("", views.InitiativeList.as_view(), name="list"),
    path("<slug:slug>/", views.InitiativeDetail.as_view(), name="detail"),
]
