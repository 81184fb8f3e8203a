"""What the text calls the thing that a number counts: the words to its left, or the noun to its right (468个项目).

For figures that the codebook has no row for, and for those of a row whose name stands elsewhere.
"""

from __future__ import annotations

import re

from indexer.domain.report import Figure
from indexer.pipeline.segment.wording import any_of, words

KNOWN = words(
    """
    规上工业增加值 规模以上工业增加值 规模工业增加值 高新技术产业增加值 数字经济核心产业增加值 工业增加值
    产业增加值 增加值 规上工业总产值 规模以上工业总产值 规上工业产值 规模工业产值 工业总产值 工业产值 规上产值
    总产值 产值 地区生产总值 生产总值 GDP 固定资产投资 固投 工业投资 工业固投 民间投资 基础设施投资
    高新技术产业投资 制造业投资 有效投资 年度计划投资 计划总投资 计划投资 协议总投资 协议投资 意向总投资 合同投资
    总投资额 总投资 完成投资 投资额 投资强度 地方一般公共预算收入 一般公共预算总收入 一般公共预算收入 财政总收入
    财政收入 预算收入 公共预算支出 财政支出 税收收入 工业税收 地方税收 亩均税收 税收 社会消费品零售总额
    限上社零 社零 进出口总额 外贸进出口总额 外贸进出口 进出口额 进出口 出口总额 出口额 进口额
    实际利用外资 实际使用外资 实际到账外资 实到外资 实际外资 合同外资 外资 省外到位资金 省外资金 到位资金
    实际利用内资 到位内资 市外内资 省外内资 内资 规上服务业营收 主营业务收入 主营收入 营业收入 营业总收入 营收
    经营收入 技工贸总收入 技工贸收入 总收入 利润总额 利润 研发经费支出 研发经费投入 R&D经费支出 R&D经费投入 R&D经费
    研发投入强度 研发强度 研发经费 研发投入 技术合同成交额 技术合同交易额 专项债券 专项债
    有效发明专利 发明专利 专利授权 知识产权 高新技术企业 科技型中小企业 城镇登记失业率 失业率 完成率 开工率 投产率
    到位率 入驻率 达产率 达效率 接种率 覆盖率 满意度 好评率 建筑面积 规划面积 占地面积 城镇新增就业 新增就业
    贷款余额 融资担保贷款 贷款
    """
)
# 亩均生产总值 is another thing than 生产总值: what it is counted by belongs to an indicator.
COUNTED_BY = "(?:[亩人地户日月年村班校]均|全员|平均)"
KNOWN_AT_END = re.compile(f"{COUNTED_BY}?{any_of(KNOWN)}$")

# Words of reaching at the end of a phrase: 总投资额累计达到约 → 总投资额.
REACHING = words(
    """
    约为 (?<![签节合预])约 近 超过 超额 超 逾 突破 首破 首超 首次 站上 跨过 跃上 迈上 登上 冲破 破 过 不少于 不低于 至少
    共计 共有 总计 合计
    累计达到 累计达 累计 达到 达 为 已有 已达 可达 有 是 已 可 增至 升至 升到 增加到 增加至 扩大到 扩至 提高到
    提高至 提升到 提升至 提到 增到 降至 降到 减到 压减到 压缩到 缩减到 完成 实现 预计 力争 等 分别 各 均 只有 仅有 仅
    其中 新增 净增 的 了 到 至 (?<!公)共 从 由 以上 左右 台阶 大关
    """
)
TAIL = re.compile(rf"(?:{any_of(REACHING)}|(?:19|20)\d\d年|[:：\s“”()（）])+$")
# Times, places and connecting words at its beginning: 其中1-5月全区完成产值 → 产值.
LEADING = words(
    """
    其中 以及 并且 并 和 与 及 已 共计 共 累计 总计 全年 预计 力争 确保 争取 目前 今年以来 今年 截至目前
    上半年 全国 全省 省内 全区 全市 我区 当年 年内 一季度 半年 前三季度 到(?![位账岗])
    在(?!谈|建|孵|库|手) 对 给 向 再 又 另有 另 还有 还 完成 实现 的 以上 左右 余 多
    """
)
HEAD_NOISE = re.compile(
    r"^(?:[\s“”)）]|"
    + "|".join(LEADING)
    + r"|(?:19|20)\d\d(?:年|月份?)|[xX×]{4}年|[\dxX×]{1,2}[-—–~至到][\dxX×]{1,2}月份?"
    r"|前?[一二三四]个?季度|前\d{1,2}个?月|\d{1,2}月[份底末初]?"
    r"|(?:高新区|经开区|开发区|园区|管委会)(?=实施|完成|实现|引进|总计|共|新增|累计|已))+"
)
BREAK = re.compile(r"[,，;；。:：(（)）\n|]")
AND_OTHERS = re.compile("(?<![高中初同平优头])等(?![级于待候])")  # 冷链、仓储等项目, but 高等级公路
PARTED = re.compile(r"[,，、;；和与及或]\s*$")
# Verbs that stand before a counted noun, in either order: 引进项目468个, 引进468个项目.
VERBS = words(
    """
    新引进 引进 新签约 签约 新签 签下 签 新开工 开工 竣工 投产 建成投用 建成 新增 净增 完成 实施 新认定
    认定 新培育 培育 获批 引入 入驻 新落地 落地 聘请 新创建 创建 组建 成立 拥有 聚集 集聚 举办 开展 走访 服务 解决
    办理 办结 发放 改造 拆除 整治 推进 申报 谋划 储备 盘活 收储 开发 投用 新建 开工建设 建设 新开 受理 压减 精简
    下放 出台 设立 设 建 招引 吸引 吸纳 在建 在谈 敲定 对接 接待 拜访 开放使用 使用 组织
    """
)
VERB_AT_END = re.compile(any_of(VERBS) + "$")
LONG_VERB = re.compile(any_of(verb for verb in VERBS if len(verb) > 1))
NOUNS = words(
    """
    项目 企业 机构 平台 园区 载体 孵化器 众创空间 研发中心 中心 实验室 基地 专利 人才 博士 院士 团队 岗位 事项 材料
    职能 权限 措施 政策 问题 隐患 高企 瞪羚 小巨人 独角兽 道路 小区 学校 学位 安置房 保障房 用地 土地 厂房 专班
    工程 产业链 集群 贷款 资金 基金 任务 试点 经验 名单 展品 线路 车位 农户 群众 开发区 高新区 经开区 食堂 站 房
    """
)
NOUN = any_of(NOUNS)
NOUN_AT_END = re.compile(f"(?:{NOUN}|企|商|单位|人员|干部|大使|专员|家庭|产品|品牌|服务|活动)$")
NOUN_RIGHT = re.compile(rf"(?:国家、省|省、市|市、区)?[^，,。；;、：:\d\s（()）]{{0,10}}?(?:{NOUN})+")
# … or whatever stands before the next verb or stop.
ANY_RIGHT = re.compile(  # 55家增到94家: what follows is the next number's
    r"(?!(?:增加?|提高|提升|扩大|扩|上升|升|减少?|压减|降)[到至为])"
    r"[\u4e00-\u9fffA-Za-z“”·]{2,10}?(?=[，,。；;、：:（(\d\n]|$|投[入用产]|签|开工|竣工|建成|获|入[选库驻]|列|完成|实现|正|已|全部|在|为|被|给|总投资|累计|稳步"
    r"|先后|落[户地]|清零|参|进驻|复工|实行|达|占|较|增长|和|与|及)"
)
COUNTERS = frozenset(
    words(
        """
        个 家 户 项 件 名 人 条 宗 栋 座 所 台 辆 套 支 种 类 处 间 份 批 场 次 款 片 班 列 家次 人次 万家 万户
        万个 万人 万件 万人次 万套
        """
    )
)
QUOTES = {ord(c): None for c in '“”‘’"'}
MONEY = ("元", "亿")
LONGEST = 18  # characters of an indicator
LOOKED_AT = 48  # characters to the left; no noun phrase is longer
SHARE = re.compile(
    r"(?:约|近)?占(?P<of>[^，,。；;、\d]{1,14}?)?(?:的|比重?|比例|达到|达|为|约|近|超过|超|逾|总量|总额)*$"
)


OWN_SHARE = re.compile(rf"[\u4e00-\u9fff]{{2}}占比(?:重|例)?(?:{any_of(REACHING)})*$")


def share_of(left: str, before: str | None) -> str | None:
    """``占全市工业产值的`` → 占全市工业产值比重; None where ``left`` ends in no share, or names one (绿电占比达)."""
    if OWN_SHARE.search(left):
        return None
    match = SHARE.search(left)
    if match is None:
        return None
    of = (match.group("of") or "").strip()
    if of:
        return f"占{of}比重"
    return f"{before}占比" if before else "占比"


def phrase_of(left: str, right: str, unit: str, before: Figure | None) -> str | None:
    """What a number counts, by the text between the number before it and itself, and the text after it.

    ``before`` is the figure earlier in the same sentence: where nothing stands between (签约12个、42.9亿元) its noun
    carries on.
    """
    phrase = _phrase(left, before is not None)
    known = KNOWN_AT_END.search(phrase)
    if known:
        return known.group()
    if unit in COUNTERS and not NOUN_AT_END.search(phrase):
        following = right.lstrip("的“以上左右 ")
        noun = NOUN_RIGHT.match(following) or ANY_RIGHT.match(following)
        if noun:
            verb = VERB_AT_END.search(phrase)
            return (verb.group() if verb else "") + noun.group().translate(QUOTES)
    phrase = HEAD_NOISE.sub("", phrase).translate(QUOTES).strip(" 、")
    if phrase:
        return _shortened(phrase)
    if before is not None and before.phrase and (unit not in COUNTERS or not re.match("[，,]", left)):
        if unit.endswith(MONEY) and not before.unit.endswith(MONEY) and not before.phrase.endswith("额"):
            return f"{before.phrase}金额"
        return before.phrase
    return None


def _phrase(left: str, joined: bool) -> str:
    """The last clause of ``left`` without verbs of reaching at its end.

    Empty where a comma or 和 stands right before the number: what is to the left belongs to the number before it
    (走访20家企业和15个项目). ``joined``: ``left`` begins at such a number.
    """
    near = left[-LOOKED_AT:]
    known = KNOWN_AT_END.search(near)
    if known:  # before 完成 of 完成率 is taken for a verb
        return known.group()
    near = TAIL.sub("", near)
    if not near or PARTED.search(near):
        return ""
    clause = BREAK.split(near)[-1]
    others = [match.end() for match in AND_OTHERS.finditer(clause, 0, len(clause) - 1)]
    if others:
        clause = clause[others[-1] :]
    elif "、" in clause and (joined or len(clause) > LONGEST):
        clause = clause[clause.rindex("、") + 1 :]
    return clause.strip(" “”")


def _shortened(phrase: str) -> str | None:
    """A long phrase from its last 的 or verb on; one with no word in it is no indicator."""
    if len(phrase) > 12 and "的" in phrase[:-2]:
        phrase = phrase[phrase.rindex("的", 0, -2) + 1 :]
    if len(phrase) > 12:
        verbs = [verb.start() for verb in LONG_VERB.finditer(phrase, 0, len(phrase) - 2)]
        phrase = phrase[verbs[-1] :] if verbs else phrase
    phrase = phrase[-LONGEST:]
    return phrase if any(c.isalpha() for c in phrase) else None
