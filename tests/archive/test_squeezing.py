"""Style sheets go out smaller and mean the same."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

from archive.squeezing import squeezed


@pytest.mark.parametrize(
    ("css", "means"),
    [
        ("a {\n  color: red;\n  margin: 0 auto;\n}\n", "a{color: red;margin: 0 auto}"),
        ('/* why; { " */\na,\nb > c {\n  width: calc(1px + 2px);\n}', "a,b > c{width: calc(1px + 2px)}"),
        ("p :hover {\n}", "p :hover{}"),
        ('q::before {\n  content: "  {;}  " attr(x);\n}', 'q::before{content: "  {;}  " attr(x)}'),
        (
            "@media (min-width: 40rem) and (hover) {\n  a { top: 0; }\n}",
            "@media (min-width: 40rem) and (hover){a{top: 0}}",
        ),
    ],
)
def test_only_what_means_nothing_goes(css: str, means: str) -> None:
    assert squeezed(css) == means == squeezed(means)


def test_collected_sheets_are_squeezed(tmp_path: Path) -> None:
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "archive.squeezing.SqueezedStaticFilesStorage"},
    }
    source = tmp_path / "source" / "css"
    source.mkdir(parents=True)
    (source / "some.css").write_text("/* reasons */\na {\n  top: 0;\n}\n", "utf-8")
    (tmp_path / "source" / "other.css").write_text("a {\n  top: 0;\n}\n", "utf-8")
    target = tmp_path / "collected"
    with override_settings(
        STORAGES=storages,
        STATIC_ROOT=target,
        STATICFILES_DIRS=[tmp_path / "source"],
        STATICFILES_FINDERS=["django.contrib.staticfiles.finders.FileSystemFinder"],
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
    (served,) = target.glob("css/some.*.css")
    assert served.read_text("utf-8") == "a{top: 0}"
    (kept,) = target.glob("other.*.css")
    assert kept.read_text("utf-8") == "a {\n  top: 0;\n}\n"
