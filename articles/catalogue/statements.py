"""What the catalogue asks the database: whether anything changed, and the cards of all or of what changed.

Rows are (kind, key, number, texts): one statement sees one state of the database, whatever commits meanwhile.

- `state`: the stamps' table; the snapshot, and the transaction's number if it has written
- `card`: a whole article; its region or null; date, page, issue, position, microseconds of publishing, title, genre,
  level, column
- `also`, `theme`, `mechanism`, `author`: a whole article and the key of a value of it · `metrics`: and how many
- `region name`, `theme name` …: the key of a value and how it is named, as `_NAMES` says
- `touched`: an article that may have changed, published or not
"""

_UNSEEN = """
    FROM articles_stamp
    WHERE xid >= pg_snapshot_xmin(%(seen)s::pg_snapshot)::text::bigint
        AND NOT pg_visible_in_snapshot(xid::text::xid8, %(seen)s::pg_snapshot)
        AND (xid < pg_snapshot_xmax(pg_current_snapshot())::text::bigint
            OR xid = pg_current_xact_id_if_assigned()::text::bigint)
"""

# The table's own number: another one after the tables were made anew, as a restored dump does.
STATE = f"""
SELECT 'articles_stamp'::regclass::oid::bigint,
    pg_snapshot_xmin(pg_current_snapshot())::text::bigint - pg_snapshot_xmin(%(seen)s::pg_snapshot)::text::bigint,
    u.stamps > 0, u.everything
FROM (SELECT count(*) AS stamps, coalesce(bool_or(article_id IS NULL), false) AS everything {_UNSEEN}) u
"""

# What changed, with the first parts and the later parts of it.
_TOUCHED = f"""
noted AS (SELECT DISTINCT article_id AS id {_UNSEEN}),
firsts AS (
    SELECT id FROM noted
    UNION SELECT a.continued_from_id FROM articles_article a JOIN noted USING (id)
    WHERE a.continued_from_id IS NOT NULL
),
touched AS MATERIALIZED (
    SELECT id FROM firsts
    UNION SELECT id FROM articles_article WHERE continued_from_id IN (SELECT id FROM firsts)
),
"""

_SHOWN = """
shown AS MATERIALIZED (
    SELECT a.id, coalesce(f.id, a.id) AS whole, f.id IS NULL AS first, a.region_id, a.page_id
    FROM articles_article a
    LEFT JOIN articles_article f ON f.id = a.continued_from_id AND f.state = 'published'
    WHERE a.state = 'published' {narrow}
)
"""


def _rows(kind: str, key: str, number: str, texts: str, source: str) -> str:
    array = f"ARRAY[{texts}]::text[]" if texts else "NULL::text[]"
    return f"(SELECT '{kind}', {key}, ({number})::bigint, {array} {source})"


_HANGING = (
    ("also", "articles_article_also_regions", "region_id", "s.first"),
    ("theme", "articles_article_themes", "theme_id", "s.first"),
    ("mechanism", "articles_mechanismmention", "mechanism_id", "x.origin <> 'rejected'"),
    ("author", "articles_byline", "author_id", "true"),
)
_PARTS = (
    _rows(
        "state",
        "'articles_stamp'::regclass::oid::bigint",
        "NULL",
        "pg_current_snapshot()::text, pg_current_xact_id_if_assigned()::text",
        "",
    ),
    _rows(
        "card",
        "a.id",
        "a.region_id",
        "a.date, a.page_id::text, p.issue_id::text, a.position::text,"
        ' (extract(epoch FROM a.published_at) * 1000000)::bigint::text, a.title, a.genre, a.level, a."column"',
        "FROM shown s JOIN articles_article a ON a.id = s.id LEFT JOIN articles_page p ON p.id = a.page_id WHERE s.first",
    ),
    *(
        _rows(
            kind,
            "s.whole",
            f"x.{column}",
            "",
            f"FROM shown s JOIN {table} x ON x.article_id = s.id WHERE {only}",
        )
        for kind, table, column, only in _HANGING
    ),
    _rows(
        "metrics",
        "s.whole",
        "count(*)",
        "",
        "FROM shown s JOIN articles_metric x ON x.article_id = s.id AND x.origin <> 'rejected' GROUP BY s.whole",
    ),
)

# Each table of names: what a row of it says, and how what is shown leads to it.
_NAMES = (
    (
        "region name",
        "r.id, NULL, r.code, r.name, coalesce(nullif(r.full_name, ''), r.name), r.pinyin",
        "articles_region r",
        "left(r.code, 2) IN (SELECT left(code, 2) FROM articles_region WHERE id IN ("
        "SELECT region_id FROM shown UNION SELECT x.region_id FROM shown s"
        " JOIN articles_article_also_regions x ON x.article_id = s.id))",
    ),
    (
        "theme name",
        "t.id, NULL, t.slug, t.name",
        "articles_theme t",
        "true",
    ),
    (
        "mechanism name",
        "m.id, NULL, m.public_id, m.name, m.kind, m.family",
        "articles_mechanism m",
        "m.id IN (SELECT x.mechanism_id FROM shown s JOIN articles_mechanismmention x ON x.article_id = s.id)",
    ),
    (
        "author name",
        "u.id, NULL, u.public_id, CASE u.note WHEN '' THEN u.name ELSE u.name || '（' || u.note || '）' END,"
        " coalesce(r.code, ''), coalesce(r.name, ''), u.note",
        "articles_author u LEFT JOIN articles_region r ON r.id = u.region_id",
        "u.id IN (SELECT x.author_id FROM shown s JOIN articles_byline x ON x.article_id = s.id)",
    ),
    (
        "issue name",
        "i.id, NULL, i.public_id, b.name, i.date, i.number, b.public_id, coalesce(r.code, '')",
        "articles_issue i JOIN articles_publication b ON b.id = i.publication_id"
        " LEFT JOIN articles_region r ON r.id = b.region_id",
        "i.id IN (SELECT p.issue_id FROM shown s JOIN articles_page p ON p.id = s.page_id)",
    ),
)


def _name(kind: str, columns: str, table: str, only: str) -> str:
    key, number, texts = columns.split(", ", 2)
    return _rows(kind, key, number, texts, f"FROM {table} WHERE {only}")


_ALL_NAMES = tuple(_name(kind, columns, table, "true") for kind, columns, table, _only in _NAMES)
_NAMES_MET = tuple(_name(*entry) for entry in _NAMES)

EVERYTHING = f"WITH {_SHOWN.format(narrow='')} {' UNION ALL '.join((*_PARTS, *_ALL_NAMES))}"
"""The cards of all articles and all names; no parameters."""

CHANGED = (
    f"WITH {_TOUCHED} {_SHOWN.format(narrow='AND a.id IN (SELECT id FROM touched)')} "
    + " UNION ALL ".join((*_PARTS, *_NAMES_MET, _rows("touched", "id", "NULL", "", "FROM touched")))
)
"""The cards of what was stamped since the snapshot `seen`, and the names they mention."""
