"""Texts that no paper prints: each is long where some rule could lose its way."""

from collections.abc import Callable, Mapping

SIZE = 100_000  # characters
SENTENCE = "近年来，政协委员积极履职尽责。"
NOTE = "（作者系全国政协委员、成都市政协主席）"


def _repeat(text: str) -> Callable[[], str]:
    return lambda: text * (SIZE // len(text))


def _lines(number: int, line: str, between: str = "\n\n") -> Callable[[], str]:
    """`number` times a line, `{i}` in it being which it is."""
    return lambda: between.join(line.replace("{i}", str(i)) for i in range(number))


TEXTS: Mapping[str, Callable[[], str]] = {
    "one opening bracket": _repeat("（"),
    "one half-width bracket": _repeat("("),
    "one closing bracket": _repeat("）"),
    "one digit": _repeat("1"),
    "one newline": lambda: "政" + "\n" * SIZE + "协",
    "one space": lambda: "政" + " " * SIZE + "协",
    "one full-width space": lambda: "政" + "\u3000" * SIZE + "协",
    "one character": _repeat("政"),
    "one numeral": _repeat("一"),
    "one ten thousand": _repeat("万"),
    "one quotation mark": _repeat("“"),
    "one full stop": _repeat("。"),
    "one comma": _repeat("，"),
    "one dash": _repeat("—"),
    "one ellipsis": _repeat("…"),
    "one bullet": _repeat("□"),
    "one hash": _repeat("#"),
    "one emoji": _repeat("😀"),
    "zero-width spaces": _repeat("a\u200b"),
    "quotes that never close": _repeat("“有事好商量，"),
    "titles that never close": _repeat("《政协"),
    "brackets nested round words": lambda: "（政" * (SIZE // 4) + "协）" * (SIZE // 4),
    "brackets nested": lambda: "（" * (SIZE // 2) + "）" * (SIZE // 2),
    "marks nested": lambda: "（“《" * (SIZE // 6) + "》”）" * (SIZE // 6),
    "no punctuation": _repeat("全市政协委员围绕经济发展建言献策"),
    "letters and digits alike": _repeat("l1O0"),
    "digits spaced": _repeat("1 "),
    "digits and commas": _repeat("1,"),
    "thousands spaced": _repeat("1 000 "),
    "latin words": _repeat("abc def "),
    "dates": _repeat("2024年3月5日"),
    "metrics": _repeat("走访3300余次，办复率95.4%，"),
    "percentages": _repeat("1%"),
    "halves": _repeat("半数"),
    "articles": _repeat("一个"),
    "amounts in a row": _repeat("3件、"),
    "parts of totals": _repeat("3件中2件，"),
    "hedged numerals": _repeat("三百余件、"),
    "ambiguous places": _repeat("北京市朝阳区南京市鼓楼区福州市鼓楼区"),
    "committees": _repeat("鼓楼区政协"),
    "practices": _repeat("“委员会客厅”平台、"),
    "names in one row": _repeat("“有事好商量”、"),
    "names on one line": _repeat("张小明 李建国 王丽华 "),
    "editors on one line": _repeat("责任编辑 "),
    "50,000 short lines": _lines(50_000, "政协第{i}行", "\n"),
    "50,000 short paragraphs": _lines(50_000, "政协第{i}行"),
    "50,000 times one line": _lines(50_000, "协商议政", "\n"),
    "20,000 sentences": _lines(20_000, "政协委员第{i}次协商。"),
    "9,000 sentences": _lines(9_000, "政协委员第{i}次协商。"),
    "9,000 short lines": _lines(9_000, "政协第{i}行"),
    "20,000 lines of names": _lines(5_000, "张小明\n李建国\n王丽华\n欧阳修文", "\n"),
    "9,000 lines of names": _lines(3_000, "张小明\n李建国\n王丽华", "\n"),
    "8,000 subtitles": _lines(4_000, "政协在行动{i}\n——记政协{i}", "\n"),
    "9,900 jump lines": _lines(9_900, "（下转第2版）"),
    "a role of thousands of offices": lambda: f"{SENTENCE}（作者系{'成都市政协主席、' * (SIZE // 8)}）",
    "5,000 author notes": _lines(5_000, NOTE),
    "5,000 texts with author notes": _lines(5_000, SENTENCE + NOTE),
    "3,000 bylines": _lines(3_000, f"□ 张小明\n\n{SENTENCE}"),
    "3,000 wire brackets": _lines(3_000, f"本报讯（记者 张小明 通讯员 李建国）{SENTENCE}"),
    "3,000 headlines": _lines(3_000, f"第{{i}}届政协开展协商议政活动\n\n{SENTENCE}"),
    "1,000 headlines": _lines(1_000, f"第{{i}}届政协开展协商议政活动\n\n{SENTENCE}"),
    "3,000 headings": _lines(3_000, f"一、开展协商\n\n{SENTENCE}"),
    "3,000 columns": _lines(3_000, f"主席论坛\n\n{SENTENCE}"),
    "2,500 texts continued elsewhere": _lines(
        2_500, "近年来，政协委员积极履职，（下转第2版）\n\n（上接第1版）继续履职尽责。"
    ),
    "2,000 committees in turn": _lines(2_000, "成都市政协开展活动{i}次。\n\n南京市政协开展活动。"),
    "4,000 captions": _lines(4_000, "图为政协委员在调研。 张小明 摄"),
    "8,000 texts cut in mid-sentence": _lines(8_000, "近年来，政协委员积极履职"),
    "contents without end": lambda: "本期导读\n" + _lines(9_000, "政协第{i}行开展协商", "\n")(),
    "notices without end": lambda: "遗失声明\n" + _lines(9_000, "某某公司遗失营业执照{i}", "\n")(),
    "hard-wrapped without end": _lines(5_000, "近年来政协委员积极履职尽责围绕中心服务大局建言", "\n"),
    "marked headings": _repeat("# 政协\n"),
}
