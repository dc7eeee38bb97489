"""Articles on several pages: the other parts with their links, joined and taken apart by hand."""

from itertools import pairwise

from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from articles import services
from articles.admin.base import link
from articles.models import Article
from articles.querysets import ArticleQuerySet
from articles.rule_words import rule_words


class Parts(BaseModelAdmin):
    """Mixin for the articles' admin: the field `parts_of_it`, the actions `join_parts` and `take_apart`."""

    @admin.display(description=_("other parts"))
    def parts_of_it(self, obj: Article) -> str | SafeString:
        first = obj.continued_from or obj
        rows = [first, *first.later_parts.select_related("page").defer("page__text", "body", "text")]
        if len(rows) == 1:
            return "–"
        lines = ((self._part(row, obj),) for row in sorted(rows, key=lambda row: row.part))
        return format_html('<ul class="desk-warnings">{}</ul>', format_html_join("", "<li>{}</li>", lines))

    def _part(self, row: Article, shown: Article) -> SafeString:
        name = row.headline if row.title or row == shown else now("(no headline)")
        if row != shown:
            name = link(reverse("admin:articles_article_change", args=[row.pk]), name)
        how = row.get_joined_by_display() if row.joined_by else ""
        why = rule_words(row.machine.get("joined", "")) if row.joined_by == "machine" else ""
        said = (str(row.page or "–"), row.get_state_display(), how, why)
        return format_html("{}. {} · {}", row.part, name, " · ".join(part for part in said if part))

    @admin.action(description=_("Join into one article, in page order"), permissions=["change"])
    def join_parts(self, request: HttpRequest, queryset: ArticleQuerySet) -> None:
        rows = list(Article.objects.filter(pk__in=queryset.values("pk")).in_page_order())
        try:
            for earlier, later in pairwise(rows):
                services.join(later, earlier, request.user)
        except services.Refused as error:
            messages.error(request, str(error))
        else:
            if len(rows) > 1:
                messages.success(request, now("“%s” is one article now.") % rows[0].headline)
            else:
                messages.warning(request, now("Choose the parts of one article, two at least."))

    @admin.action(description=_("Split into its parts again"), permissions=["change"])
    def take_apart(self, request: HttpRequest, queryset: ArticleQuerySet) -> None:
        rows = list(Article.objects.filter(pk__in=queryset.values("pk"), continued_from__isnull=False))
        for row in rows:
            services.take_apart(row, request.user)
        messages.success(request, now("Now articles of their own: %d.") % len(rows))
