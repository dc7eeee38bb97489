"""/search/passages/<id>/: further places of one article where it has what was asked for, on demand."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.models import Article
from search import documents, figured, highlight
from search.forms import Address
from search.query import read


@require_safe
def passages(request: HttpRequest, public_id: str) -> HttpResponse:
    """The passages after the best one, as a piece of the results page."""
    address = Address.read(request.GET)
    article = get_object_or_404(Article.objects.published(), public_id=public_id)
    document = next(documents.of_keys([article.pk]), None)
    if document is None:  # withdrawn since
        raise Http404
    wanted = figured.wanted(read(address.q).node, address.verbatim, (article.pk,))[article.pk]
    context = {
        "passages": highlight.further(document, wanted),
        "url": f"{article.get_absolute_url()}{Address(q=address.q, verbatim=address.verbatim).string}",
    }
    return render(request, "search/_passages.html", context)
