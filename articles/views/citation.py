"""A reference in the form of GB/T 7714—2015, to copy."""

from articles.models import Article
from articles.templatetags.reading import headline


def citation(article: Article) -> str:
    """张三. 题名[N]. 报纸名, 2024-07-16(3). — with [J] for issues that are dated by year or month.

    A missing title is given as the first words in brackets; parts that nobody knows are left out.
    """
    names = [b.author.name for b in article.signatures if b.kind != "摄影"]
    people = ", ".join(names[:3]) + (", 等" if len(names) > 3 else "")
    title = article.title or f"[{headline(article)}]"
    if article.subtitle:
        title += f"：{article.subtitle}"
    issue = article.page.issue if article.page else None
    if issue is None:
        parts = [people, f"{title}[Z]", article.date]
        return ". ".join(part for part in parts if part) + "."
    page = article.page.number
    if len(issue.date) == 10:
        place = f"{issue.publication.name}, {issue.date}" + (f"({page})" if page else "")
        return ". ".join(part for part in (people, f"{title}[N]", place) if part) + "."
    number = f"({issue.number})" if issue.number else ""
    when = f", {issue.date[:4]}{number}" if issue.date else number
    place = issue.publication.name + when + (f": {page}" if page else "")
    return ". ".join(part for part in (people, f"{title}[J]", place) if part) + "."
