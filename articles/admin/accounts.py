"""Accounts and roles in the desk's own look, and the logins that were tried."""

from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import ManyToManyField, QuerySet
from django.forms import Field, ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from articles import services
from articles.admin.base import ReadOnly, link
from articles.admin.compared import Compared
from articles.admin.kept import KeptForm
from articles.roles import EDITOR, MANAGER, REVIEWER
from articles.versioned import Versioned

DEEDS = {
    "view": _("look at"), "add": _("add"), "change": _("change"), "delete": _("delete"),
    "publish": _("publish"), "withdraw": _("withdraw"), "merge": _("merge"),
}  # fmt: skip

ROLE_WORDS = {EDITOR.name: _("editor"), REVIEWER.name: _("reviewer"), MANAGER.name: _("manager")}


def called(group: Group) -> str:
    """A role in the reader's language; a group of somebody's own by its name."""
    return str(ROLE_WORDS.get(group.name, group.name))


for model in (User, Group, AccessAttempt, AccessLog, AccessFailureLog):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


class AccountForm(Versioned, UserChangeForm):
    """Refuses what would lock out whoever asks, or everybody. `asked_by` is set by the admin for each request."""

    asked_by: User

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.errors or self.instance.pk is None:
            return said
        # Fields that are not on the form stay as they are.
        state = User.objects.get(pk=self.instance.pk)
        now_is = {
            "active": said.get("is_active", state.is_active),
            "superuser": said.get("is_superuser", state.is_superuser),
            "groups": said["groups"] if "groups" in said else state.groups.all(),
        }
        try:
            if state.pk == self.asked_by.pk:
                services.check_own(state, **now_is)
            services.check_keepers(state, **now_is)
        except services.Refused as error:
            self.add_error(None, str(error))
        return said


@admin.register(User)
class UserAdmin(Compared, KeptForm, DjangoUserAdmin, ModelAdmin):
    """A manager gives people their roles; whoever has one may enter. To make superusers is a superuser's.

    Whoever has done anything is switched off, not deleted: their name stays in the histories.
    """

    form = AccountForm
    delete_confirmation_template = "admin/articles/delete_account.html"
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "full_name", "in_groups", "is_active", "last_login")
    list_filter = ("groups", "is_active")
    filter_horizontal = ()
    readonly_fields = ("password_now", "last_login", "date_joined", "done")
    fieldsets = (
        (None, {"fields": ("username", "password_now", "groups", "is_active", "is_superuser")}),
        (_("personal details"), {"fields": ("last_name", "first_name", "email")}),
        (_("dates"), {"fields": ("last_login", "date_joined", "done")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "password1", "password2", "groups")}),)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("name of the person"), ordering="last_name")
    def full_name(self, obj: User) -> str:
        """In the Chinese order; a blank only between names in Latin letters."""
        name = f"{obj.last_name} {obj.first_name}".strip()
        return (name if name.isascii() else name.replace(" ", "")) or "–"

    @admin.display(description=_("roles"))
    def in_groups(self, obj: User) -> str:
        names = [str(_("superuser"))] if obj.is_superuser else []
        return now(", ").join([*names, *map(called, obj.groups.all())]) or now("none: cannot log in")

    @admin.display(description=_("recorded under this name"))
    def done(self, obj: User) -> str:
        """How much names the account, and so whether it can be deleted."""
        count = services.traces(obj)
        if not count:
            return now("Nothing so far; the account can be deleted.")
        return (
            now(
                "%d records (changes, uploads, decisions …). The account cannot be deleted, as these would stand under no "
                "name; whoever leaves is switched off: take the tick from “active” away."
            )
            % count
        )

    @admin.display(description=_("password"))
    def password_now(self, obj: User) -> SafeString:
        return link(reverse("admin:auth_user_password_change", args=[obj.pk]), now("set a new password"))

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest | None = None, **options: Any
    ) -> Field | None:
        field = super().formfield_for_manytomany(db_field, request, **options)
        if field is not None and db_field.name == "groups":
            field.label, field.help_text = (
                _("roles"),
                _(
                    "An editor uploads and corrects; a reviewer publishes, withdraws and merges as well; a manager looks "
                    "after accounts too. Without a role one cannot work at the desk."
                ),
            )
            field.label_from_instance = called
            field.widget = UnfoldAdminCheckboxSelectMultipleWidget(choices=field.choices)
        return field

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        fields = tuple(super().get_readonly_fields(request, obj))
        return fields if request.user.is_superuser else (*fields, "is_superuser")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return self._may_touch(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        if obj is not None and (obj.pk == request.user.pk or services.has_traces(obj)):
            return False
        return self._may_touch(request, obj) and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """None that deletes many at once: each account is looked at by itself."""
        return {name: one for name, one in super().get_actions(request).items() if name != "delete_selected"}

    def get_form(self, request: HttpRequest, obj: User | None = None, **options: Any) -> type[ModelForm]:
        form = super().get_form(request, obj, **options)
        if issubclass(form, AccountForm):
            form.asked_by = request.user
        return form

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Says why an account stays, where it does, rather than that this is not allowed."""
        user = self.get_object(request, unquote(object_id))
        may = self._may_touch(request, user) and super().has_delete_permission(request, user)
        if user is None or not may or self.has_delete_permission(request, user):
            try:
                return super().delete_view(request, object_id, extra_context)
            except services.Refused as error:  # somebody acted under the name meanwhile
                said = str(error)
        else:
            said = now("Nobody deletes their own account.") if user.pk == request.user.pk else self.done(user)
        messages.warning(request, said)
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[object_id]))

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """With an empty list of changes: nothing stood under the name (see `past.erased_accounts`)."""
        return LogEntry.objects.log_actions(request.user.pk, queryset, DELETION, change_message=[])

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        services.remove_account(obj, request.user)

    @staticmethod
    def _may_touch(request: HttpRequest, obj: User | None) -> bool:
        return obj is None or request.user.is_superuser or not obj.is_superuser

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        user = form.instance
        # A role is of no use without the door to the desk, nor the door without a role.
        user.is_staff = user.is_superuser or user.groups.exists()
        user.save(update_fields=["is_staff"])
        if not user.is_staff:
            messages.warning(request, now("“%s” has no role and so cannot work at the desk.") % user)


@admin.register(Group)
class GroupAdmin(ReadOnly, ModelAdmin):
    """The roles, to be looked at: what each may do stands in the code and is brought back to that at each start."""

    list_display = ("role", "people")
    fields = ("role", "people", "may")
    readonly_fields = fields
    search_fields = ("name",)

    @admin.display(description=_("name"), ordering="name")
    def role(self, obj: Group) -> str:
        return called(obj)

    @admin.display(description=_("accounts"))
    def people(self, obj: Group) -> str:
        return now(", ").join(obj.user_set.order_by("username").values_list("username", flat=True)) or "–"

    @admin.display(description=_("may"))
    def may(self, obj: Group) -> SafeString:
        """A line for each kind of record: what may be done with it."""
        deeds: dict[str, list[str]] = {}
        for one in obj.permissions.select_related("content_type").order_by("content_type__model", "pk"):
            model = one.content_type.model_class()
            name = str(model._meta.verbose_name) if model else one.content_type.model
            deed = one.codename.partition("_")[0]
            deeds.setdefault(name, []).append(str(DEEDS.get(deed, deed)))
        lines = (
            (now("%(name)s: %(value)s") % {"name": name, "value": now(", ").join(may)},)
            for name, may in deeds.items()
        )
        return format_html('<ul class="desk-warnings">{}</ul>', format_html_join("", "<li>{}</li>", lines))


@admin.register(AccessAttempt)
class AccessAttemptAdmin(ReadOnly, ModelAdmin):
    """Failed logins that still count; deleting one lets its account try again at once."""

    list_display = ("account", "address", "failures", "since")
    search_fields = ("username", "ip_address")
    fields = ("account", "address", "browser", "failures", "since")
    readonly_fields = fields
    actions = ("release",)

    @admin.display(description=_("account"), ordering="username")
    def account(self, obj: AccessAttempt) -> str:
        return obj.username or "–"

    @admin.display(description=_("address"), ordering="ip_address")
    def address(self, obj: AccessAttempt) -> str:
        return obj.ip_address or "–"

    @admin.display(description=_("browser"))
    def browser(self, obj: AccessAttempt) -> str:
        return obj.user_agent or "–"

    @admin.display(description=_("wrong passwords"), ordering="failures_since_start")
    def failures(self, obj: AccessAttempt) -> str:
        locked = obj.failures_since_start >= settings.AXES_FAILURE_LIMIT
        return f"{obj.failures_since_start} · {now('locked')}" if locked else str(obj.failures_since_start)

    @admin.display(description=_("last"), ordering="attempt_time")
    def since(self, obj: AccessAttempt) -> str:
        return date_format(localtime(obj.attempt_time), "DATETIME_FORMAT")

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    @admin.action(description=_("Allow to log in again at once"), permissions=["delete"])
    def release(self, request: HttpRequest, queryset: QuerySet[AccessAttempt]) -> None:
        names = "、".join(dict.fromkeys(queryset.values_list("username", flat=True)))
        queryset.delete()
        messages.success(request, now("Can log in again: %s.") % names)

    def has_delete_permission(self, request: HttpRequest, obj: AccessAttempt | None = None) -> bool:
        return request.user.has_perm("axes.delete_accessattempt")
