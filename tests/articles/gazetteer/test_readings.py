import subprocess
import sys

from articles.gazetteer import readings
from articles.gazetteer.pinyin import name_key, text_key


def test_characters_and_words_bring_their_first_readings():
    characters = dict(readings.characters())
    assert (characters["重"], characters["政"]) == ("zhòng", "zhèng")
    words = dict(readings.words(4))
    assert words["重庆"] == ["chóng", "qìng"]
    assert max(map(len, words)) == 4


def test_words_decide_how_characters_are_sorted():
    assert text_key("“重庆") == "chong2重qing4庆"
    assert name_key("单霁翔").startswith("shan4单")


def test_whole_tables_of_the_package_stay_on_the_disk():
    reading = "import django; django.setup()\nfrom articles.gazetteer import pinyin; from search.suggest import pinyin as typed\n"
    asked = "pinyin.text_key('重庆'); typed.syllables('重庆')\n"
    held = "import sys; print(sorted(name for name in sys.modules if name.startswith('pypinyin')))"
    done = subprocess.run([sys.executable, "-c", reading + asked + held], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
