"""The web process: `python -m archive.serve`.

Waitress, because the archive wants exactly one process with threads: the Whoosh searcher, jieba's dictionary
and the gazetteer are then in memory once, and one process number is all there is to watch or kill. It is pure
Python, so it installs wherever Python does. It reads requests and writes answers on its own thread, so a slow
reader holds no worker.
"""

import signal
import sys
import threading

# Python runs one at a time; the others wait for PostgreSQL. Each keeps one connection of the server's 100.
THREADS = 8


def main() -> None:
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(0)
    )  # waitress lets running requests finish on SystemExit
    from waitress import serve

    from archive.wsgi import application

    from django.conf import settings  # isort: skip  (configured by archive.wsgi)
    from search.warming import warm  # isort: skip

    threading.Thread(target=warm, daemon=True).start()  # requests are answered meanwhile

    behind_proxy = (
        {"trusted_proxy": "127.0.0.1", "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"}}
        if settings.ENV.https
        else {}
    )
    serve(
        application,
        host="127.0.0.1",
        port=settings.ENV.port,
        threads=THREADS,
        ident=None,
        clear_untrusted_proxy_headers=True,
        max_request_body_size=settings.DATA_UPLOAD_MAX_NUMBER_FILES * settings.UPLOAD_FILE_BYTES,
        **behind_proxy,
    )


if __name__ == "__main__":
    main()
