"""Two people of one name in one place: kept apart by a note, met by their roles, and apart for good."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from articles import services
from articles.ingest.arrange import Operation
from articles.ingest.passage import Span
from articles.ingest.record import Author as Signed
from articles.models import Article, Author, Byline, Decision, Page, Region
from articles.past import versions
from articles.roles import REVIEWER
from articles.services import resplit, split
from tests.articles.test_commands import run
from tests.support.datapackage import read
from tests.support.records import page_record

pytestmark = pytest.mark.django_db
Take = Callable[..., list[Article]]
COUNTY = "330522"
MEMBER, WRITER = "县政协委员", "县融媒体中心"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def take(parse: Any) -> Take:
    """Takes in a page with an article for each (kind, role) that one 张伟 of 长兴县 signed."""

    def taken(salt: str, *signatures: tuple[str, str], publish: bool = True) -> list[Article]:
        record = page_record(
            titles=[f"{salt}{n}" for n in range(len(signatures))], salt=salt, name=f"{salt}.txt"
        )
        signed = tuple(
            replace(article, text=replace(article.text, authors=(Signed("张伟", kind, role, region=COUNTY),)))
            for article, (kind, role) in zip(record.articles, signatures, strict=True)
        )
        record = replace(record, articles=signed)
        outcome = services.accept_upload(parse(record), record.name, publish=publish)
        return list(outcome.articles)

    return taken


@pytest.fixture
def pair(take: Take) -> tuple[Author, Author]:
    """The committee member, who was there first, and the correspondent who was parted from him."""
    take("甲", ("作者", "长兴县政协委员"), ("通讯员", "长兴县融媒体中心记者"), ("通讯员", ""))
    member = Author.objects.get()
    keys = member.bylines.filter(kind="通讯员").values_list("pk", flat=True)
    services.part(member, keys, "张伟", member.region, note=f"（{WRITER}）")
    return member, Author.objects.get(note=WRITER)


def signer(article: Article) -> Author:
    return article.bylines.get().author


def test_a_note_tells_two_of_one_place_apart_and_nothing_else_does(pair: tuple[Author, Author]) -> None:
    member, writer = pair
    assert (str(member), str(writer)) == ("张伟", f"张伟（{WRITER}）")
    assert member.public_id != writer.public_id and writer.bylines.count() == 2
    with pytest.raises(ValidationError, match=r"note|区分"):
        Author(name="张伟", region=member.region, note=WRITER).full_clean()
    with pytest.raises(services.Refused):
        services.part(member, [member.bylines.get().pk], "张伟", member.region)


@pytest.mark.parametrize(
    ("kind", "role", "note", "sure"),
    [
        ("作者", "长兴县政协委员", "", True),
        ("作者", "政协长兴县委员会委员", "", True),
        ("记者", "长兴县融媒体中心编辑", WRITER, True),
        ("通讯员", "", WRITER, True),
        ("作者", "", "", False),
        ("作者", "长兴县某中学教师", "", False),
    ],
)
def test_a_new_signature_goes_to_the_one_whose_words_suit_it(
    pair: tuple[Author, Author], take: Take, kind: str, role: str, note: str, sure: bool
) -> None:
    (article,) = take("乙", (kind, role), publish=False)
    assert signer(article).note == note
    assert Author.objects.count() == 2
    doubts = [said for said in article.warnings if "同名" in said or "one name" in said]
    assert bool(doubts) is not sure
    doubted = Article.objects.to_review().filter(pk=article.pk, doubt_warned__gt=0)
    assert doubted.exists() is not sure


def test_the_note_itself_is_a_word_to_know_somebody_by(take: Take) -> None:
    take("甲", ("作者", ""), ("作者", ""))
    first = Author.objects.get()
    services.part(first, [first.bylines.order_by("pk")[0].pk], "张伟", first.region, note=MEMBER)
    told = take("乙", ("作者", "长兴县政协委员、某茶厂厂长"), ("作者", ""))
    assert [signer(article).note for article in told] == [MEMBER, ""]


def test_a_guess_proves_nothing_before_somebody_has_looked(pair: tuple[Author, Author], take: Take) -> None:
    role = ("作者", "某中学教师")
    (guessed,) = take("乙", role)
    assert take("丙", role)[0].warnings
    services.find_right(guessed, User.objects.create_superuser("somebody"))
    assert not take("丁", role)[0].warnings


def test_they_are_merged_and_parted_again(pair: tuple[Author, Author], take: Take) -> None:
    member, writer = pair
    decision = services.merge(writer, member)
    assert member.bylines.count() == 3 and decision.name == str(writer)
    assert not (article := take("乙", ("通讯员", "")))[0].warnings and signer(article[0]) == member
    assert services.take_back(decision) == 0
    assert (member.bylines.count(), writer.bylines.count()) == (2, 2)
    assert signer(take("丙", ("记者", "长兴县融媒体中心记者"))[0]) == writer


def test_a_parting_is_undone_and_done_again_under_the_same_address(
    pair: tuple[Author, Author], client: Client
) -> None:
    member, writer = pair
    services.take_back(Decision.objects.get())
    assert member.bylines.count() == 3
    assert client.get(writer.get_absolute_url())["Location"] == member.get_absolute_url()
    keys = member.bylines.filter(kind="通讯员").values_list("pk", flat=True)
    services.part(member, keys, "张伟", member.region, note=WRITER)
    assert client.get(writer.get_absolute_url()).status_code == 200
    assert Author.objects.count() == 2 and writer.bylines.count() == 2


def test_who_was_merged_by_decision_is_parted_by_undoing_that(pair: tuple[Author, Author]) -> None:
    member, writer = pair
    services.merge(writer, member)
    keys = [member.bylines.order_by("pk")[0].pk]
    with pytest.raises(services.Refused):
        services.part(member, keys, "张伟", member.region, note=WRITER)


def test_a_page_split_anew_leaves_everybody_what_they_signed() -> None:
    from tests.articles.ingest.pages import SAND
    from tests.articles.test_split import TEXT

    page = services.accept_upload(TEXT.encode(), "page.txt", publish=True).source.pages.get()
    sand = page.articles.get(title=SAND.title)
    byline = sand.bylines.get()
    author = byline.author
    decision = services.part(author, [byline.pk], author.name, author.region, note="市林业局")
    for words in (SAND.paragraphs[2][:8], SAND.paragraphs[1][:8]):
        resplit_at(page, TEXT.index(words), len(words))
        kept = sand.bylines.get()
        assert (kept.pk, kept.author.note) == (byline.pk, "市林业局")
        sand.refresh_from_db()
        assert not [said for said in sand.warnings if "one name" in said or "同名" in said]
    assert not author.bylines.exists()
    assert services.take_back(decision) == 0 and author.bylines.get().pk == byline.pk


def test_a_page_split_anew_does_not_settle_a_doubt() -> None:
    from tests.articles.ingest.pages import SAND
    from tests.articles.test_split import TEXT

    region = Region.objects.get(code="620982", until=None)
    first = Author.objects.create(name="何沙洲", region=region)
    Author.objects.create(name="何沙洲", region=region, note="市林业局")
    page = services.accept_upload(TEXT.encode(), "page.txt", publish=True).source.pages.get()
    sand = page.articles.get(title=SAND.title)
    doubt = [said for said in sand.warnings if "何沙洲" in said]
    assert doubt and signer(sand) == first
    resplit_at(page, TEXT.index(SAND.paragraphs[1]), len(SAND.paragraphs[1]), "role", role="heading")
    sand.refresh_from_db()
    assert set(doubt) <= set(sand.warnings) and signer(sand) == first


def resplit_at(page: Page, start: int, length: int, kind: str = "split", **more: Any) -> None:
    version = split.standing(page).version
    split.operate(page, version, Operation(kind, (Span(start, start + length),), **more), None)
    resplit.apply_split(page, split.standing(page).version, None, False)


def test_places_merged_keep_people_apart(pair: tuple[Author, Author]) -> None:
    member, writer = pair
    elsewhere = Region.objects.get(code="330523", until=None)
    other = Author.objects.create(name="张伟", region=elsewhere)
    services.merge(member.region, elsewhere)
    for row in (member, writer, other):
        row.refresh_from_db()
    # Nobody of the name and note was there: she moves. He would be there twice, and stays.
    assert writer.region == elsewhere and member.region != elsewhere


def test_readers_see_them_apart(pair: tuple[Author, Author], client: Client) -> None:
    member, writer = pair
    shown = f"张伟（{WRITER}）"
    page = client.get(writer.get_absolute_url())
    assert (
        shown in page.text.replace('<span class="told-apart">', "") and member.get_absolute_url() in page.text
    )
    assert shown in client.get(member.get_absolute_url()).text
    listed = client.get("/authors.json").json()["results"]
    assert {(p["name"], p["note"], p["region"]) for p in listed} == {
        ("张伟", None, "长兴县"), ("张伟", WRITER, "长兴县")
    }  # fmt: skip
    assert client.get(f"/authors/{writer.public_id}.json").json()["author"]["note"] == WRITER
    rows = client.get(f"/articles.json?author={writer.public_id}").json()["results"]
    assert [a["note"] for row in rows for a in row["authors"]] == [WRITER, WRITER]
    assert shown in client.get("/articles/").text and shown in client.get("/articles/?more=author").text
    for address in ("/authors.csv", "/articles.csv"):
        assert WRITER in client.get(address).getvalue().decode()
    feed = client.get(f"/articles.atom?author={writer.public_id}")
    assert f"<name>{shown}</name>" in feed.text
    # What is cited is what is printed.
    article = writer.articles.first()
    assert article is not None and WRITER not in client.get(f"{article.get_absolute_url()}cite.bib").text


def test_an_export_holds_both(pair: tuple[Author, Author], tmp_path: Path) -> None:
    _said, wrong, failed = run("export", tmp_path / "out")
    assert not failed, wrong
    tables, faults = read(tmp_path / "out")
    assert faults == []
    notes = {row["id"]: row["note"] or "" for row in tables["authors"]}
    assert sorted(notes.values()) == ["", WRITER]
    assert sorted(notes[row["author"]] for row in tables["bylines"]) == ["", WRITER, WRITER]


def test_the_desk_parts_them_and_the_history_says_so(take: Take, client: Client) -> None:
    user = User.objects.create_user("somebody", is_staff=True)
    user.groups.add(Group.objects.get(name=REVIEWER.name))
    client.force_login(user)
    article = take("甲", ("作者", ""), ("通讯员", ""))[1]
    row = Author.objects.get()
    page = reverse("admin:articles_author_part", args=[row.pk])
    sent = {"name": row.name, "region": row.region.pk, "note": WRITER, "chosen": [article.bylines.get().pk]}
    assert client.post(page, {**sent, "note": "", "do": "look"}).status_code == 422
    looked = client.post(page, {**sent, "do": "look"})
    assert looked.context["plan"].articles == 1
    client.post(page, {**sent, "do": "save", "seen": looked.context["mark"]})
    assert signer(article).note == WRITER
    assert Decision.objects.get().into_name == f"张伟（{WRITER}）"
    told = " ".join(f"{c.before}→{c.after}" for v in versions(article) for c in v.changes)
    assert f"张伟（{WRITER}）" in told
    with translation.override("zh-hans"):
        assert "区分说明" in client.get(reverse("admin:articles_author_changelist")).text
    assert Byline.objects.filter(author__note=WRITER).count() == 1
