"""Where everything is. `articles.urls` and `search.urls` own their pages."""

from django.contrib import admin
from django.urls import include, path

from archive.health import healthz
from archive.kept import standing
from archive.status import status

handler403 = "articles.admin.refused.not_allowed"
handler500 = "archive.errors.at_fault"

urlpatterns = [
    path("admin/status/", admin.site.admin_view(status), name="status"),
    path("admin/standing/", standing, name="standing"),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("healthz", healthz, name="healthz"),
    path("", include("search.urls")),
    path("", include("articles.urls")),
]
