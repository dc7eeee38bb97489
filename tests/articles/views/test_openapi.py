"""The description of the answers for programs: of every address, true of real answers, valid by its standard."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.http import Http404, HttpRequest, QueryDict
from django.test import Client, RequestFactory
from django.urls import get_resolver, resolve
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from articles.figures.names import subject_key
from articles.models import Metric
from articles.openapi import Served, served
from articles.views.api.pages import EXAMPLES
from tests.support.shelf import Shelf, fill
from tests.support.told import count, tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whoosh")]


def document(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/openapi.json").json()
    return found


def addresses(shelf: Shelf) -> dict[str, str]:
    """An address with an answer for each path that has arguments or must be asked something."""
    metric = Metric.objects.filter(article=shelf.chengdu).get()
    byline, mention = shelf.chengdu.bylines.get(), shelf.chengdu.mentions.get()
    issue = shelf.chengdu.page.issue  # type: ignore[union-attr]
    assert issue is not None
    ids = {
        "/a/{public_id}": shelf.chengdu.public_id,
        "/regions/{code}": "510100",
        "/themes/{slug}": "consultation",
        "/mechanisms/{public_id}": mention.mechanism.public_id,
        "/publications/{public_id}": issue.publication.public_id,
        "/authors/{public_id}": byline.author.public_id,
        "/issues/{public_id}": issue.public_id,
    }
    made = {path: f"{path.partition('{')[0]}{value}" for path, value in ids.items()}
    asked = f"?subject={quote(subject_key(metric.subject))}&unit={quote(metric.unit)}"
    made["/basket"] = f"/basket|?ids={shelf.chengdu.public_id}"
    return {**made, "/metrics/figure": f"/metrics/figure|{asked}", "/search": "/search|?q=协商&from=2000"}


def instances(shelf: Shelf, paths: list[str]) -> Iterator[tuple[str, str]]:
    """(path, address to ask) of every path of the document."""
    stems = addresses(shelf)
    for path in paths:
        stem, _dot, ending = path.partition(".")
        address, _bar, query = stems.get(stem, stem).partition("|")
        yield path, f"{address}.{ending}{query}"


def test_the_document_is_valid_in_both_languages(client: Client) -> None:
    chinese = document(client)
    validate(chinese)
    client.cookies["django_language"] = "en"
    english = document(client)
    validate(english)
    assert chinese.keys() == english.keys() and chinese["paths"].keys() == english["paths"].keys()
    said = {data["paths"]["/articles.json"]["get"]["summary"] for data in (chinese, english)}
    assert said == {"文章", "Articles"}
    assert "Access-Control-Allow-Origin" not in client.get("/api/openapi.json").headers


def test_every_address_that_ends_in_json_is_described(client: Client, shelf: Shelf) -> None:
    found = document(client)["paths"]
    every = {entry.path: entry for entry in served(get_resolver().url_patterns)}
    assert found.keys() <= every.keys() and len(found) > 50
    left = every.keys() - found.keys()
    assert all(path.endswith(".csl.json") for path in left)  # of lists that hold no articles
    for _path, address in instances(shelf, sorted(left)):
        assert client.get(address).status_code == 404, address
    names = [operation["get"]["operationId"] for operation in found.values()]
    assert len(set(names)) == len(names)


def test_real_answers_are_as_described(client: Client) -> None:
    shelf = fill(copies=1)
    tell("甲文", count("全市建成委员之家42个。", "委员之家42个", 42, "个", "委员之家"))
    tell("乙文", count("全市建成委员之家211个。", "委员之家211个", 211, "个", "委员之家"))
    said = document(client)
    for path, address in instances(shelf, sorted(said["paths"])):
        answer = client.get(address)
        assert answer.status_code == 200, address
        content = json.loads(answer.getvalue())
        assert content if isinstance(content, list) else content.get("results", True), address
        ((kind, entry),) = said["paths"][path]["get"]["responses"]["200"]["content"].items()
        assert answer["Content-Type"].partition(";")[0] == kind, address
        faults = Draft202012Validator({**entry["schema"], "components": said["components"]}).iter_errors(
            content
        )
        assert [f"{address} {fault.json_path}: {fault.message}" for fault in faults] == []
    errors = Draft202012Validator(said["components"]["schemas"]["Error"])
    for address in ("/articles.json?page=77", "/articles.json?cursor=x", "/a/b2c3d4f5g6.json"):
        errors.validate(client.get(address).json())


def test_an_article_with_its_page_is_as_described(client: Client, shelf: Shelf) -> None:
    said = document(client)
    answer = client.get(f"/a/{shelf.chengdu.public_id}.json", {"view": "page"}).json()
    assert answer["received"]
    whole = {"$ref": "#/components/schemas/FullArticle", "components": said["components"]}
    Draft202012Validator(whole).validate(answer)


class Watched(QueryDict):
    """A query string that notes what it is asked for."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.asked: set[str] = set()

    def get(self, key: Any, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)

    def getlist(self, key: Any, default: Any = None) -> Any:
        self.asked.add(key)
        return super().getlist(key, default)

    def copy(self) -> Any:
        return QueryDict(self.urlencode(), mutable=True)


def test_what_can_be_asked_is_what_is_read(client: Client, shelf: Shelf) -> None:
    said = document(client)["paths"]
    for path, address in instances(shelf, sorted(said)):
        if path.endswith((".table.json", ".csl.json")):
            continue  # these take what their list takes
        request: HttpRequest = RequestFactory().get(address)
        request.GET = watched = Watched(request.META["QUERY_STRING"], mutable=True)  # type: ignore[assignment]
        found = resolve(request.path)
        try:
            found.func(request, *found.args, **found.kwargs)
        except Http404:
            pytest.fail(address)
        described = {p["name"] for p in said[path]["get"]["parameters"] if p["in"] == "query"}
        asked = watched.asked | ({"ids"} if path == "/basket.json" else set())
        # What a form sends, which leads to another address; and the order of articles where none are listed.
        unused = {"within"} if path == "/search.json" else {"sort"} - described
        assert asked - unused - described == set(), path
        assert ("sort" in described) == ("newest" in str(said[path]["get"]["parameters"])), path
        assert described - asked == set(), path


def test_the_page_for_people(client: Client, shelf: Shelf) -> None:
    page = client.get("/api/").content.decode()
    for path in document(client)["paths"]:
        assert f"<code>{path}</code>" in page
    assert "GB/T 2260 地区代码" in page and "数据接口" in client.get("/").content.decode()
    for address, _said in EXAMPLES:
        assert client.get(address).status_code == 200, address
        assert address.replace("&", "&amp;") in page
    client.cookies["django_language"] = "en"
    assert "Data for programs" in client.get("/api/").content.decode()


def test_an_address_keeps_its_arguments() -> None:
    by_path = {entry.path: entry for entry in served(get_resolver().url_patterns)}
    entry: Served = by_path["/regions/{code}.json"]
    assert entry.name == "region_json" and entry.arguments[0][0] == "code"
    assert entry.arguments[0][1].regex == "[0-9]{6}"
