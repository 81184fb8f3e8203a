"""What a number counts: the words to its left, or the noun to its right (468个项目)."""

from __future__ import annotations

import re

from indexer.domain.report import Figure

# Longest first. What reports of zones count; a known name ends the search for the noun phrase.
KNOWN = (
    "规上工业增加值 规模以上工业增加值 规模工业增加值 高新技术产业增加值 数字经济核心产业增加值 工业增加值 产业增加值 规上工业总产值 规模以上工业总产值 "
    "规上工业产值 规模工业产值 工业总产值 工业产值 规上产值 总产值 产值 增加值 地区生产总值 生产总值 GDP 固定资产投资 固投 工业投资 工业固投 "
    "民间投资 基础设施投资 高新技术产业投资 制造业投资 有效投资 年度计划投资 计划总投资 计划投资 协议总投资 协议投资 意向总投资 合同投资 总投资额 总投资 "
    "完成投资 投资额 一般公共预算总收入 地方一般公共预算收入 一般公共预算收入 财政总收入 财政收入 预算收入 公共预算支出 财政支出 税收收入 工业税收 "
    "地方税收 亩均税收 税收 社会消费品零售总额 限上消费品零售总额 限上社零 社零 进出口总额 外贸进出口总额 外贸进出口 进出口额 进出口 出口总额 出口额 进口额 "
    "实际利用外资 实际使用外资 实际到账外资 实到外资 实际外资 合同外资 外资 省外到位资金 省外资金 到位资金 实际利用内资 到位内资 市外内资 省外内资 内资 "
    "规上服务业营收 主营业务收入 主营收入 营业收入 营业总收入 营收 经营收入 技工贸总收入 技工贸收入 总收入 利润总额 利润 研发经费支出 研发经费投入 "
    "R&D经费支出 R&D经费投入 R&D经费 研发投入强度 研发强度 研发经费 研发投入 技术合同交易登记额 技术合同成交额 技术合同交易额 专项债券 专项债 "
    "有效发明专利 发明专利 专利授权 知识产权 高新技术企业 科技型中小企业 城镇登记失业率 失业率 完成率 开工率 投产率 到位率 入驻率 达产率 达效率 "
    "接种率 覆盖率 满意度 好评率 建筑面积 规划面积 占地面积 新增就业 城镇新增就业 贷款余额 融资担保贷款 贷款"
).split()
KNOWN_AT_END = re.compile("(?:" + "|".join(sorted(KNOWN, key=len, reverse=True)) + ")$")
TAIL = re.compile(
    r"(?:约为|约|近|超过|超额|超|逾|突破|首破|首超|首次|站上|跨过|跃上|冲破|破|过|不少于|不低于|至少|共计|共有|总计|合计|累计达到?|累计|达到|达|为|有|是|已|已有|已达|可达|可|增至|升至|升到|增加到|增加至|扩大到|扩至|提高到|提高至"
    r"|提升到|提升至|降至|降到|减到|压减到|压缩到|缩减到|完成|实现|预计|力争|等|分别|各|均|只有|仅|仅有|余|多|其中|新增|净增|上|的|了|到|至|从|由|在|每|以|用|共|总|以上|台阶|大关|[:：\s“”()（）])+$"
)
HEAD_NOISE = re.compile(
    r"^(?:[\s“”)）]|其中|以及|并且|并|和|与|及|已|共|累计|全年|预计|力争|确保|争取|目前|今年以?来|今年|截至目前|上半年|全区|全市|我区|当年|年内|一季度|半年|前三季度|前四月"
    r"|(?:19|20)\d\d年|[xX×]{4}年|\d{1,2}[-—–~至到]\d{1,2}月份?|前?[一二三四]个?季度|前\d{1,2}个?月|\d{1,2}月份?|到|完成|实现|的)+"
)
BREAK = re.compile(r"[,，;；。:：(（)）\n|]")
# Verbs that stand before a counted noun, in either order: 引进项目468个, 引进468个项目.
VERB_ONLY = re.compile(
    r"(?:新)?(?:引进|签约|签|开工|竣工|投产|建成|新增|净增|完成|实施|认定|培育|获批|引入|入驻|落地|聘请|组建|成立|拥有|聚集|集聚|举办|开展|走访|服务|解决|办理|发放|改造|拆除|整治|推进|申报|谋划"
    r"|储备|盘活|收储|开发|投用|新建|建设|新开|受理|压减|精简|下放|出台|设立|设|建|招引|吸引|吸纳|新认定|新培育|新引进|新签约|新签|新开工|新落地|在建|在谈|签下|敲定|对接|接待|拜访)$"
)
NOUN_RIGHT = re.compile(
    r"(?:重点|重大|优质|亿元以上|省|市|区|国家级|省级|市级|规上|工业|产业|招商|科技|高新技术|中小|小微|上市|专精特新|[^，,。；;、：:\d\s（(]){0,10}?"
    r"(?:项目|企业|机构|平台|园区|载体|孵化器|众创空间|研发中心|中心|实验室|基地|专利|人才|博士|院士|团队|岗位|事项|材料|职能|权限|措施|政策|问题|隐患|高企|瞪羚|小巨人|独角兽|"
    r"道路|小区|学校|学位|安置房|保障房|用地|土地|标准厂房|厂房|载体|专班|工程|产业链|集群|贷款|资金|基金|任务|试点|经验|名单|展品|线路|车位|停车位|农户|群众|开发区|高新区|经开区)"
)
COUNTERS = frozenset(
    "个 家 户 项 件 名 人 条 宗 栋 座 所 台 辆 套 支 种 类 处 间 份 批 场 次 款 片 亩 万家 万户 万个 万人 万亩 万平方米 平方公里 万件 人次 万人次 班 列 家次".split()
)
MONEY = ("元", "亿")
LONGEST = 18
SHARE = re.compile(r"(?:约|近)?占(?P<of>[^，,。；;、\d]{1,14}?)?(?:的|比重?|比例|达|为|约|近|超过|超|逾|总量|总额)*$")


def share_of(left: str, before: str | None) -> str | None:
    """``占全市工业产值的`` → 占全市工业产值比重; None where ``left`` ends in no share."""
    match = SHARE.search(left)
    if match is None:
        return None
    of = (match.group("of") or "").strip()
    if of:
        return f"占{of}比重"
    return f"{before}占比" if before else "占比"


def indicator_of(left: str, right: str, unit: str, before: Figure | None) -> str | None:
    """What a number counts, by the text between the number before it and itself, and the text after it.

    ``before`` is the figure earlier in the same sentence: where nothing stands between (签约12个、42.9亿元) its noun carries on.
    """
    phrase = _phrase(left)
    known = KNOWN_AT_END.search(phrase)
    if known:
        return known.group()
    verb = VERB_ONLY.search(phrase)
    if unit in COUNTERS and (not phrase or (verb is not None and len(phrase) <= 8)):
        noun = NOUN_RIGHT.match(right.lstrip("的“以上左右 "))
        if noun:
            return (verb.group() if verb else "") + noun.group()
    if phrase:
        return phrase[-LONGEST:]
    if before is not None and before.indicator:
        if unit.endswith(MONEY) and not before.unit.endswith(MONEY):
            return f"{before.indicator}金额" if not before.indicator.endswith("额") else before.indicator
        return before.indicator
    noun = NOUN_RIGHT.match(right.lstrip("的“ ")) if unit in COUNTERS else None
    return noun.group() if noun else None


def _phrase(left: str) -> str:
    """The last clause of ``left`` without verbs of reaching at its end and times at its beginning."""
    words = left
    for _ in range(3):
        words = TAIL.sub("", words)
        words = words.rstrip(" ,，、;；")
    cut = BREAK.split(words)[-1]
    if "、" in cut and KNOWN_AT_END.search(cut.split("、")[-1]):
        cut = cut.split("、")[-1]
    return HEAD_NOISE.sub("", cut).strip(" 、“”")
