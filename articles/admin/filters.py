"""Filters of the desk's lists that are no plain column."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import Region


class ProvinceFilter(admin.SimpleListFilter):
    """Articles of a province-level division and every place inside it: the first two digits of the code."""

    title = _("province")
    parameter_name = "province"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        provinces = Region.objects.filter(code__endswith="0000", until=None).values_list("code", "name")
        return [(code[:2], name) for code, name in provinces]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(region__code__startswith=self.value()) if self.value() else queryset


class WarningFilter(admin.SimpleListFilter):
    title = _("to check")
    parameter_name = "warned"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("with things to check")), ("no", _("nothing to check"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "yes":
            return queryset.exclude(warnings=[])
        return queryset.filter(warnings=[]) if self.value() == "no" else queryset


class ProgressFilter(admin.SimpleListFilter):
    """Uploads with files under way, or with failed ones."""

    title = _("state")
    parameter_name = "files"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("under_way", _("Uploads under way")), ("failed", _("Uploads with failed files"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "under_way":
            return queryset.filter(under_way_count__gt=0)
        return queryset.filter(failed_count__gt=0) if self.value() == "failed" else queryset
