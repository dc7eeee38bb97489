"""The index cannot drift: whatever writes to the database, the index hears of it."""

import time

import pytest
from django.db import connection

from articles.models import Article, ArticleChange, Author, Byline, State, Theme
from search import documents, index
from search.engines.base import NoIndex, Request, SearchUnavailable
from search.query import parse


def found(query: str) -> list[str]:
    index.freshen()
    result = index.engine().search(Request(parse(query), limit=100))
    assert result.total == len(result.hits)
    return sorted(hit.document.title for hit in result.hits)


def test_a_new_article_is_found(whoosh, make_article):
    make_article("有事好商量", "平台建在家门口。")
    assert found("家门口") == ["有事好商量"]


def test_bulk_create_update_and_delete_reach_the_index(whoosh, make_article):
    from django.utils import timezone

    Article.objects.bulk_create(
        Article(
            title=f"第{n}篇",
            text=f"走进社区{n}",
            genre="消息",
            state=State.PUBLISHED,
            published_at=timezone.now(),
        )
        for n in range(3)
    )
    assert len(found("社区")) == 3
    Article.objects.filter(title="第1篇").update(text="改成了乡村")
    assert found("社区") == ["第0篇", "第2篇"]
    assert found("乡村") == ["第1篇"]
    Article.objects.filter(title="第2篇").delete()
    assert found("社区") == ["第0篇"]


def test_raw_sql_reaches_the_index(whoosh, make_article):
    article = make_article("原题", "正文")
    assert found("原题") == ["原题"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_article SET title = '改题' WHERE id = %s", [article.pk])
    assert found("改题") == ["改题"]
    assert found("原题") == []


def test_only_published_articles_are_found(whoosh, make_article):
    article = make_article("草稿", "还没有发布", state=State.DRAFT)
    assert found("发布") == []
    Article.objects.filter(pk=article.pk).update(state="published", published_at="2024-01-01T00:00Z")
    assert found("发布") == ["草稿"]
    Article.objects.filter(pk=article.pk).update(state="withdrawn")
    assert found("发布") == []


def test_a_change_in_a_related_table_reaches_the_index(whoosh, make_article):
    article = make_article("署名", "正文")
    author = Author.objects.create(name="张某某")
    Byline.objects.create(article=article, author=author)
    theme = Theme.objects.create(slug="by-lamplight", name="灯下监督")
    article.themes.add(theme)
    assert found("作者:张某某") == ["署名"]
    assert found("主题:灯下监督") == ["署名"]
    Author.objects.filter(pk=author.pk).update(name="李某某")
    Theme.objects.filter(pk=theme.pk).update(name="灯下协商")
    assert found("作者:张某某") == []
    assert found("作者:李某某 主题:灯下协商") == ["署名"]


def test_a_crash_between_commit_and_index_is_made_good(whoosh, make_article, monkeypatch):
    make_article("甲", "会客厅")
    with monkeypatch.context() as broken:
        broken.setattr(index, "_done", lambda seqs: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            index.freshen()
    assert ArticleChange.objects.exists()  # indexed, but the feed still says so: applied again
    assert found("会客厅") == ["甲"]
    assert not ArticleChange.objects.exists()


def test_a_crash_before_the_index_is_committed_loses_nothing(whoosh, make_article, monkeypatch):
    make_article("甲", "会客厅")
    with monkeypatch.context() as broken:
        broken.setattr(
            "search.engines.whoosh.Writer.commit", lambda *a, **k: (_ for _ in ()).throw(OSError("disk"))
        )
        with pytest.raises(OSError):
            index.freshen()
    assert found("会客厅") == ["甲"]


def test_truncate_empties_the_index(whoosh, make_article):
    make_article("甲", "会客厅")
    assert found("会客厅") == ["甲"]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE articles_article CASCADE")
    assert found("*") == []


def test_comparison_sees_every_kind_of_difference_and_repair_mends_it(whoosh, make_article):
    kept, changed, missing = (make_article(title, "正文") for title in ("留", "改", "缺"))
    assert not index.compare()
    whoosh.apply([], [str(missing.pk)])
    Article.objects.filter(pk=changed.pk).update(title="改过")
    extra = make_article("多", "正文")
    index.freshen()
    Article.objects.filter(pk=extra.pk).delete()
    Article.objects.filter(pk=kept.pk).update(title="留下")
    ArticleChange.objects.all().delete()  # as if the feed had been lost
    difference = index.compare()
    assert difference.missing == (str(missing.pk),)
    assert difference.extra == (str(extra.pk),)
    assert difference.changed == (str(kept.pk),)
    assert index.repair() == difference
    assert not index.compare()


def test_rebuild_if_needed(whoosh, make_article):
    make_article("甲", "正文")
    assert index.rebuild_if_needed() == (False, 1)
    assert index.rebuild_if_needed() == (False, 0)
    whoosh.apply([], [hit.document.id for hit in whoosh.search(Request()).hits])
    assert index.rebuild_if_needed() == (True, 1)
    (whoosh.folder / "CURRENT").unlink()
    assert index.state() == "there is no index: run reindex"
    assert index.rebuild_if_needed() == (True, 1)
    assert index.state() == "ok"


def test_a_missing_index_is_never_begun_with_the_latest_changes_only(whoosh, make_article):
    make_article("甲", "正文")
    index.freshen()
    (whoosh.folder / "CURRENT").unlink()
    make_article("乙", "正文")
    with pytest.raises(NoIndex):
        index.freshen()
    assert ArticleChange.objects.exists()


def test_a_damaged_index_says_so(whoosh, make_article):
    make_article("甲", "正文")
    index.freshen()
    whoosh.close()
    for file in whoosh.folders.current().glob("*.trm"):
        file.write_bytes(b"\0" * 100)
    with pytest.raises(SearchUnavailable):
        whoosh.search(Request(parse("正文")))
    assert "damaged" in index.state()


def test_rejected_mechanisms_are_not_found(whoosh, make_article):
    from articles.models import Mechanism, MechanismMention

    article = make_article("甲", "正文")
    mechanism = Mechanism.objects.create(name="委员会客厅", kind="平台")
    mention = MechanismMention.objects.create(
        article=article, mechanism=mechanism, name="委员会客厅", kind="平台"
    )
    assert found("机制:委员会客厅") == ["甲"]
    MechanismMention.objects.filter(pk=mention.pk).update(origin="rejected")
    assert found("机制:委员会客厅") == []


def test_warming_opens_the_index_and_minds_no_missing_one(whoosh, make_article):
    make_article("甲", "正文")
    index.freshen()
    index.warm()
    (whoosh.folder / "CURRENT").unlink()
    index.warm()


def test_an_engine_that_nobody_wrote_says_so(whoosh, settings):
    settings.SEARCH_ENGINE = "sphinx"
    assert index.state() == "the chosen search engine does not exist"
    with pytest.raises(SearchUnavailable, match="sphinx"):
        index.engine()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["whoosh", "tantivy"])
def test_what_changes_while_an_index_is_built_is_found_meanwhile(
    whoosh, make_article, settings, monkeypatch, name
):
    settings.SEARCH_ENGINE = name
    changed, gone = make_article("先前", "正文"), make_article("将撤回", "正文")
    index.rebuild()
    read, meanwhile = documents.published, []

    def slowly():
        Article.objects.filter(pk=changed.pk).update(title="后来")
        Article.objects.filter(pk=gone.pk).delete()
        until = time.monotonic() + 30
        while time.monotonic() < until and not meanwhile:
            result = index.engine().search(Request(parse("后来")))
            meanwhile.extend(hit.document.title for hit in result.hits)
            time.sleep(0.02)
        meanwhile.append(index.engine().search(Request(limit=0)).total)
        yield from read()

    monkeypatch.setattr(documents, "published", slowly)
    index.rebuild()
    assert meanwhile == ["后来", 1]
    assert found("") == ["后来"]
    monkeypatch.undo()
    assert not index.compare()
