"""What the desk's pages share: read-only records, counts that link, region fields that tell places apart."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import (
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.db import models
from django.forms import Field, ModelChoiceField, ModelMultipleChoiceField
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from articles.admin.compared import Compared
from articles.admin.kept import KeptForm
from articles.models import Region


def region_label(region: Region) -> str:
    """A region with its path, code and years: 福建省三明市沙县区 350405, 2021–."""
    years = f"{region.since}–{region.until or ''}" if region.until or region.since > 1981 else ""
    return ", ".join(filter(None, (f"{region.full_name or region.name} {region.code}", years)))


class RegionLookup(AutocompleteJsonView):
    """Autocomplete that says which 鼓楼区 is meant."""

    def serialize_result(self, obj: Region, to_field_name: str) -> dict[str, str]:
        return {**super().serialize_result(obj, to_field_name), "text": region_label(obj)}


class _RegionLookUp:
    def get_url(self) -> str:
        return reverse("admin:articles_region_lookup")


class RegionWidget(_RegionLookUp, AutocompleteSelect):
    pass


class RegionsWidget(_RegionLookUp, AutocompleteSelectMultiple):
    pass


class RegionField(ModelChoiceField):
    def label_from_instance(self, obj: Region) -> str:
        return region_label(obj)


class RegionsField(ModelMultipleChoiceField):
    def label_from_instance(self, obj: Region) -> str:
        return region_label(obj)


class RegionFields(BaseModelAdmin):
    """Mixin for admins and inlines: every field that points at regions is a lookup with full names."""

    admin_site: admin.AdminSite

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest | None, **kwargs: Any) -> Any:
        """Without the entry that deletes what is chosen: it stands where one would look for emptying the field."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
        return field

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest | None, **kwargs: Any
    ) -> Field | None:
        if db_field.related_model is Region:
            kwargs |= {"widget": RegionWidget(db_field, self.admin_site), "form_class": RegionField}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField, request: HttpRequest | None, **kwargs: Any
    ) -> Field | None:
        if db_field.related_model is Region:
            kwargs |= {"widget": RegionsWidget(db_field, self.admin_site), "form_class": RegionsField}
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class DeskAdmin(Compared, KeptForm, RegionFields, ModelAdmin):
    """Lists come from `for_desk`, so that a page of a list is one query however much it shows."""

    list_per_page = 50
    show_full_result_count = False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Without Django's own way to delete many: what may be deleted at all is so one by one, as nothing hangs on it."""
        actions: dict[str, Any] = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        rows = super().get_queryset(request)
        return rows.for_desk() if hasattr(rows, "for_desk") else rows


class ReadOnly:
    """Mixin: to be looked at only."""

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


def link(url: str, text: object) -> SafeString:
    return format_html('<a class="desk-link" href="{}">{}</a>', url, text)


def changelist(model: str, **filters: object) -> str:
    """The address of a list in the admin, filtered."""
    return f"{reverse(f'admin:articles_{model}_changelist')}?{urlencode(filters)}"


def articles_count(lookup: str) -> Callable[[Any, models.Model], Any]:
    """A column that counts articles and links to their list, filtered by `lookup`."""

    @admin.display(description=_("articles"), ordering="article_count")
    def article_count(self: Any, obj: Any) -> Any:
        return (
            link(changelist("article", **{lookup: obj.pk}), obj.article_count) if obj.article_count else "0"
        )

    return article_count
