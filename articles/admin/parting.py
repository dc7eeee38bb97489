"""One author who is two people: the signatures of the other are chosen in one form, looked at, and given away."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action
from unfold.widgets import UnfoldAdminTextInputWidget

from articles import services
from articles.admin.base import RegionField, RegionWidget, link
from articles.admin.decisions import address
from articles.admin.seen import mark_of, was_seen
from articles.models import Article, Author, Region

MOST = 500


class OtherForm(forms.Form):
    """Who the other person is. `chosen` are keys of bylines, from the list beside the form."""

    name = forms.CharField(
        label=_("name of the other person"), max_length=Author._meta.get_field("name").max_length,
        widget=UnfoldAdminTextInputWidget,
    )  # fmt: skip
    region = RegionField(
        Region.objects.filter(merged_into=None),
        label=_("place of the other person"),
        required=False,
        widget=RegionWidget(Article._meta.get_field("region"), admin.site),
    )
    note = forms.CharField(
        label=_("distinguished by"), max_length=Author._meta.get_field("note").max_length, required=False,
        help_text=_(
            "Needed where the other person has the same name and place: what they are, in a few words, for example"
            " 县政协委员 or 县融媒体中心. Signatures to come go to the one whose words suit their role."
        ),
        widget=UnfoldAdminTextInputWidget,
    )  # fmt: skip


class Parting(ModelAdmin):
    """Mixin for the authors' admin: the page that parts one author into two."""

    actions_detail = ("two_people",)

    def has_part_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("articles.merge_author")

    @action(description=_("These are two people…"), permissions=["part"], url_path="two-people")
    def two_people(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:articles_author_part", args=[object_id]))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.part_view)
        return [path("<int:pk>/part/", view, name="articles_author_part"), *super().get_urls()]

    def part_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """POST `do`: look says what would move of the bylines `chosen`, save moves it if it is what was shown."""
        if not self.has_part_permission(request):
            raise PermissionDenied
        row = Author.objects.select_related("region").filter(pk=pk, merged_into=None).first()
        if row is None:
            raise Http404
        do = request.POST.get("do", "")
        chosen = {int(key) for key in request.POST.getlist("chosen") if key.isdigit() and len(key) < 19}
        form = OtherForm(request.POST if do else None, initial={"name": row.name, "region": row.region_id})
        plan, mark = None, ""
        if form.is_valid():
            said = form.cleaned_data
            try:
                other = {name: said[name] for name in ("name", "region", "note")}
                plan = services.foresee_part(row, chosen, **other)
                mark = mark_of(
                    row.pk, plan.other.pk, said["name"], said["region"] and said["region"].pk, said["note"],
                    *([byline.pk for byline in some] for some in (plan.moving, plan.stays)),
                )  # fmt: skip
                if do == "save" and was_seen(request, mark):
                    decision = services.part(row, chosen, **other, user=request.user)
                    given = now("Bylines of “%(name)s” are given to “%(into)s”.")
                    given %= {"name": decision.name, "into": decision.into_name}
                    back = link(address(decision), now("Undo…"))
                    messages.success(request, format_html("{} {}", given, back))
                    return HttpResponseRedirect(reverse("admin:articles_decision_changelist"))
            except services.Refused as error:
                form.add_error(None, str(error))
        bylines = row.bylines.select_related("article", "region").order_by(
            "-article__date", "-article", "kind"
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("These are two people"),
            "opts": self.opts,
            "row": row,
            "form": form,
            "media": self.media + form.media,
            "chosen": chosen,
            "plan": plan,
            "mark": mark,
            "bylines": bylines.defer("article__body", "article__text", "article__machine")[:MOST],
            "more": max(bylines.count() - MOST, 0),
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/articles/part.html", context, status=status)
