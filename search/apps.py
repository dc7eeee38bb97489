from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Full-text search over the published articles."""

    name = "search"
    verbose_name = _("search")
