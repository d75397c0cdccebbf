from django.urls import path

from news import views

app_name = "news"

# /nyheter/
urlpatterns = [
    path("", views.NewsList.as_view(), name="list"),
    path("<slug:slug>/", views.NewsDetail.as_view(), name="detail"),
]
