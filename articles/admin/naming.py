"""Further names of places, added at the desk; what holds them is read again in the background."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action
from unfold.widgets import UnfoldAdminTextInputWidget

from articles import services
from articles.admin.actions import address
from articles.admin.base import RegionField, RegionWidget
from articles.admin.seen import mark_of, was_seen
from articles.models import Article, PlaceName, Region


class NameForm(forms.Form):
    """A name as papers write it, and the place that it stands for."""

    name = forms.CharField(
        label=_("name"), max_length=PlaceName._meta.get_field("name").max_length, widget=UnfoldAdminTextInputWidget,
        help_text=_("As papers write it, for example the name of a development zone or a misprint."),
    )  # fmt: skip
    region = RegionField(
        Region.objects.filter(merged_into=None),
        label=_("stands for"),
        widget=RegionWidget(Article._meta.get_field("region"), admin.site),
    )


class Naming(ModelAdmin):
    """Mixin for the regions' admin: the page of further names."""

    actions_list = ("names",)

    def has_name_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("articles.add_placename")

    @action(description=_("Further names of places…"), permissions=["name"], url_path="further-names")
    def names(self, request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:articles_place_names"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.names_view)
        return [path("names/", view, name="articles_place_names"), *super().get_urls()]

    def names_view(self, request: HttpRequest) -> HttpResponse:
        """POST `do`: look says how many articles hold the name, save adds it if that was shown, forget takes `name` (a
        key) away."""
        if not self.has_name_permission(request):
            raise PermissionDenied
        do = request.POST.get("do", "")
        if do == "forget":
            return self._forget(request)
        form = NameForm(request.POST if do else None)
        count, mark = None, ""
        if form.is_valid():
            said = form.cleaned_data
            count, mark = len(services.affected([said["name"]])), mark_of(said["name"], said["region"].pk)
            try:
                if do == "save" and was_seen(request, mark):
                    reading = services.name_place(said["region"], said["name"], request.user)
                    return HttpResponseRedirect(address(reading))
            except services.Refused as error:
                form.add_error("name", str(error))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Further names of places"),
            "opts": self.opts,
            "form": form,
            "media": self.media + form.media,
            "count": count,
            "mark": mark,
            "known": PlaceName.objects.select_related("region", "added_by"),
            "may_forget": request.user.has_perm("articles.delete_placename"),
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/articles/place_names.html", context, status=status)

    def _forget(self, request: HttpRequest) -> HttpResponse:
        key = request.POST.get("name", "")
        name = PlaceName.objects.select_related("region").filter(pk=key).first() if key.isdigit() else None
        try:
            if name is not None:
                return HttpResponseRedirect(address(services.forget_place(name, request.user)))
        except services.Refused as error:
            messages.error(request, str(error))
        else:
            messages.info(request, now("The name is no longer here."))
        return HttpResponseRedirect(reverse("admin:articles_place_names"))
