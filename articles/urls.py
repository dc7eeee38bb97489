from django.urls import URLPattern, path, register_converter

from articles.views import (
    articles,
    basket,
    contradictions,
    feeds,
    figure,
    home,
    issues,
    mechanisms,
    metrics,
    people,
    publications,
    regions,
    themes,
)
from articles.views.answer import data, every_form, taken_away
from articles.views.api import pages
from articles.views.choices import preferences
from articles.views.indexes import index_page


class PublicId:
    """An opaque public id."""

    regex = "[0-9a-z]{6,20}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class RegionCode(PublicId):
    """Six digits of GB/T 2260."""

    regex = "[0-9]{6}"


register_converter(PublicId, "public_id")
register_converter(RegionCode, "region_code")

app_name = "articles"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("preferences/", preferences, name="preferences"),
    path("basket/", basket.basket, name="basket"),
    path("basket.json", data(basket.basket_list, steady=False), name="basket_json"),
    *taken_away("basket/", basket.basket_list, "basket"),
    path("api/", pages.api, name="api"),
    path("api/openapi.json", pages.openapi, name="openapi_json"),
    path("opensearch.xml", feeds.opensearch, name="opensearch"),
    path("robots.txt", feeds.robots, name="robots"),
    path("sitemap.xml", feeds.sitemap_index, name="sitemap"),
    path("sitemap-lists.xml", feeds.sitemap_of_lists, name="sitemap_lists"),
    path("sitemap-<int:shelf>.xml", feeds.sitemap, name="sitemap_shelf"),
    *every_form("articles/", articles.article_list, "article_list"),
    *every_form("a/<public_id:public_id>/", articles.article, "article"),
    path("a/<public_id:public_id>/preview/", articles.preview, name="preview"),
    *every_form("regions/", regions.region_list, "region_list"),
    *every_form("regions/<region_code:code>/", regions.region, "region"),
    path("browse/", home.browse, name="browse"),
    *every_form("levels/", index_page("levels"), "level_list"),
    *every_form("genres/", index_page("genres"), "genre_list"),
    *every_form("columns/", index_page("columns"), "column_list"),
    *every_form("themes/", index_page("themes"), "theme_list"),
    *every_form("themes/<slug:slug>/", themes.theme, "theme"),
    *every_form("mechanisms/", mechanisms.mechanism_list, "mechanism_list"),
    *every_form("mechanisms/<public_id:public_id>/", mechanisms.mechanism, "mechanism"),
    *every_form("publications/", publications.publication_list, "publication_list"),
    *every_form("publications/<public_id:public_id>/", publications.publication, "publication"),
    *every_form("authors/", people.author_list, "author_list"),
    *every_form("authors/<public_id:public_id>/", people.author, "author"),
    *every_form("issues/", issues.issue_list, "issue_list"),
    *every_form("issues/<public_id:public_id>/", issues.issue, "issue"),
    *every_form("metrics/", metrics.metric_list, "metric_list"),
    *every_form("metrics/figures/", metrics.figure_list, "figure_list"),
    *every_form("metrics/figure/", figure.figure, "figure"),
    # large archives are compared beside
    *every_form(
        "metrics/contradictions/", contradictions.contradiction_list, "contradiction_list", steady=False
    ),
]
