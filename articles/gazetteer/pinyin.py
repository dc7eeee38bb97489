"""What Chinese is sorted by: the sounds of its characters, one after another, as a dictionary has them."""

import re
import unicodedata
from functools import lru_cache

from articles.gazetteer import files, readings

SURNAMES = files.DATA / "surname_pinyin.csv"
LONGEST = 8  # characters of a text that decide where it stands
OTHER = "#"
_LONGEST_WORD = 4

_LEADING = re.compile(r"^[^\w]+")
_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}


class _Sounds(dict[str, str]):
    """A character or a word to what it is sorted by, filled as they turn up.

    The tone follows the letters, so that 西安 (xi1an1) precedes 先 (xian1), and the character itself the tone, so
    that 张 and 章 do not mix.
    """

    def __missing__(self, char: str) -> str:
        reading = _readings().get(char, "")
        self[char] = sound = numbered(reading) + char if reading else char.lower()
        return sound


_SOUNDS = _Sounds()


@lru_cache(maxsize=1)
def _readings() -> dict[str, str]:
    return dict(readings.characters())  # takes a quarter of a second


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    """Words in which a character may sound otherwise than alone, with their syllables: 重庆, 银行, 长江."""
    return {word: " ".join(sounds) for word, sounds in readings.words(_LONGEST_WORD)}


def _sounds_of(text: str) -> str:
    """The sounds of the longest known words, one after another, and of the characters between."""
    words, at, said = _words(), 0, []
    while at < len(text):
        lengths = range(_LONGEST_WORD, 1, -1)
        word = next((w for n in lengths if len(w := text[at : at + n]) == n and w in words), text[at])
        if word not in _SOUNDS and len(word) > 1:
            syllables = map(numbered, words[word].split())
            _SOUNDS[word] = "".join(
                f"{syllable}{sign}" for syllable, sign in zip(syllables, word, strict=False)
            )
        said.append(_SOUNDS[word])
        at += len(word)
    return "".join(said)


@lru_cache(maxsize=1)
def _surnames() -> dict[str, str]:
    """Surnames that sound otherwise than their characters do, each with its syllables."""
    return {name: sound for _line, (name, sound) in files.rows(SURNAMES, ("surname", "pinyin"))}


def numbered(syllable: str) -> str:
    """zhōng → zhong1; a neutral tone is 5; ü is v, as people type it."""
    letters, tone = "", "5"
    for sign in unicodedata.normalize("NFD", syllable):
        if sign in _TONES:
            tone = _TONES[sign]
        elif sign == "\u0308":
            letters = letters[:-1] + "v"
        else:
            letters += sign
    return letters + tone


def text_key(text: str) -> str:
    """What a title or a name of a thing is sorted by; quotation marks and the like before it do not count."""
    return _sounds_of(_LEADING.sub("", text)[:LONGEST]) or "~"


def name_key(name: str) -> str:
    """What a person is sorted by: 单 is Shan, 曾 Zeng, 尉迟 Yuchi."""
    for length in (2, 1):
        surname = name[:length]
        if len(name) > length - 1 and surname in _surnames():
            sounds = _surnames()[surname].split()
            own = "".join(sound + sign for sound, sign in zip(sounds, surname, strict=True))
            return own + _sounds_of(name[length:])
    return text_key(name)


def initial(key: str) -> str:
    """The letter under which a key stands in an index, A to Z; # for figures and signs."""
    letter = key[:1].upper()
    return letter if "A" <= letter <= "Z" else OTHER
