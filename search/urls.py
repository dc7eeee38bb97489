from django.urls import path

from search.views import guide, passages, results, suggesting, taking

app_name = "search"
urlpatterns = [
    path("search/", results.search, name="search"),
    path("search.json", results.search_json, name="search_json"),
    *taking.urlpatterns,
    path("search/help/", guide.guide, name="help"),
    path("search/suggest", suggesting.suggestions, name="suggest"),
    path("search/suggest.json", suggesting.suggestions_json, name="suggest_json"),
    path("search/passages/<slug:public_id>/", passages.passages, name="passages"),
]
