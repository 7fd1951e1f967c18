"""Quantities: where they stand, which way they count, how much, of what."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.decompose.rules.indicators import LONGEST
from luoshi.decompose.rules.targets import FoundTarget, find_targets
from luoshi.text import SourceText, reading_view
from luoshi.text.view import fold

SAMPLES = Path(__file__).parents[3] / "samples"


def find(text: str) -> list[FoundTarget]:
    return find_targets(fold(text))


def case(text: str, phrase: str, comparator: str, value: float, unit: str) -> object:
    return pytest.param(text, phrase, comparator, value, unit, id=phrase)


@pytest.mark.parametrize(
    ("text", "phrase", "comparator", "value", "unit"),
    [
        case("建设不少于40个养老机构。", "不少于40个", "≥", 40, "个"),
        case("审批时限由150个工作日缩短至100个工作日内。", "缩短至100个工作日内", "≤", 100, "个工作日"),
        case("药品抽检频次要达到2批次/千人。", "达到2批次/千人", "=", 2, "批次/千人"),
        case("等124个项目开工。", "124个", "=", 124, "个"),
        case("全年签约12个。", "12个", "=", 12, "个"),
        case("占比压降至5%。", "压降至5%", "=", 5, "%"),
        case("债务规模压降10%。", "压降10%", "-", 10, "%"),
        case("每村至少组建一支15人以上的应急扑火队。", "至少组建一支", "≥", 1, "支"),
        case("完成100亿元以上的投资。", "100亿元以上", "≥", 10_000_000_000, "元"),
        case("地区生产总值增长5%左右。", "增长5%左右", "+", 5, "%"),
        case("工业增加值增长5.5%以上。", "增长5.5%以上", "+", 5.5, "%"),
        case("占比提高到60%以上。", "提高到60%以上", "≥", 60, "%"),
        case("签约率达到85%。", "达到85%", "=", 85, "%"),
        case("失业率控制在5.5%以内。", "控制在5.5%以内", "≤", 5.5, "%"),
        case("失业率控制在5.5%左右。", "控制在5.5%左右", "≈", 5.5, "%"),
        case("涨幅控制在2%—3%。", "控制在2%—3%", "≤", 3, "%"),
        case("入住率稳定在70%左右。", "稳定在70%左右", "≈", 70, "%"),
        case("单位能耗降低3%左右。", "降低3%左右", "-", 3, "%"),
        case("占比提高2个百分点。", "提高2个百分点", "+", 2, "百分点"),
        case("城镇新增就业1200万人以上。", "1200万人以上", "≥", 12_000_000, "人"),
        case("粮食产量1.4万亿斤以上。", "1.4万亿斤以上", "≥", 1_400_000_000_000, "斤"),
        case("培训1,200人次。", "1,200人次", "=", 1200, "人次"),
        case("培育3至5个品牌。", "3至5个", "≥", 3, "个"),
        case("营业收入突破100亿元。", "突破100亿元", ">", 10_000_000_000, "元"),
        case("服务老年人超过2万人。", "超过2万人", ">", 20_000, "人"),
        case("发展社工1000余名。", "1000余名", ">", 1000, "名"),
        case("覆盖20多万户。", "20多万户", ">", 200_000, "户"),
        case("经费约300万元。", "约300万元", "≈", 3_000_000, "元"),
        case("每床面积不低于30平方米。", "不低于30平方米", "≥", 30, "平方米"),
        case("服务期不少于5年。", "不少于5年", "≥", 5, "年"),
        case("办理时间缩短至3个工作日。", "缩短至3个工作日", "=", 3, "个工作日"),
        case("每县至少建成1所。", "至少建成1所", "≥", 1, "所"),
        case("比例不少于总数的5%。", "不少于总数的5%", "≥", 5, "%"),
        case("满意度达到90分以上。", "达到90分以上", "≥", 90, "分"),
        case("价格指数控制在103.5以内。", "控制在103.5以内", "≤", 103.5, ""),
        case("每村不少于三个。", "不少于三个", "≥", 3, "个"),
        case("配备两名以上社工。", "两名以上", "≥", 2, "名"),
        case("培训三万人次。", "三万人次", "=", 30_000, "人次"),
        case("比重提高百分之三十。", "提高百分之三十", "+", 30, "%"),
        case("比重不低于百分之二点五。", "不低于百分之二点五", "≥", 2.5, "%"),
        case("县级中心全覆盖。", "全覆盖", "=", 100, "%"),
        case("产值翻一番。", "翻一番", "+", 1, "倍"),
        case("产值翻两番。", "翻两番", "+", 3, "倍"),
        case("增速不低于全市平均水平。", "不低于全市平均水平", "≥", 1, "全市平均水平"),
        case("居民收入与经济增长基本同步。", "与经济增长基本同步", "≈", 1, "经济增长"),
        case("改造提升25个站点。", "25个", "=", 25, "个"),
        case("建成 20 个站点。", "20 个", "=", 20, "个"),
    ],
)
def test_found(text: str, phrase: str, comparator: str, value: float, unit: str) -> None:
    (found,) = find(text)
    assert (found.text, found.comparator, found.unit) == (fold(phrase), comparator, unit)
    assert math.isclose(found.value, value)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=text)
        for text in (
            "1.建强中心。", "（三）强化保障", "2026年9月25日", "第12条规定", "第98次会议", "云政发〔2026〕31号", "电话12345", "打好三大攻坚战", "实施十项举措", "做到“两个维护”",
            "建设“六个区”", "培育一批企业", "创建一个品牌", "解决几个问题", "第三季度", "完善“1+3”体系", "建设5G基站", "创建4A级景区", "二十届三中全会", "985高校", "三年行动", "近10年",
            "亿元以上项目", "引进10亿元以上项目", "营收超百亿元企业", "处10万元以下罚款", "（8分）", "得5分。", "全市86个乡镇", "10个工作日内", "增长了5%。", "（共23项）", "“金融16条”",
            "15周岁", "千家万户", "2024年度", "35岁以下", "校园周边200米范围内", "流域面积50平方公里以上的河流", "500人以上的企业", "总投资12亿元的中医院迁建项目", "200平方米以下(不含200平方米)的诊所", "年产值2000万元以上的企业", "给予10万元奖励", "该诉求重复来电3次",
            "书面总结报县水利局1份", "推进30万吨造纸改扩建项目", "公路两侧2公里禁止焚烧", "工作任务分解为7大方面、80项", "过渡费按5元/平方米支付",
        )
    ],
)  # fmt: skip
def test_silent(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        pytest.param("达标率、覆盖率、满意率分别不低于69.2%、80%和90%。", [("≥", 69.2), ("≥", 80.0), ("≥", 90.0)], id="all-bounded"),
        pytest.param("收入、投资分别增长6%、7%左右。", [("+", 6.0), ("+", 7.0)], id="both-grow"),
        pytest.param("占比由12%提高到20%。", [("=", 20.0)], id="where-it-starts-is-no-target"),
        pytest.param("86个乡镇中70个以上建成。", [("≥", 70.0)], id="out-of-how-many"),
        pytest.param("引进投资10亿元以上项目5个。", [("=", 5.0)], id="a-threshold-and-a-count"),
        pytest.param("新建1所，改造不少于2所，覆盖率达到100%。", [("=", 1.0), ("≥", 2.0), ("=", 100.0)], id="three"),
    ],
)
def test_several(text: str, targets: list[tuple[str, float]]) -> None:
    assert [(found.comparator, found.value) for found in find(text)] == targets


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        pytest.param("全市50%以上县级综合医院达到三级水平。", "县级综合医院", id="what the share is of, without 的"),
        pytest.param("麦茬控制在15公分以内。", "麦茬", id="公分"),
        pytest.param("▲增加值可比增长14%左右。", "增加值", id="a mark before, 可比"),
        pytest.param("镇政府成立30人的应急分队。", "应急分队", id="people who make up a team"),
        pytest.param("无违建街道达到全市街道总数的80%。", "无违建街道", id="what the share is of stands between"),
        pytest.param("粮食播种面积必须完成320万亩。", "粮食播种面积", id="必须完成"),
        pytest.param("建成一座日供水30万吨的水厂。", "日供水", id="一座"),
        pytest.param("新建1条总长度约25公里的供水管线。", "供水管线", id="how long it is stands before it"),
        pytest.param("地区生产总值增长5%左右。", "地区生产总值", id="before-a-rate"),
        pytest.param("力争全市护理型床位占比达到65%以上。", "护理型床位占比", id="openers-fall-away"),
        pytest.param("建设不少于40个复合型开放型养老服务机构。", "复合型开放型养老服务机构", id="after-a-count"),
        pytest.param("等124个项目落地开工。", "项目", id="cut-at-the-verb"),
        pytest.param("村级互助养老服务点310个。", "村级互助养老服务点", id="before-a-count"),
        pytest.param("占比由12%提高到20%。", "占比", id="before-where-it-starts"),
        pytest.param("达到85%。", "", id="nothing-said"),
        pytest.param("（三）建成航标20座。", "航标", id="a-number-before"),
        pytest.param("建设3个具有辐射作用的产教融合基地。", "产教融合基地", id="after-what-it-has"),
        pytest.param("停航时间不能超过8小时。", "停航时间", id="不能"),
        pytest.param("实现“全覆盖、无遗漏”。", "", id="an opening quotation mark"),
        pytest.param("实现市、县、乡、村四级全覆盖。", "市、县、乡、村四级", id="four levels are one name"),
        pytest.param("查处违法行为186起。", "查处违法行为", id="行为"),
        pytest.param("占比压降至5%。", "占比", id="压降"),
        pytest.param("春节前至少带队检查2次。", "带队检查", id="a season says until when"),
        pytest.param("每村至少组建一支15人以上的应急扑火队。", "应急扑火队", id="how large it is stands before it"),
        pytest.param("市应急局按不低于30%的比例抽查。", "抽查比例", id="what is done by a share"),
    ],
)
def test_indicator(text: str, indicator: str) -> None:
    assert find(text)[0].indicator == indicator


@pytest.mark.parametrize("name", [pytest.param(name, id=name) for name in ("province-opinion.txt", "city-plan.txt", "county-tasks.txt")])
def test_the_samples_hold_every_expected_target(name: str) -> None:
    expected = [fold(phrase) for phrase in json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))[name]["targets"]]
    found = [target.text for target in find_targets(reading_view(SourceText.from_text((SAMPLES / name).read_text(encoding="utf-8"))).text)]
    for phrase in expected:
        same = next((text for text in found if text in phrase or phrase in text), None)
        assert same is not None, phrase
        found.remove(same)


PIECES = (
    "不少于", "不低于", "超过", "达到", "提高到", "增长", "下降", "控制在", "约", "至少", "3", "12", "1,200", "5.5", "一", "三", "百", "万", "亿", "十二", "余", "多", "个", "%", "个百分点", "人次", "元", "年", "工作日",
    "以上", "以内", "左右", "百分之", "全覆盖", "翻一番", "翻番", "与经济增长同步", "全市平均水平", "，", "、", "。", "第", "“", "”", "（", "）", "—", "至", "了", "由", "项目", "的", " ", "\n",
)  # fmt: skip


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join) | st.text(max_size=60))
def test_spans_are_slices_in_order_and_values_are_numbers(text: str) -> None:
    view = fold(text)
    end = 0
    for found in find_targets(view):
        assert end <= found.start < found.end <= len(view)
        assert view[found.start : found.end] == found.text
        assert found.comparator in ("=", "≥", "≤", ">", "<", "≈", "+", "-")
        assert math.isfinite(found.value)
        assert len(found.indicator) <= LONGEST
        end = found.end


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("渡口改造率、航标完好率分别达到69%、80%。", ["渡口改造率", "航标完好率"]),
        ("甘蔗、蔬菜（含食用菌）、水果产量分别达到1050吨、794吨、542吨。", ["甘蔗产量", "蔬菜产量", "水果产量"]),
        ("城镇、农村居民人均可支配收入分别增长6%、7%。", ["城镇居民人均可支配收入", "农村居民人均可支配收入"]),
        ("原煤、天然气产量分别达到70万吨、10亿立方米。", ["原煤产量", "天然气产量"]),
        ("主导产业及高新技术产业营业收入占比分别超61%、59%。", ["主导产业营业收入占比", "高新技术产业营业收入占比"]),
        ("粪污利用率、农膜回收率均达到80%以上。", ["粪污利用率、农膜回收率"]),
        ("制造业、数字经济核心产业增加值年均分别增长5%、8%以上。", ["制造业增加值", "数字经济核心产业增加值"]),
        ("接待游客人次、旅游综合收入均增长25%以上。", ["接待游客人次、旅游综合收入"]),
        ("今年二氧化硫、氮氧化物排放量要分别下降3%。", ["二氧化硫、氮氧化物排放量"]),
        ("渡运人次、客渡船、货渡船、渡口和码头的设备完好率均达到95%。", ["渡运人次、客渡船、货渡船、渡口和码头的设备完好率"]),
        ("渡工培训和渡口维护人均补助标准分别再提高30元和5元。", ["渡工培训", "渡口维护人均补助标准"]),
        ("完成130公里渡口道路改造。", ["渡口道路"]),
        ("打造10个“渡口驿站”。", ["“渡口驿站”"]),
        ("建设150个和美乡村。", ["和美乡村"]),
        ("推进10个省级和20个市级渡口更新试点。", ["省级渡口更新试点", "市级渡口更新试点"]),
        ("推进航标站及20.9公里航道整治。", ["航道整治"]),
        ("发行专项债券3900亿元、比上年增加1000亿元。", ["专项债券", "专项债券"]),
        ("2026年新增渡口驿站300个，2027年新增400个。", ["渡口驿站", "渡口驿站"]),
        ("到2028年底，渡口适老化改造惠及5万户。", ["渡口适老化改造"]),
        ("新建DN300管道5km、绿地3万m2，日处理能力达到5万m³/d，噪声不高于60dB。", ["DN300管道", "绿地", "日处理能力", "噪声"]),
        ("建设110kV变电站3座，5G基站40座。", ["110kV变电站", "5G基站"]),
        ("渡运量增长5%，力争突破6000亿元。", ["渡运量", "渡运量"]),
        ("渡运补贴标准分别提高6%左右和12%左右。", ["渡运补贴标准", "渡运补贴标准"]),
        ("力争亿元渡运企业达330家、10亿元企业达25家。", ["亿元渡运企业", "10亿元企业"]),
        ("开工5个77万千瓦抽蓄电站。", ["抽蓄电站"]),
        ("新建渡口50亿元以上15个。", ["渡口50亿元以上"]),
        ("2026年、2027年、2028年分别完成老旧小区改造80个、100个、120个。", ["老旧小区改造"] * 3),
        ("综合利用率2025年达到60%，2026年达到65%。", ["综合利用率", "综合利用率"]),
        ("PM2.5年均浓度降至32微克/立方米以下，再生水利用率提高5个百分点。", ["PM2.5年均浓度", "再生水利用率"]),
        ("改扩建农村公路600公里，其中新建200公里。", ["农村公路", "新建"]),
        ("市财政局安排专项资金5000万元。", ["专项资金"]),
        ("对年底前仍未完工的12个项目，逐一约谈。", []),
        ("城乡居民人均可支配收入分别增长6%和7%。", ["城乡居民人均可支配收入", "城乡居民人均可支配收入"]),
    ],
)
def test_values_that_are_told_together(text: str, indicators: list[str]) -> None:
    assert [target.indicator for target in find(text)] == indicators
