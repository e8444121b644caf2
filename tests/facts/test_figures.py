"""Figures: cases by kind, offsets under any text, and what a figure is attached to."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.facts.dates.reading import read_dates
from tasks.facts.figures.reading import read_figures
from tasks.facts.places.reading import read_places
from tasks.facts.text.reading import Reading
from tasks.records import Figure, PlaceMention
from tests.reaches import sides

CASES = Path(__file__).parents[1] / "cases" / "facts" / "figures"


class OnePlace:
    """A gazetteer that knows a single place for the whole text."""

    def __init__(self, adcode: str | None = None) -> None:
        self.adcode = adcode
        self.mentions: tuple[PlaceMention, ...] = ()

    def at(self, start_char: int) -> tuple[str | None, str | None]:
        return self.adcode, None


def figures_of(
    text: str, published_on: date | None = date(2021, 5, 6), adcode: str | None = None
) -> tuple[Figure, ...]:
    reading = Reading(text, published_on=published_on)
    return read_figures(reading, OnePlace(adcode), read_dates(reading))


def cases() -> list[Any]:
    return [
        pytest.param(
            case,
            id=f"{path.stem}-{case['label']}",
            marks=[pytest.mark.xfail(strict=True)] if path.stem == "known_failures" else [],
        )
        for path in sorted(CASES.glob("*.json"))
        for case in json.loads(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("case", cases())
def test_a_stated_quantity_is_read_with_its_unit_and_nothing_else_is(case: dict[str, Any]) -> None:
    columns = {name for figure in case["expect"] for name in figure}
    found = [
        {
            "surface": figure.surface,
            "value": round(figure.value, 4),
            "value_max": figure.value_max,
            "unit": figure.unit,
            "approximate": figure.approximate,
            **({"bound": figure.bound} if "bound" in columns else {}),
        }
        for figure in figures_of(case["given"]["text"])
    ]
    assert found == case["expect"], case["comment"]


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["三百二十余户", "3.5万元", "近", "超过", "两", "十七八", "至", "、", "和", "一", "半", "年", "个", "多", "几", "20", "%", "成",
             "分之", "“", "”", "《", "》", "第", "块", "毛", "零", "点", "万", "亿", "，", "。", "\n", "每月", "一次", "左右", "/", "㎡",
             "2020年"]
        ),
        st.text(max_size=3),
    ),
    max_size=30,
).map("".join)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(PIECES)
def test_every_figure_stands_at_its_offsets_and_none_overlaps_another(text: str) -> None:
    end = 0
    for figure in figures_of(text):
        assert text[figure.start_char : figure.end_char] == figure.surface != ""
        assert figure.start_char >= end
        assert figure.value == figure.value
        assert figure.value_max is None or figure.value_max > figure.value
        end = figure.end_char


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("全区有312个网格，专职网格员624人。", ["网格", "专职网格员"]),
        ("新建停车场12处，服务商户300多家。", ["停车场", "商户"]),
        ("目前，全县现有调解室86间，每个镇均建成驿站2座。", ["调解室", "驿站"]),
        ("办理时限由19天缩短到5天，材料提前三天公示。", ["办理时限", "办理时限", None]),
        ("窗口受理申请，收费标准同比下降5%，办件量上升12%。", ["收费标准", "办件量"]),
        (
            "现有网格412个，其中沿江“船娘网格”57个。这57个网格共上报事项2310件。",
            ["网格", "船娘网格", "船娘网格", "事项"],
        ),
        ("该区已配备楼栋长1900名。", ["楼栋长"]),
        ("一早，二十多位业主聚集在院坝里。", ["业主"]),
        ("活动当天，6家药店表达了意向。", ["药店"]),
        ("全镇走访320名留守儿童，参加正规演出19次。", ["留守儿童", "正规演出"]),
        ("街区却有商户4680家，日均人流量约15万人。", ["商户", "日均人流量"]),
        ("把物业管理费低至0.35元/平方米。", ["物业管理费"]),
        ("虽然只有10平方米，却很暖。", [None]),
        ("今年全镇茶园1200亩，本村茶农230户。", ["茶园", "茶农"]),
        ("青禾县共有议事亭57座，全市已建成议事亭412座。", ["议事亭", "议事亭"]),
        # Nouns that the segmenter takes apart or for verbs and adverbs, whole.
        ("纠纷化解率提升至97%，成立12个红白理事会。", ["纠纷化解率", "红白理事会"]),
        ("召开30次议事协调会，58个自然屯开设夜校。", ["议事协调会", "自然屯"]),
        ("同意率83.8%，累计积分8640分，办公用房面积900平方米。", ["同意率", "积分", "办公用房面积"]),
        # A clause describes what is counted; what holds a threshold does not.
        ("选派19名熟悉情况的离退休干部，65岁以上老人有28人。", ["离退休干部", "老人", "老人"]),
        ("面对年均纠纷量超400起的治理压力，5120个村落先后入选。", ["纠纷", "村落"]),
        # What those counted do, which the segmenter takes for a noun: taking turns, sending somebody, sitting around.
        ("由17位老矿工轮流当值，12个部门派员参加，31名居民代表围坐在一起。", ["老矿工", "部门", "居民代表"]),
        ("每亩20元的标准由笋农自筹，22名村干部前来学习。", ["标准", "村干部"]),
        ("该机制成功提前化解19起潜在纠纷。", ["潜在纠纷"]),
        # What a verb does to things counted before is done to the same things; a change is of what was named.
        (
            "排查矛盾纠纷163件，化解159件，化解率97.5%，同比提高2.1个百分点。",
            ["矛盾纠纷", "矛盾纠纷", "化解率", "化解率"],
        ),
        ("信访量、治安案件分别下降41%和23%。", ["信访量", "治安案件"]),
        # Whence a change began, what stands between noun and number, and nouns that the segmenter takes apart.
        ("起付线由500元下调至300元，水事纠纷由过去每年三十多起降到6起。", ["起付线"] * 2 + ["水事纠纷"] * 2),
        ("租期满2年的合同；固定资产投资完成3.5亿元，挂号费减免20%。", ["租期", "固定资产投资", "挂号费"]),
        ("办件量居前三，分别为2417件、1988件和1263件。", ["办件量"] * 3),
        ("最大雨量出现在夜里，达87.4毫米，2人死亡、1人失联，转移96人。", ["最大雨量", "死亡", "失联", "转移"]),
        ("销售收入为25亿元，比2017年的20亿元增长21%。", ["销售收入"] * 3),
        ("表决时赞成19票，反对1票；订《护林公约》12条，写过16本书。", ["赞成", "反对", "护林公约", "书"]),
        ("授予10名同志“金牌调解员”称号，把33家企业串联起来。", ["同志", "企业"]),
        ("先进调解员（10名），承担修剪费的七成。", ["先进调解员", "修剪费"]),
        ("黄村54岁的李敏说，学校相距3公里。", ["年龄", "距离"]),
        ("11个村547户受灾，三个组9人。", ["村", "受灾", "组", None]),
        ("组建调解队13支156人，受理6大类57项高频事项。", ["调解队", "调解队", "高频事项", "高频事项"]),
        ("19个乡镇中已有11个推开，受理诉求58642件，日均644件。", ["乡镇", "乡镇", "诉求", "诉求"]),
        # Nothing is counted where the text names nothing: a way, a person's age, what is done.
        ("骑车跑了七八十公里，韩师傅今年54岁，把176户的意见统一起来。", [None, "年龄", None]),
        # Adverbs, currencies and who acts are no part of it; a 的 behind a rate leaves it what it is of.
        ("设备成本和渠道成本几乎各占一半，营业支出增幅却高达149%。", ["渠道成本", "营业支出增幅"]),
        ("居委会开了机会成本课3次，价格约合人民币7000元。", ["机会成本课", "价格"]),
        ("英国将为多达30万人提供护照，我国有14亿人口。", [None, "人口"]),
        ("满意率低于85%的单位要说明，62岁的居民也来了。", ["满意率", "年龄"]),
        ("每季度检查1次电线，村委会调解过两次，开展3次培训。", ["检查", "调解", "培训"]),
        ("先在26个寨子试点，收入过百万元的村达到9个。", ["寨子", "收入", "村"]),
        ("有11个苏木44个嘎查，调撤率达89.7%，共有1012个无物业小区。", ["苏木", "嘎查", "调撤率", "无物业小区"]),
        ("供热管网由3公里延长到9公里，满意度由2020年的87.6%升至96.1%。", ["供热管网", "供热管网", "满意度", "满意度"]),
        # What was done with things is no part of them; a compound with that verb is one thing.
        ("排查隐患一千处，办实事1900件，办事处3个", ["隐患", "实事", "办事处"]),
        ("节省资金8万元，募集资金账户2个", ["资金", "资金账户"]),
        # A number behind 会 counts meetings; 会 before a verb tells of what may be.
        ("冬季召开院坝会1240场次", ["院坝会"]),
        # A measure with 的 describes those counted, a measure without it is what is told.
        ("40多个平均年龄不到35岁的年轻人回到村里", ["年轻人", "平均年龄"]),
        ("对合格率在90%以上的企业予以表扬，企业奖励5万元", ["合格率", "企业奖励"]),
        ("回收率低于全县平均水平，为71%", ["回收率"]),
        # A verb that the segmenter glued to the measure word is none of it; a noun is.
        ("把全镇412户划为38个网格，选出19个州代表", [None, "网格", "州代表"]),
        ("7个村集体收入不足3万元，7个村集体项目", ["村", "村集体收入", "村集体项目"]),
        ("全县52名代办员共为老人办事", ["代办员"]),
        ("26名党员包联，26名党员骨干参加", ["党员", "党员骨干"]),
        ("3名网格员按计划入户", ["网格员"]),
        # Nouns that the segmenter tags otherwise, and its ends of nouns that look like a way to a number.
        ("征集培训需求71项，已认领29项，发现不文明行为17起。", ["培训需求", "培训需求", "不文明行为"]),
        ("制定村规民约12条，10位青年学者到场，村规民约约12条。", ["村规民约", "青年学者", "村规民约"]),
        ("清退不合格产品4箱，拒付票据4张，单项总投资在3万元以上。", ["不合格产品", "票据", "单项总投资"]),
        # A sum of money is what it is called, or what was paid, not what it was paid for; of funds it is of those.
        ("筹资80万元修建水渠，投入资金20万元建设凉亭，争取3万元建设资金。", ["筹资", "资金", "建设资金"]),
        # Aspects are told by their measure word alone; a noun behind it is counted in them.
        ("从6个方面量化评分，围绕三个方面，提出3个方面需求", ["方面", "方面", "需求"]),
        # A share of something is of what has it; a length is of what is so long.
        ("筹资比例不低于总投资的10%，书屋借阅量不及镇馆的三成", ["筹资比例", "书屋借阅量"]),
        ("项目资金中超过六成来自财政，水渠岸线长9公里，书屋占地80平方米", ["项目资金", "水渠岸线", "书屋"]),
        # What verbs do before and behind those counted: a verb before the noun describes it where another one follows.
        ("9名涉案嫌疑人悉数落网，9名返乡，49名在村党员编入网格", ["涉案嫌疑人", None, "在村党员"]),
        ("23名部门负责人现场接听来电318个", ["部门负责人", "来电"]),
        ("把16项重点任务清单式梳理，9家企业和区、镇两级", ["重点任务", "企业"]),
        # Neighbours: numbers of a list, each of those before it, only when it was so, and what each one has.
        ("每年发行2只、1只、1只债券", ["债券"] * 3),
        ("办结率99%，满意率92%，同比分别提高0.6和3.5个百分点", ["办结率", "满意率"] * 2),
        ("火灾由12起降到6起，今年1—7月只有2起，烧了30间", ["火灾", "火灾", "火灾", None]),
        ("新建圈舍12间，每间80平方米，每人60元", ["圈舍", "圈舍", None]),
        # Whose the figure is that stands with 的; what is paid without a word for the sum; in a list with commas.
        (
            "注册户数超过100亿的平台，缴税逾千万元，其用户占比45.6%，33.5%和20.9%",
            ["注册户数", "缴税"] + ["用户占比"] * 3,
        ),
        ("《李集往事》（40万字）出版，张贴海报2600张，即取消担保比例低于130%的规定", ["李集往事", "海报", "担保比例"]),
        # Those who act end before what they do; events have nobody who acts.
        ("3名党员服务群众，12名乡贤返乡创业，8名志愿服务队员", ["党员", "乡贤", "志愿服务队员"]),
        ("安排了4场政策宣介专场活动，安排4名干部驻守村口", ["政策宣介专场活动", "干部"]),
        # Time words and what says how are nothing that is counted.
        ("连续两个季度低于70分的，用户成本普遍在2元—10元之间", [None, None, "用户成本"]),
        # Lists: of the last name before the rate; of some of those before; the size of one thing in three ways.
        ("夜校、书屋、食堂满意率位居前三，分别为96.1%、95.4%和94.9%", ["食堂满意率"] * 3),
        ("菜品单价普遍在2元左右，少数能达到20元，龙舟长22米、宽6米", ["菜品单价", "菜品单价", "龙舟", "龙舟"]),
        ("妇联干部、协会会员等63人参加，县教育局等12人入会", ["协会会员", None]),
        # A share before a noun is of its rate; what was bought for a sum was not paid.
        ("合格率超90%企业达12家，以20万元收购茶厂，均价曾突破30元", ["合格率", "企业", "收购", "均价"]),
        ("主持2个重点调研课题，得到16%的回报", ["重点调研课题", "回报"]),
        # What came of a named practice is counted, not the practice; what happened is no part of what it happened to.
        ("通过“小哨兵”排查矛盾纠纷1284件。共发生邻里纠纷47起。", ["矛盾纠纷", "邻里纠纷"]),
        ("分红发下来了，整整3200元。", [None]),
        # How long somebody has done something is of no subject; how long a thing lasts is of the thing.
        ("停产3个月的窑厂，300年的历史，为期3天的培训班", [None, "历史", "培训班"]),
        # Votes before their kind; a total, a sum in all and a bare share are of what the figure before them is of.
        ("以31票赞成、4票反对通过，新办企业3家，总数达到9家", ["赞成", "反对", "企业", "企业"]),
        ("新修渡槽4条共9公里，收益的三成归社员，七成留作公积金", ["渡槽", "渡槽", "收益", "收益"]),
        ("党员占总人口两成，党员占比7%，奖补资金到位60万元", ["党员", "党员占比", "奖补资金"]),
        ("完成工业投资3亿元，增长12%，全镇一共28个群，组长3名", ["工业投资", "工业投资", "群", "组长"]),
        # Anniversaries, which time is meant, and what persons do behind their number count nothing.
        ("建校60周年座谈会。这两天的新闻。共300人观看演出。3人小组", [None, None, None, "小组"]),
        (
            "家里六口人，账户总数达到87个，午后14时气温仅4℃，机组利用率2014年只有41%",
            ["人", "账户", "气温", "机组利用率"],
        ),
        ("粮价跌10%，前一周大跌12%，发行量300份，较5月的500份下降4%", ["粮价", None, "粮价"] + ["发行量"] * 3),
        ("6月26日、6月29日分别出现16%、13%的跌幅，有7%的在本地就业的员工", ["跌幅", "跌幅", "员工"]),
        ("5处宽带时断时续，每月上门3次", ["宽带", "上门"]),
        # What a described number is of stands in the clause before; those announced stand before a colon.
        ("主要靠志愿者，登记在册的有86人。数数饿着肚子的孩子：38人", ["志愿者", "孩子"]),
        ("剩下3户提出换地，入社的86户户均增收，306户杏农来了", [None, None, "杏农"]),
        ("头一年，他争取老旧小区改造资金60万元，拿出机动地4.2亩", ["老旧小区改造资金", "机动地"]),
        (
            "案件96起，损失728万元，同比分别下降21%和35%；近视率却比入学时上升了3个百分点",
            ["案件", "损失"] * 2 + ["近视率"],
        ),
        ("14号楼12户，把室温稳定在20摄氏度，成交了47单，追加了12万元", [None, "室温", "成交", "追加"]),
        # Ranks, what should be, and whence somebody is stand between a noun and its number; funds are no award.
        ("试点村得分最高，为97.3分，服务半径最远28公里", ["试点村得分", "服务半径"]),
        ("任期应从一年延长到三年，示范单位各奖励工作经费3万元", ["任期", "任期", "工作经费"]),
        ("村集体收入2017年为11万元，今年前10个月已达到23.5万元", ["村集体收入"] * 2),
        # Of several the measure behind 的; a change is of the sum and not of the plan.
        ("东厂、西厂的产量分别为3吨和5吨，带动2亿元的产业投资", ["产量", "产量", "产业投资"]),
        ("固定资产投资完成2亿元，完成年度计划82%，同比增长15%", ["固定资产投资", "年度计划", "固定资产投资"]),
        ("收益率为5%，而2012年和2013年分别是10%和9%，增速比上年的6%回落4个百分点", ["收益率"] * 3 + ["增速"] * 2),
        (
            "净值跌去40%，一个月内9次劝降，有三四个做手工的摊位，为关东地区300人服务",
            ["净值", None, "劝降", "摊位", None],
        ),
        ("开支部会要提前一个星期捎话，8亿人口日益增长的需求", [None, "人口"]),
        # Single characters that the segmenter parts; half of what is told is no figure.
        ("上了36节课，说到一半，他停了", ["课"]),
        ("引进青禾文旅有限公司认捐58万元", ["认捐"]),
        ("老年人口4.8万人，占总人口的23.6%。", ["老年人口", "老年人口"]),
        ("选择2至3个条件成熟的村先行试点，培育6家技术先进的企业，现有15个基础较好的社区。", ["村", "企业", "社区"]),
        ("推选5名德高望重的老人，采纳3名人大代表的建议，走访20户居民的家。", ["老人", "人大代表", "居民"]),
        ("协会为面馆争取房租减免12万元，为商户减免租金12万元，挂号费减免20%。", ["房租减免", "租金", "挂号费"]),
        ("夜间班车加到4班，另选1至2个矛盾较多的自然村。", ["夜间班车", "自然村"]),
        # What was carried out is counted with its noun; nobody is counted in years; 家 before 乡镇 counts houses.
        ("完成卫生厕所改造860座，完成护栏更换2公里，完成投资5亿元", ["卫生厕所改造", "护栏更换", "投资"]),
        ("务农八年的村民来自24家乡镇卫生院，回到家乡", [None, "乡镇卫生院"]),
        # Of several places each its figure, of one noun; lectures are counted.
        ("范湖村、源潭村完成率分别为96.4%和91.7%，课程共12讲", ["完成率", "完成率", "课程"]),
        ("雅江、炉霍、白玉三县分别成立流动党支部9个、7个和4个。", ["流动党支部"] * 3),
        # How long it took is of no rise; more than half is a share.
        ("水位两小时上涨1.3米，化解纠纷138桩，其中超过一半是土地纠纷", [None, "水位", "纠纷", None]),
        # What is set against an earlier count is of what stands before, and so is how it changed; notes are skipped.
        ("全县人口与2010年普查的72.5万人相比，增加2.6万人，增长3.6%。", ["人口"] * 3),
        ("常住人口[2]为31.4万人，每户的人口为2.39人，比第六次人口普查减少0.41人。", ["常住人口", "人口", "人口"]),
        ("农村选区240个，占选区总数69%，比上届上升5.8%。", ["农村选区"] * 3),
        ("自留地6亩，仅占土地总面积236亩的2.5%。", ["自留地", "土地总面积", "自留地"]),
        ("茶叶产量1800吨，与去年同期相比增长12%，订单量环比上周增长1.8倍。", ["茶叶产量"] * 2 + ["订单量"]),
        ("共有11人在火灾中不幸丧生，另有2人经抢救无效死亡，5名矿工被困。", ["丧生", "死亡", "矿工"]),
        # What was planned, what came of it, and how it grew; what is left over goes on into the next year.
        (
            "收入预算数为15.4亿元，实际完成14.9亿元，比上年决算数14.2亿元增长3%。年终结转下年1.2亿元。",
            ["收入预算数", "收入", "决算数", "收入", "年终结转下年"],
        ),
        # A share goes somewhere; an aim, the use of land and a fund that a sum is put to say less than what is before.
        ("收入的60%来自旅游，只有40%来自种粮，60%农户受益。", ["收入", "收入", "农户"]),
        ("实现排放总量减少6%的减排目标，流转土地30亩种植葡萄，种植30亩葡萄。", ["排放总量", "土地", "葡萄"]),
        ("筹集13.8万元作为合作社启动资金。", ["启动资金"]),
        ("总投资2亿元粮库项目动工，投资2000万的果园投产，专项资金3万元。", ["总投资", "投资", "专项资金"]),
        # All that those counted did; of what kind they are; what a state is told of.
        ("当日38.8万人紧急转移安置，养殖户中有6户是脱贫户。", ["紧急转移安置", "养殖户"]),
        ("15个村有12个村集体经济收入突破10万元，30个城市环境质量较好。", ["村", "村", "村集体经济收入", "城市"]),
        ("向1800余名受助儿童捐出来自城里的书，22项量化指标任务全部完成。", ["受助儿童", "量化指标任务"]),
        ("平均分最低的3个村依次是柳湾和东坪，分别为47和58分。", ["村", "平均分", "平均分"]),
        # How long something has lasted or how far it reaches; the label of a box of facts.
        ("庙会已有一千多年历史，她有两年多工作经验，读了三年学校。", ["历史", "工作经验", None]),
        ("全县南北长79.6公里\n占地面积：3360平方米\n村民：3亩", ["南北长", "占地面积", None]),
        ("发送旅客3.56亿人次，增长9.7%，日均880万人次。", ["旅客"] * 3),
        ("农作物受灾1120千公顷，受灾人口、倒塌房屋分别偏少42%和86%。", ["农作物受灾", "受灾人口", "倒塌房屋"]),
    ],
)
def test_a_figure_names_what_it_counts(text: str, subjects: list[str | None]) -> None:
    assert [figure.subject for figure in figures_of(text)] == subjects


def test_the_place_that_leads_a_noun_is_no_part_of_what_is_counted() -> None:
    text = "据统计，义乌市网格412个，另一份材料说义乌市现有网格386个。"
    reading = Reading(text)
    figures = read_figures(reading, read_places(reading), ())
    assert [(figure.value, figure.subject) for figure in figures] == [(412, "网格"), (386, "网格")]


def test_a_number_in_the_name_of_a_place_is_no_figure() -> None:
    reading = Reading("安吉县五峰村和三门洞村共有六口塘。")
    assert [figure.surface for figure in read_figures(reading, read_places(reading), ())] == ["六口"]


def test_a_figure_carries_the_year_of_its_sentence_and_the_place_that_holds() -> None:
    figures = figures_of("2019年，全村栽茶500亩。目前有茶园1200亩。", adcode="330999")
    assert [figure.year for figure in figures] == [2019, 2021]
    assert {figure.adcode for figure in figures} == {"330999"}


def test_a_figure_without_any_date_has_no_year() -> None:
    assert [figure.year for figure in figures_of("全村栽茶500亩。", published_on=None)] == [None]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("梅园社区始建于1983年，现有楼房41栋，居民2600户。", [2021, 2021]),
        ("1983年建成楼房41栋，居民2600户。", [1983, 1983]),
        ("截至2019年底，现有楼房41栋。", [2019]),
        ("该庭自2018年4月在安仁镇设立以来，已调撤案件635件。", [2021]),
        ("2019年起，全镇每年投入30万元。", [2019]),
        ("2017年组建调解队。两年来调解纠纷217件。", [2017, 2021]),
        ("2017年组建调解队。队员12人。", [2017]),
    ],
)
def test_what_stands_now_is_not_of_the_year_of_founding(text: str, years: list[int]) -> None:
    assert [figure.year for figure in figures_of(text)] == years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("梅园社区始建于1983年，现有楼房41栋，居民2600户。", [None, None]),
        ("2020年修了5个院落，去年9个，今年计划再修4个。", [2020, None, None]),
        ("2018年底推行改革后，礼金降到了去年的6万元；今年又降至5万元。", [None, None]),
        ("2020年修了5个院落，年底又修9个。", [2020, 2020]),
    ],
)
def test_last_year_is_no_year_on_a_page_without_a_date(text: str, years: list[int | None]) -> None:
    assert [figure.year for figure in figures_of(text, published_on=None)] == years


@pytest.mark.parametrize(("text", "title", "expect"), sides("figures"))
def test_a_figure_reaches_so_far_and_no_farther(text: str, title: str, expect: list[Any]) -> None:
    del title  # no figure depends on it
    found = [[f.surface, f.value, f.unit, f.subject, f.year, f.bound] for f in figures_of(text)]
    assert found == expect
