from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path
from django.views.generic import RedirectView

from pages.views import document
from publishing.shared import shared
from trollhattan_portal import views
from trollhattan_portal.feeds import NewsAtomFeed, NewsFeed
from trollhattan_portal.sitemaps import SITEMAPS

handler400 = "trollhattan_portal.views.bad_request"
handler404 = "trollhattan_portal.missing.not_found"
handler500 = "trollhattan_portal.views.server_error"

# For machines and the back office: one address, no language
urlpatterns = [
    path("admin/", admin.site.urls),
    path("konto/", include("trollhattan_portal.account_urls")),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("media/documents/<str:name>", document, name="document"),
    path("media/", include("images.urls")),
    path("delad/<str:token>/", shared, name="shared"),
    path("halsa/", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("nyheter/rss.xml", NewsFeed(), name="rss"),
    path("nyheter/atom.xml", NewsAtomFeed(), name="atom"),
    path(
        "sitemap.xml",
        sitemap_views.index,
        {"sitemaps": SITEMAPS, "sitemap_url_name": "section"},
        name="sitemap",
    ),
    path("sitemap-<section>.xml", sitemap_views.sitemap, {"sitemaps": SITEMAPS}, name="section"),
    path("plats-for-alla/", RedirectView.as_view(pattern_name="start", permanent=True)),
]

# For residents: Swedish without prefix, the other languages with theirs
urlpatterns += i18n_patterns(
    path("", views.Start.as_view(), name="start"),
    path("fokusomraden/", include("focus_areas.urls")),
    path("insatser/", include("initiatives.urls")),
    path("nyheter/", include("news.urls")),
    path("kontakt/", include("contacts.urls")),
    path("sok/", include("search.urls")),
    path("opensearch.xml", views.opensearch, name="opensearch"),
    path("webbplatskarta/", views.SiteMap.as_view(), name="site_map"),
    path("", include("pages.urls")),
    prefix_default_language=False,
)
