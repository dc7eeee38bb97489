"""What hangs on an article, as tables on its page."""

from decimal import Decimal
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models
from django.db.models import Max
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.widgets import UnfoldAdminTextInputWidget

from articles.admin.base import ReadOnly, RegionFields, region_label
from articles.admin.bench_words import evidence_words
from articles.forms import NumberField
from articles.models import Article, Byline, Evidence, MechanismMention, Metric, Origin, Region
from articles.models.record import Spanned
from articles.rule_words import rule_words
from articles.versioned import Versioned

SPAN = ("quote", "read_by", "sure")

REGIONS = ("primary_region", "also_regions")
"""Fields whose evidence has the code of a place for its value."""


class Proved:
    """Mixin for rows read by a rule: the rule in words, and how sure it was as a share."""

    @admin.display(description=_("rule"))
    def read_by(self, obj: Spanned) -> str:
        return rule_words(obj.rule)

    @admin.display(description=_("confidence"))
    def sure(self, obj: Spanned) -> str:
        return f"{round(100 * obj.confidence)} %"


class KnownChoices(Versioned):
    """A row whose lookups show the related records that came with it and ask the database for none."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, value in self.initial.items():
            if isinstance(value, Decimal):  # 46, not 46.000000
                self.initial[name] = Decimal(format(value.normalize(), "f"))
        if not self.instance.pk and "origin" in self.fields:
            self.initial["origin"] = Origin.PERSON
        for name, field in self.fields.items():
            if getattr(field, "_choices", None) and not field.required:
                field.choices = [(key, label if key else "–") for key, label in field.choices]
            select = getattr(field.widget, "widget", field.widget)
            if isinstance(select, AutocompleteSelect):
                select.optgroups = _optgroups(select, self.instance, name)


def _optgroups(select: AutocompleteSelect, row: models.Model, name: str) -> Any:
    ordinary = select.optgroups

    def optgroups(
        chosen: str, value: list[str], attr: dict[str, Any] | None = None
    ) -> list[tuple[str | None, list[dict[str, Any]], int]]:
        key = getattr(row, f"{name}_id", None)
        wanted = [v for v in value if v not in (None, "")]
        if wanted and wanted != [str(key)]:
            return ordinary(chosen, value, attr)
        empty = [] if select.is_required else [select.create_option(chosen, "", "", False, 0)]
        if not wanted:
            return [(None, empty, 0)]
        related = getattr(row, name)
        label = region_label(related) if isinstance(related, Region) else str(related)
        return [(None, [*empty, select.create_option(chosen, key, label, True, 0)], 0)]

    return optgroups


class FieldInline(RegionFields, TabularInline):
    form = KnownChoices
    formfield_overrides: ClassVar = {
        models.DecimalField: {"form_class": NumberField, "widget": UnfoldAdminTextInputWidget}
    }
    extra = 0
    show_change_link = False
    hide_title = True
    tab = True
    related: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related(*self.related)


class SpannedInline(Proved, FieldInline):
    """Rows read by a rule. A wrong one is marked rejected, not deleted: what the machine read stays known."""

    readonly_fields = SPAN
    per_page = 100  # a page of figures alone has thousands, and each is a form

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class Signatures(BaseInlineFormSet):
    """A signature that is added comes last, unless somebody said where."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """A row that is added shows the place after the last."""
        options: dict[str, Any] = super().get_form_kwargs(index)
        if index is None or index >= self.initial_form_count():
            options["initial"] = {"position": self._last + 1}
        return options

    @cached_property
    def _last(self) -> int:
        last = Byline.objects.filter(article=self.instance).aggregate(last=Max("position"))["last"]
        return -1 if last is None else int(last)

    def save_new(self, form: ModelForm, commit: bool = True) -> Byline:
        if "position" not in form.changed_data:
            added = [other.instance.position for other in self.extra_forms if other.instance.article_id]
            form.instance.position = max([self._last, *added]) + 1
        return super().save_new(form, commit)


class BylineInline(FieldInline):
    model = Byline
    formset = Signatures
    fields = ("author", "kind", "role", "body", "region", "position", "version")
    autocomplete_fields = ("author",)
    related = ("author__region", "region")


class MentionInline(SpannedInline):
    model = MechanismMention
    fields = ("mechanism", "name", "kind", "origin", *SPAN, "version")
    autocomplete_fields = ("mechanism",)
    related = ("mechanism",)


class MetricInline(SpannedInline):
    model = Metric
    fields = ("subject", "value", "value_max", "qualifier", "unit", "of", "kind", "origin", *SPAN, "version")


class EvidenceInline(Proved, ReadOnly, TabularInline):
    """The words under each field, as the parser found them: a plain table, as forms for some thirty rows took most of
    the page's time."""

    model = Evidence
    fields = ()
    extra = 0
    tab = True
    template = "admin/articles/evidence.html"
    verbose_name_plural = _("evidence")
    article: Article | None = None

    def get_formset(self, request: HttpRequest, obj: Article | None = None, **options: Any) -> Any:
        self.article = obj  # an inline lives for one request and shows one article
        return super().get_formset(request, obj, **options)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).none()

    def rows(self) -> list[tuple[Any, ...]]:
        """Field, value, quote, rule, confidence and origin; the value of a region, which is kept as its code, as its name."""
        found = list(Evidence.objects.filter(article=self.article).order_by("field", "start"))
        codes = [row.value for row in found if row.field in REGIONS]
        named = Region.objects.filter(code__in=codes).values_list("code", "full_name", "name")
        names = {code: full or name for code, full, name in named}
        return [
            (
                evidence_words(row.field), names.get(row.value, row.value) if row.field in REGIONS else row.value,
                row.quote, self.read_by(row), self.sure(row), row.get_origin_display(),
            )
            for row in found
        ]  # fmt: skip
