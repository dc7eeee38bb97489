"""Two invented pages of one issue: an article of page 1 goes on on page 2, in mid-sentence."""

from articles.ingest.record import IssueInfo

TITLE, SHORT = "塘边议事亭里话民生", "塘边议事亭"

_HEAD = "南浦政协报 2024年5月17日 星期五 第%s版"
_BEFORE = """
{title}

——青禾市政协推动协商议事向基层延伸纪实

本报记者　苏小满

走进青禾市南塘街道，梧桐树下的“塘边议事亭”里坐满了人。围绕老旧小区加装电梯，大家谈了整整一个上午。

近年来，青禾市政协把协商议事平台建到群众家门口，建成“塘边议事亭”126个。

“过去开会是听，现在是大家一起出主意。”南塘街道居民说。今年以来，议事亭里谈成的加装电梯、停车划线等
"""
_AFTER = """
民生事项已有87件，群众满意率达到97.5%。

青禾市政协建立“挂号销号”督办机制，定期通报办理进度。加装电梯，就是在塘边议事亭里谈了三轮谈成的。
"""
_FLOOD = """
云岭县政协视察防汛工作

本报讯（记者　何田）5月15日，云岭县政协组织委员视察防汛备汛。委员们来到青龙水库、城东排涝站，提出意见建议12条。
"""
_PARKING = """
临江区政协召开提案办理协商会

本报讯（记者　李文竹）5月14日，临江区政协召开提案办理协商会，围绕停车难与承办单位协商，新增停车泊位800个。
"""

ISSUE = IssueInfo("南浦政协报", "2024-05-17", "88")


def first_page(title: str = TITLE) -> str:
    """Page 1: the beginning, which goes on on page 2, and a news item."""
    return (_HEAD % 1) + "\n" + _BEFORE.format(title=title) + "\n（下转第2版）\n" + _FLOOD


def second_page(headline: str = "", came_from: str = "1") -> str:
    """Page 2: a news item, then what goes on from page 1, under a short form of its headline or none."""
    over = f"\n{headline}\n" if headline else ""
    return (_HEAD % 2) + "\n" + _PARKING + over + f"\n（上接第{came_from}版）" + _AFTER.lstrip("\n")


def rival_page() -> str:
    """Page 2 as well: another text that says it goes on from page 1, about nothing in particular."""
    return (
        (_HEAD % 2)
        + "\n\n（上接第1版）会议强调，要提高认识，加强领导，狠抓落实，确保取得实效。\n"
        + "\n会议要求，各部门要密切配合，形成合力。\n"
    )
