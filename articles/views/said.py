"""Which articles a list holds, in words: 文章 · 四川省 · 主题：协商议政."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.models import Article, Author, Issue, Mechanism, Publication, Region, Theme
from articles.views.filters import FILTERS, Chosen


def _place(code: str) -> str:
    place = Region.objects.one_a_code().filter(code=code).first()
    return (place.full_name or place.name) if place else code


def _issue(public_id: str) -> str:
    return str(Issue.objects.select_related("publication").filter(public_id=public_id).first() or public_id)


def _named(model: Any, key: str) -> Callable[[str], str]:
    def name(value: str) -> str:
        return model.objects.filter(**{key: value}).values_list("name", flat=True).first() or value

    return name


def _author(public_id: str) -> str:
    return str(Author.objects.filter(public_id=public_id).first() or public_id)


def _article(public_id: str) -> str:
    row = Article.objects.filter(public_id=public_id).only("title", "text").first()
    return str(row or public_id)


# What a page about one thing is about, by the names of its addresses: region, region_csv, region_json …
OF_ONE: dict[str, tuple[str, Callable[[str], str]]] = {
    "region": ("code", _place),
    "theme": ("slug", _named(Theme, "slug")),
    "mechanism": ("public_id", _named(Mechanism, "public_id")),
    "author": ("public_id", _author),
    "publication": ("public_id", _named(Publication, "public_id")),
    "issue": ("public_id", _issue),
    "article": ("public_id", _article),
}


def said(request: HttpRequest) -> str:
    """The list at this address, narrowed as its query string says. At most a query for each filter in use.

    Articles picked out one by one may come from a search, which says so in `?said=`.
    """
    match = request.resolver_match
    if match and (match.url_name or "").startswith("basket"):
        return request.GET.get("said", "")[:300] or _("Articles picked out")
    about = _about(match.url_name or "", match.kwargs) if match else ""
    parts = [about] if about else []
    chosen = Chosen.read(request.GET).values
    parts += [
        _filter(str(f.label), "、".join(map(f.say, chosen[f.name]))) for f in FILTERS if f.name in chosen
    ]
    return " · ".join([_("Articles"), *parts])


def _about(url_name: str, arguments: Mapping[str, str]) -> str:
    for name, (key, say) in OF_ONE.items():
        if (url_name == name or url_name.startswith(f"{name}_")) and key in arguments:
            return say(arguments[key])
    return ""


def _filter(label: str, value: str) -> str:
    return _("%(label)s: %(value)s") % {"label": label, "value": value}
