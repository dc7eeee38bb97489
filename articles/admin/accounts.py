"""Accounts and roles in the desk's own look, and the logins that were tried."""

from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import ManyToManyField
from django.forms import Field, ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from articles.admin.base import ReadOnly, link
from articles.admin.kept import KeptForm

DEEDS = {
    "view": _("look at"), "add": _("add"), "change": _("change"), "delete": _("delete"),
    "publish": _("publish"), "withdraw": _("withdraw"), "merge": _("merge"),
}  # fmt: skip

for model in (User, Group, AccessAttempt, AccessLog, AccessFailureLog):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


@admin.register(User)
class UserAdmin(KeptForm, DjangoUserAdmin, ModelAdmin):
    """A manager gives people their roles; whoever has one may enter. To make superusers is a superuser's."""

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "last_name", "in_groups", "is_active", "last_login")
    list_filter = ("groups", "is_active")
    filter_horizontal = ()
    readonly_fields = ("password_now", "last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password_now", "groups", "is_active", "is_superuser")}),
        (_("who it is"), {"fields": ("last_name", "first_name", "email")}),
        (_("since when"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "password1", "password2", "groups")}),)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("roles"))
    def in_groups(self, obj: User) -> str:
        return "、".join(group.name for group in obj.groups.all()) or "–"

    @admin.display(description=_("password"))
    def password_now(self, obj: User) -> SafeString:
        return link(reverse("admin:auth_user_password_change", args=[obj.pk]), now("give another one"))

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest | None = None, **options: Any
    ) -> Field | None:
        field = super().formfield_for_manytomany(db_field, request, **options)
        if field is not None and db_field.name == "groups":
            field.label, field.help_text = (
                _("roles"),
                _(
                    "编辑 uploads and corrects; 审核 publishes, withdraws and merges as well; 管理员 looks after accounts too. "
                    "Without a role one cannot work at the desk."
                ),
            )
            field.widget = UnfoldAdminCheckboxSelectMultipleWidget(choices=field.choices)
        return field

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        fields = tuple(super().get_readonly_fields(request, obj))
        return fields if request.user.is_superuser else (*fields, "is_superuser")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return self._may_touch(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return self._may_touch(request, obj) and super().has_delete_permission(request, obj)

    @staticmethod
    def _may_touch(request: HttpRequest, obj: User | None) -> bool:
        return obj is None or request.user.is_superuser or not obj.is_superuser

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        user = form.instance
        # A role is of no use without the door to the desk, nor the door without a role.
        user.is_staff = user.is_superuser or user.groups.exists()
        user.save(update_fields=["is_staff"])


@admin.register(Group)
class GroupAdmin(ReadOnly, ModelAdmin):
    """The roles, to be looked at: what each may do stands in the code and is brought back to that at each start."""

    list_display = ("name", "people")
    fields = ("name", "people", "may")
    readonly_fields = fields
    search_fields = ("name",)

    @admin.display(description=_("accounts"))
    def people(self, obj: Group) -> str:
        return "、".join(obj.user_set.order_by("username").values_list("username", flat=True)) or "–"

    @admin.display(description=_("may"))
    def may(self, obj: Group) -> SafeString:
        """A line for each kind of record: what may be done with it."""
        deeds: dict[str, list[str]] = {}
        for one in obj.permissions.select_related("content_type").order_by("content_type__model", "pk"):
            model = one.content_type.model_class()
            name = str(model._meta.verbose_name) if model else one.content_type.model
            deed = one.codename.partition("_")[0]
            deeds.setdefault(name, []).append(str(DEEDS.get(deed, deed)))
        lines = ((name, "、".join(may)) for name, may in deeds.items())
        return format_html(
            '<ul class="desk-warnings">{}</ul>', format_html_join("", "<li>{}: {}</li>", lines)
        )


@admin.register(AccessAttempt)
class AccessAttemptAdmin(ReadOnly, ModelAdmin):
    """Failed logins that still count; deleting one lets its account try again at once."""

    list_display = ("username", "ip_address", "failures_since_start", "attempt_time")
    search_fields = ("username", "ip_address")
    fields = ("username", "ip_address", "user_agent", "failures_since_start", "attempt_time")

    def has_delete_permission(self, request: HttpRequest, obj: AccessAttempt | None = None) -> bool:
        return request.user.has_perm("axes.delete_accessattempt")
