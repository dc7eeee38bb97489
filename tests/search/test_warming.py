import threading
from importlib import import_module

import pytest

from search import index, suggest, warming


@pytest.mark.django_db(transaction=True)
def test_a_thread_warms_what_the_first_reader_needs(whoosh, make_article):
    make_article("成都会见来宾", "正文")
    index.freshen()
    suggest.forget()
    thread = threading.Thread(target=warming.warm)
    thread.start()
    thread.join()
    made = import_module("search.suggest.table")._last
    assert [name.label for name in made.table[suggest.Kind.TITLE].names] == ["成都会见来宾"]
    (whoosh.folder / "CURRENT").unlink()
    warming.warm()  # that an index is missing is said to those who search
