"""What people type: an upload, and an article's fields."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    FILE_CLASSES,
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from articles.bodytext import to_text
from articles.days import iso
from articles.ingest.fields.metrics import numerals
from articles.ingest.readers import ENCODINGS
from articles.ingest.record import IssueInfo
from articles.models import Article, Issue, Page, Publication
from articles.models.source import check_date
from articles.versioned import Versioned

RECENT_ISSUES = 300
ACCEPTED = ".txt,.md,.docx,.html,.htm,.pdf,.zip,text/plain"


class FilesInput(forms.ClearableFileInput):
    """Several files at once, in a box of their own: the desk's script writes the name of a chosen file into the first
    text field that stands three elements up, and that must not be the publication's."""

    allow_multiple_selected = True

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        box = "<div><div><div>{}</div></div><input type='text' hidden disabled></div>"
        return format_html(box, super().render(*args, **kwargs))


class FilesField(forms.FileField):
    """One or several files; cleans to a list. Empty and large ones pass: the service names their fault."""

    def __init__(self, **options: Any) -> None:
        widget = FilesInput(attrs={"accept": ACCEPTED, "class": " ".join(FILE_CLASSES), "multiple": True})
        super().__init__(widget=widget, allow_empty_file=True, **options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = (data if isinstance(data, list | tuple) else [data]) or [None]
        return [super(FilesField, self).clean(one, initial) for one in files]


_NUMBER = re.compile(r"(?:总?第|总)?\s*([0-9A-Za-z][0-9A-Za-z./-]*)\s*期?")


def bare_number(text: str) -> str:
    """The number of an issue without what stands round it in print: 第43期, 总第 9137 期; other words as they are."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return found[1] if found else text


class DateField(forms.CharField):
    """A day, a month or a year as people write it; cleans to ISO. Refuses what the calendar does not have."""

    default_validators = (check_date,)

    def __init__(self, **options: Any) -> None:
        said = _("Such as 2024-07-16, or as the paper prints it; the month or the year alone will do.")
        # 2024年11月16日 星期六 is longer than what is stored of it.
        super().__init__(**{**options, "help_text": said, "max_length": 40})

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return iso(text) or text


class NumberField(forms.DecimalField):
    """A number as people write it: 36000, 36,000, 3.6万, 三百二十. In a plain box: one with arrows changes under a wheel."""

    widget = UnfoldAdminTextInputWidget

    def to_python(self, value: Any) -> Decimal | None:
        number = numerals.alone(unicodedata.normalize("NFKC", str(value or "")))
        if number and (number.qualifier or number.value_max):
            raise forms.ValidationError(
                _(
                    "Write one plain number here; what qualifies it and the end of a range have boxes of their own."
                )
            )
        return super().to_python(str(number.value) if number else value)


class UploadForm(forms.Form):
    """Files, the issue that they belong to (known, or publication, date and number), whether to publish."""

    files = FilesField(
        label=_("page texts"),
    )
    issue = forms.ModelChoiceField(
        Issue.objects.none(),
        required=False,
        label=_("issue"),
        empty_label=_("as typed below, or as the pages say"),
        widget=UnfoldAdminSelectWidget,
    )
    publication = forms.CharField(
        label=_("publication"),
        required=False,
        max_length=Publication._meta.get_field("name").max_length,
        widget=UnfoldAdminTextInputWidget(attrs={"list": "publications", "autocomplete": "off"}),
    )
    date = DateField(
        label=_("date"),
        required=False,
        widget=UnfoldAdminTextInputWidget,
    )
    number = forms.CharField(
        label=_("number"),
        required=False,
        max_length=Issue._meta.get_field("number").max_length,
        widget=UnfoldAdminTextInputWidget,
    )
    page = forms.CharField(
        label=_("page"),
        required=False,
        max_length=Page._meta.get_field("number").max_length,
        help_text=_("Only for a single file; otherwise the file names and the pages say."),
        widget=UnfoldAdminTextInputWidget,
    )
    encoding = forms.ChoiceField(
        label=_("encoding"),
        required=False,
        choices=[("", _("detected")), *((e, e.upper()) for e in ENCODINGS)],
        help_text=_("Of plain text. Choose one only where the text came out garbled."),
        widget=UnfoldAdminSelectWidget,
    )
    publish = forms.BooleanField(
        label=_("publish at once"),
        required=False,
        help_text=_("Without it, the articles wait as drafts until somebody has looked at them."),
        widget=UnfoldBooleanWidget,
    )

    def __init__(self, *args: Any, may_publish: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.file_bytes = settings.UPLOAD_FILE_BYTES
        self.fields["files"].help_text = _(
            "Choose them or drop them on this page: text, Word (.docx), saved web pages, PDF, or a ZIP of these; "
            "up to %(number)d files of %(size)d MB each."
        ) % {"number": settings.DATA_UPLOAD_MAX_NUMBER_FILES, "size": self.file_bytes // 2**20}
        recent = Issue.objects.order_by("-id").values("pk")[:RECENT_ISSUES]
        self.fields["issue"].queryset = Issue.objects.filter(pk__in=recent).select_related("publication")
        if not may_publish:
            del self.fields["publish"]

    @staticmethod
    def initial_of(query: Mapping[str, str]) -> dict[str, str]:
        """What an address says of the issue, as links to a missing one do."""
        return {name: query[name] for name in ("publication", "date", "number") if query.get(name)}

    def clean_number(self) -> str:
        return bare_number(self.cleaned_data["number"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        typed = [name for name in ("publication", "date", "number") if cleaned.get(name)]
        if cleaned.get("issue") and typed:
            self.add_error("issue", _("Choose an issue or type one, not both."))
        if typed and not cleaned.get("publication") and "publication" not in self.errors:
            self.add_error("publication", _("Say which publication the date or the number belongs to."))
        if cleaned.get("page") and len(cleaned.get("files") or ()) > 1:
            self.add_error("page", _("Several files cannot be one page."))
        return cleaned

    def issue_info(self) -> IssueInfo:
        """What the form says of the issue, for the ingest."""
        cleaned = self.cleaned_data
        page = cleaned["page"] or None
        if issue := cleaned["issue"]:
            return IssueInfo(issue.publication.name, issue.date or None, issue.number or None, page)
        return IssueInfo(
            cleaned["publication"] or None, cleaned["date"] or None, cleaned["number"] or None, page
        )


class LinesField(forms.CharField):
    """Text of several lines as it was shown, whatever browsers send between the lines."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class IssueForm(Versioned):
    """An issue's publication, date and number."""

    class Meta:
        model = Issue
        fields = ("publication", "date", "number")
        field_classes = {"date": DateField}
        error_messages = {NON_FIELD_ERRORS: {"unique_together": _("This issue is in the archive already.")}}

    def clean_number(self) -> str:
        return bare_number(self.cleaned_data["number"])


class ArticleForm(Versioned):
    """An article's fields, its body as lines."""

    body_text = LinesField(
        label=_("body"),
        required=False,
        strip=False,
        help_text=_("One paragraph a line; a heading begins with ##. Empty lines do not count."),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 28, "class": "desk-body"}),
    )

    class Meta:
        model = Article
        widgets = {"themes": UnfoldAdminCheckboxSelectMultipleWidget}
        field_classes = {"date": DateField}
        fields = (
            "title",
            "kicker",
            "subtitle",
            "column",
            "genre",
            "level",
            "region",
            "also_regions",
            "themes",
            "date",
        )

    def __init__(self, *args: Any, instance: Article | None = None, **options: Any) -> None:
        if instance is not None and instance.pk:
            options["initial"] = {"body_text": to_text(instance.body), **(options.get("initial") or {})}
        super().__init__(*args, instance=instance, **options)

    def corrections(self) -> dict[str, Any]:
        """The fields that were changed, for `services.correct`."""
        values = {name: self.cleaned_data[name] for name in self.changed_data if name != "body_text"}
        if "body_text" in self.changed_data:
            values["body"] = self.cleaned_data["body_text"]
        return values
