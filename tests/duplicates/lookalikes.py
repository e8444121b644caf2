"""Invented notices of one form with other names and numbers: nothing but what stands in the slots tells them apart."""

from __future__ import annotations

import random

FORMS = (
    "{county}县人民法院近日审结一起盗窃案。经审理查明，{year}年{month}月{day}日，被告人{person}窜至{town}镇{village}村，"
    "窃得现金{money}元、电瓶{small}只，价值{worth}元，案发后已退赃{part}元。法院认为，被告人{person}以非法占有为目的，"
    "秘密窃取他人财物，数额较大，其行为已构成盗窃罪，鉴于其自愿认罪，依法判处有期徒刑{months}个月，并处罚金{fine}元。"
    "法官提醒，手莫伸，伸手必被捉，任何心存侥幸的人终将受到法律的严惩。",
    "{county}县气象局{month}月{day}日{hour}时发布未来三天天气预报：{county}县以晴为主，{town}镇、{village}一带午后有阵雨，"
    "雨量{small}毫米，最低气温{low}℃，最高气温{high}℃，相对湿度{percent}%，空气质量指数{index}。"
    "请市民注意防晒补水，午后出行带好雨具，种植户抓紧采收，及时清理田间沟渠，确保排水通畅。",
    "{month}月{day}日，{county}县委理论学习中心组举行第{small}次集体学习会。县委书记{person}主持会议并讲话，县长{other}传达文件，"
    "县委副书记{third}作交流发言。{person}指出，要学深悟透，学以致用，把学习成果转化为推动工作的具体举措。"
    "{other}强调，要对标对表，查找短板，以钉钉子精神抓好落实。会上，{town}镇、{village}乡汇报了工作，{people}名干部参加学习。",
    "{county}县{town}镇{village}村昨日举办孝老饺子宴。村党支部书记{person}介绍，当天共有{people}位老人参加，"
    "{small}名志愿者擀皮包馅、端汤送水，煮了{worth}个饺子，爱心企业捐赠棉被{part}床、食用油{index}桶。"
    "{other}老人说，在家门口吃上热乎的饺子，心里暖洋洋的。据悉，这项活动已坚持举办{months}期，今后还将吸引更多人参与进来。",
)
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
_GIVEN = "建国秀英志明春花德福玉兰永强桂芳海燕立新雪梅宏伟晓东文静家栋少华"
_PLACES = "柏松竹枫桐榆柳槐溪湖沟湾坪坡岗岭塘泽渡桥关口堡寨营屯店集镇墩沙石泉井"


def look_alike(seed: int) -> str:
    """A notice of one of the forms, the same for the same seed."""
    draw = random.Random(seed)

    def person() -> str:
        return draw.choice(_SURNAMES) + "".join(draw.choices(_GIVEN, k=draw.randint(1, 2)))

    def place() -> str:
        return "".join(draw.sample(_PLACES, 2))

    return FORMS[seed % len(FORMS)].format(
        county=place(),
        town=place(),
        village=place(),
        person=person(),
        other=person(),
        third=person(),
        year=draw.randint(2009, 2024),
        month=draw.randint(1, 12),
        day=draw.randint(1, 28),
        hour=draw.randint(0, 23),
        small=draw.randint(2, 40),
        months=draw.randint(3, 36),
        low=draw.randint(-12, 18),
        high=draw.randint(19, 39),
        percent=draw.randint(15, 98),
        index=draw.randint(20, 300),
        people=draw.randint(20, 900),
        money=draw.randint(200, 9_000),
        worth=draw.randint(1_000, 60_000),
        part=draw.randint(50, 3_000),
        fine=draw.randint(1, 20) * 500,
    )
