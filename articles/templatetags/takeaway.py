"""Parts of pages with which articles are cited, taken away and set aside."""

import json
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles.basket import MOST, Basket
from articles.models import Article
from articles.references import citations, reference
from articles.takeaway import metadata as head
from articles.takeaway.reference import beginning

register = template.Library()

SUMMARY = 160  # characters

# What would end the block or begin another tag; JSON reads the escapes as the characters.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@register.inclusion_tag("partials/metadata.html", takes_context=True)
def metadata(context: dict[str, Any], article: Article) -> dict[str, Any]:
    """The head of an article's page, for reference managers and search engines."""
    request: HttpRequest = context["request"]
    url = request.build_absolute_uri(article.get_absolute_url())
    ref = reference(article, lambda row: url)
    summary = beginning(article.text, SUMMARY)
    place = article.region
    where = (place.full_name or place.name) if place else ""
    return {
        "names": head.names(ref),
        "properties": head.properties(ref, _("CPPCC Practice Archive"), summary),
        "linked": _data_block(
            head.linked(ref, summary, where, article.updated_at.isoformat(timespec="seconds"))
        ),
        "summary": summary,
        "url": url,
        "stem": url.removesuffix("/"),
    }


def _data_block(data: dict[str, Any]) -> SafeString:
    """JSON-LD as a block of data, which no browser executes."""
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


@register.inclusion_tag("partials/citing.html", takes_context=True)
def citing(context: dict[str, Any], article: Article) -> dict[str, Any]:
    """References to an article in every edition, to copy, and its files."""
    request: HttpRequest = context["request"]
    url = request.build_absolute_uri(article.get_absolute_url())
    ref = reference(article, lambda row: url)
    usual, *others = citations(ref, timezone.localdate().isoformat())
    return {
        "request": request,
        "article": article,
        "url": url,
        "usual": usual,
        "others": others,
        "taking": context.get("taking"),
    }


@register.simple_tag(takes_context=True)
def basket_button(context: dict[str, Any], public_id: str, title: str = "") -> SafeString:
    """Sets an article aside or takes it back; belongs to the form that `base.html` puts on each page."""
    if public_id in _basket(context):
        name, said, of = "remove", _("Take out of the folder"), _("Take out of the folder: %(title)s")
    else:
        name, said, of = "add", _("Put into the folder"), _("Put into the folder: %(title)s")
    return format_html(
        '<button class="aside-button{}" form="basket" name="{}" value="{}" hx-post="{}" hx-target="this"'
        ' hx-swap="outerHTML" hx-select="unset"{}>{}</button>',
        " inside" if name == "remove" else "",
        *(name, public_id, reverse("articles:basket")),
        format_html(' aria-label="{}"', of % {"title": title}) if title else "",
        said,
    )


@register.inclusion_tag("partials/basket_link.html", takes_context=True)
def basket_link(context: dict[str, Any], anew: bool = False) -> dict[str, Any]:
    """The way to the articles set aside, with how many they are. `anew`: it replaces the one on the page."""
    request = context.get("request")
    return {
        "count": len(_basket(context)),
        "most": MOST,
        "anew": anew,
        "path": request.path if request else "",
    }


def _basket(context: dict[str, Any]) -> Basket:
    """The reader's, read once for a page; empty where there is no request (error pages)."""
    request = context.get("request")
    if request is None:
        return Basket()
    if not hasattr(request, "basket"):
        request.basket = Basket.read(request.COOKIES)
    found: Basket = request.basket
    return found
