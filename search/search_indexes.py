"""What django-haystack knows of the articles. The index itself is fed by `search.documents` and the change
feed; this lets `SearchQuerySet`, `update_index` and `rebuild_index` work as haystack's users expect."""

from haystack import indexes

from articles.models import Article
from articles.querysets import ArticleQuerySet


class ArticleIndex(indexes.SearchIndex, indexes.Indexable):  # type: ignore[misc]
    text = indexes.CharField(document=True, model_attr="text")
    title = indexes.CharField(model_attr="title")
    date = indexes.CharField(model_attr="date")
    author = indexes.MultiValueField()
    region = indexes.MultiValueField()
    level = indexes.MultiValueField()
    theme = indexes.MultiValueField()
    mechanism = indexes.MultiValueField()
    genre = indexes.MultiValueField()
    publication = indexes.MultiValueField()
    year = indexes.MultiValueField()

    def get_model(self) -> type[Article]:
        return Article

    def index_queryset(self, using: str | None = None) -> ArticleQuerySet:
        return Article.objects.published()

    def get_updated_field(self) -> str:
        return "updated_at"
