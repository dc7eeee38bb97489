"""Themes and their words, added at the desk; what they concern is read again in the background."""

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from articles import services
from articles.admin.actions import address
from articles.admin.seen import mark_of, was_seen
from articles.models import Theme, ThemeWord

WEIGHTS = [("5", _("strong: as good as says it")), ("3", _("middling")), ("1", _("weak: a hint"))]


STRENGTH = {5.0: _("strong"), 3.0: _("middling"), 1.0: _("weak")}


class WordsForm(forms.Form):
    """Words for a theme that is here or for a new one."""

    theme = forms.ModelChoiceField(
        Theme.objects.in_use(),
        label=_("theme"),
        required=False,
        empty_label=_("a new one"),
        widget=UnfoldAdminSelectWidget,
    )
    name = forms.CharField(
        label=_("name of the new theme"), required=False, max_length=Theme._meta.get_field("name").max_length,
        widget=UnfoldAdminTextInputWidget,
    )  # fmt: skip
    slug = forms.SlugField(
        label=_("its address"),
        required=False,
        help_text=_("Small letters and hyphens, as in “grassroots”."),
        error_messages={"invalid": _("Small letters, digits and hyphens only, as in “grassroots”.")},
        widget=UnfoldAdminTextInputWidget,
    )
    words = forms.CharField(
        label=_("words"), help_text=_("One a line."), widget=UnfoldAdminTextareaWidget(attrs={"rows": 6})
    )
    weight = forms.ChoiceField(
        label=_("weight"), choices=WEIGHTS, initial="3", widget=UnfoldAdminSelectWidget
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        asked = bool(cleaned.get("theme")), bool(cleaned.get("name"))
        if asked[0] == asked[1] and not {"theme", "name"} & self.errors.keys():
            self.add_error("theme", _("Choose a theme, or write the name of a new one."))
        if cleaned.get("name") and not cleaned.get("slug") and "slug" not in self.errors:
            self.add_error("slug", _("A new theme needs an address."))
        return cleaned

    @property
    def meant(self) -> Theme:
        """The theme, unsaved where it is new."""
        said = self.cleaned_data
        return said["theme"] or Theme(name=said["name"], slug=said["slug"])

    @property
    def listed(self) -> list[str]:
        return [word for word in re.split(r"[\s、，,；;]+", self.cleaned_data["words"]) if word]


class Learning(ModelAdmin):
    """Mixin for the themes' admin: the page of words."""

    actions_list = ("teach",)

    def has_teach_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("articles.add_themeword")

    @action(description=_("Add a theme or words…"), permissions=["teach"], url_path="teach")
    def teach(self, request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:articles_theme_words"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.words_view)
        return [path("words/", view, name="articles_theme_words"), *super().get_urls()]

    def words_view(self, request: HttpRequest) -> HttpResponse:
        """POST `do`: look says how many articles are concerned, save adds the words that it was shown for,
        forget takes `word` away, drop a `theme` that nothing stands under."""
        if not self.has_teach_permission(request):
            raise PermissionDenied
        do = request.POST.get("do", "")
        if do in ("forget", "drop"):
            return self._forget(request) if do == "forget" else self._drop(request)
        form = WordsForm(request.POST if do else None)
        outlook, mark = None, ""
        if form.is_valid():
            mark = mark_of(form.meant.slug, form.meant.name, form.listed, form.cleaned_data["weight"])
            if do == "save" and was_seen(request, mark) and (answer := self._save(request, form)):
                return answer
            outlook = services.foresee_words(form.meant, form.listed, float(form.cleaned_data["weight"]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Themes and their words"),
            "opts": self.opts,
            "form": form,
            "outlook": outlook,
            "mark": mark,
            "known": [
                (word, STRENGTH.get(word.weight, f"{word.weight:g}"))
                for word in ThemeWord.objects.select_related("theme", "added_by")
            ],
            "spare": services.spare_themes(),
            "may_forget": request.user.has_perm("articles.delete_themeword"),
        }
        return TemplateResponse(
            request, "admin/articles/words.html", context, status=422 if form.errors else 200
        )

    def _save(self, request: HttpRequest, form: WordsForm) -> HttpResponse | None:
        said = form.cleaned_data
        try:
            reading = services.learn(form.meant, form.listed, float(said["weight"]), request.user)
        except services.Refused as error:
            form.add_error(None, str(error))
            return None
        return HttpResponseRedirect(address(reading))

    def _drop(self, request: HttpRequest) -> HttpResponse:
        key = request.POST.get("theme", "")
        theme = Theme.objects.filter(pk=key).first() if key.isdigit() else None
        if theme is not None:
            try:
                services.drop_theme(theme, request.user)
                messages.success(request, now("The theme “%s” is gone.") % theme.name)
            except services.Refused as error:
                messages.error(request, str(error))
        return HttpResponseRedirect(reverse("admin:articles_theme_words"))

    def _forget(self, request: HttpRequest) -> HttpResponse:
        key = request.POST.get("word", "")
        word = ThemeWord.objects.select_related("theme").filter(pk=key).first() if key.isdigit() else None
        try:
            if word is not None:
                return HttpResponseRedirect(address(services.forget(word, request.user)))
        except services.Refused as error:
            messages.error(request, str(error))
        else:
            messages.info(request, now("The word is no longer here."))
        return HttpResponseRedirect(reverse("admin:articles_theme_words"))
