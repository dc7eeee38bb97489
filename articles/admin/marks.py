"""A page text with what one article took from it marked, as HTML. All text is escaped."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.models import Block


def marked_page(text: str, blocks: Iterable[Block]) -> SafeString:
    """`text` in full; each block of it as a <mark> whose title says its role."""
    pieces: list[tuple[SafeString]] = []
    at = 0
    for block in sorted(blocks, key=lambda b: b.start):
        pieces.append((format_html("{}", text[at : block.start]),))
        mark = '<mark class="desk-mark" data-role="{}" title="{}">{}</mark>'
        pieces.append((format_html(mark, block.role, _(block.role), text[block.start : block.end]),))
        at = block.end
    pieces.append((format_html("{}", text[at:]),))
    return format_html('<div class="desk-page" tabindex="0">{}</div>', format_html_join("", "{}", pieces))
