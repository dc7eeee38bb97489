"""What is to change in every article of a selection; “leave unchanged” unless somebody says otherwise."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminSelectWidget

from articles.admin.base import RegionField, RegionWidget
from articles.models import Article, Level, Region, State, Theme
from articles.services import Changes

KEEP = ("", _("leave unchanged"))
NONE = "-"
STATES = (
    (State.PUBLISHED, _("publish"), "articles.publish_article"),
    (State.IN_REVIEW, _("send to review"), "articles.change_article"),
    (State.WITHDRAWN, _("withdraw"), "articles.withdraw_article"),
)


class BulkForm(forms.Form):
    """State, level, region and themes of a selection. Offers only states that `user` may give to some article."""

    state = forms.ChoiceField(label=_("state"), required=False, widget=UnfoldAdminSelectWidget)
    level = forms.ChoiceField(
        label=_("level"),
        required=False,
        choices=[KEEP, (NONE, _("none")), *Level.choices],
        widget=UnfoldAdminSelectWidget,
    )
    region = RegionField(
        Region.objects.all(), label=_("region"), required=False,
        help_text=_("Left empty, the regions stay unchanged."),
        widget=RegionWidget(Article._meta.get_field("region"), admin.site),
    )  # fmt: skip
    no_region = forms.BooleanField(label=_("take the region away"), required=False)
    how = forms.ChoiceField(
        label=_("themes"),
        required=False,
        choices=[
            KEEP,
            ("add", _("add those ticked below")),
            ("remove", _("remove those ticked below")),
            ("set", _("only those ticked below")),
        ],
        widget=UnfoldAdminSelectWidget,
    )
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.in_use(),
        label=_("which themes"),
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )

    def __init__(self, user: AbstractBaseUser, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["state"].choices = [
            KEEP,
            *((s, label) for s, label, right in STATES if user.has_perm(right)),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("region") and cleaned.get("no_region"):
            self.add_error("region", _("Choose a region or take it away, not both."))
        if cleaned.get("themes") and not cleaned.get("how"):
            self.add_error("how", _("Say what is to become of the themes that are ticked."))
        if cleaned.get("how") and not cleaned.get("themes"):
            self.add_error("themes", _("Tick one theme at least."))
        if not self.errors and self.changes().nothing:
            raise forms.ValidationError(_("Everything would be left unchanged: choose what is to change."))
        return cleaned

    @staticmethod
    def initial_of(changes: Changes) -> dict[str, Any]:
        """What the form says for changes that were asked for already."""
        level = NONE if changes.level == "" else changes.level or ""
        themes = {"how": changes.how, "themes": list(changes.themes)} if changes.themes else {}
        region = {"region": changes.region or None, "no_region": changes.region == 0}
        return {"state": changes.state or "", "level": level, **region, **themes}

    def changes(self) -> Changes:
        """What the form asks for, for `services.ask`."""
        said = self.cleaned_data
        region = said["region"].pk if said["region"] else 0 if said["no_region"] else None
        level = {"": None, NONE: ""}.get(said["level"], said["level"])
        themes = tuple(sorted(theme.pk for theme in said["themes"])) if said["how"] else None
        return Changes(said["state"] or None, level, region, themes, said["how"] or "add")
