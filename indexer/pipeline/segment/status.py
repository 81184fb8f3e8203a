"""What a passage is: 成效, 举措, 计划, 问题 or 背景 — by the headings over it, the genre, then its own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.domain.report import Genre, Status

RESULT, MEASURE, PLAN, PROBLEM, BACKGROUND = (
    Status.RESULT,
    Status.MEASURE,
    Status.PLAN,
    Status.PROBLEM,
    Status.BACKGROUND,
)

# What a heading says of all that stands under it; the first pattern that fits counts.
HEADINGS: tuple[tuple[re.Pattern[str], dict[Status, float]], ...] = (
    (re.compile("问题整改|整改(?:情况|落实|措施)|解决问题"), {MEASURE: 2.0}),
    (re.compile("(?:问题|困难|不足|短板).*(?:下一步|打算|建议|思路|对策)"), {PLAN: 1.0, PROBLEM: 1.0}),
    (re.compile("总结.*(?:思路|打算|计划|安排)|回顾.*(?:展望|计划|安排)"), {}),
    (
        re.compile(
            "存在.{0,6}(?:问题|困难|不足|短板)|(?:问题|困难|不足|短板)(?:与|和|及|$)|薄弱环节|制约因素|面临.{0,6}(?:困难|形势|挑战)"
        ),
        {PROBLEM: 5.0},
    ),
    (
        re.compile(
            "下一步|下一阶段|下阶段|下步|下半年|明年|来年|今后|未来|打算|工作思路|思路|工作(?:计划|安排|目标|谋划|要求|建议)|目标任务|(?:主要|预期|发展|奋斗|总体)目标"
            "|总体要求|指导思想|重点任务|工作重点|重点工作|展望|规划|建议|力争|将"
        ),
        {PLAN: 4.0},
    ),
    (re.compile("基本情况|概况|简介|背景"), {BACKGROUND: 2.0, RESULT: 0.5}),
    (re.compile("主要做法|做法|举措|措施|经验|工法|路径"), {MEASURE: 2.0}),
    (
        re.compile("成效|成绩|成果|总结|回顾|完成情况|进展|运行情况|亮点|答卷|取得|突破|台阶|开展情况|工作情况"),
        {RESULT: 1.5, MEASURE: 0.5},
    ),
)

GENRES: dict[Genre, dict[Status, float]] = {
    Genre.PLAN: {PLAN: 2.5},
    Genre.POLICY: {MEASURE: 1.5, PLAN: 0.5},
}

# (pattern, status, weight, most times counted). Weights were set on one half of domain/facts.jsonl and on the seeds.
CUES: tuple[tuple[re.Pattern[str], Status, float, int], ...] = (
    # done and counted
    (re.compile("同比|比增|增长|较上年|比上年|提前|翻番|创新高|首次|首破|首超|突破"), RESULT, 1.0, 2),
    (
        re.compile(
            "完成|实现|达到?(?=[约近超]?\\d)|累计|新增|建成|竣工|投产|落户|落地|签约|引进|获批|获评|荣获|入选|通过验收|授牌|上榜|居|位列|排名|第一|前列|占"
        ),
        RESULT,
        0.7,
        4,
    ),
    (re.compile("成效|显著|明显|成功|顺利|圆满|稳步|持续改善|不断提升|全面完成|超额"), RESULT, 0.6, 2),
    (re.compile("已经?(?!有)|目前已?"), RESULT, 0.4, 1),
    # what was done about it
    (
        re.compile(
            "建立|推行|出台|实施|制定|组建|成立|设立|设(?!施|备|计|想|有)|开展|推动|推进|健全|完善|深化|探索|创新|搭建|打造|构建|强化|落实|聚焦|优化|试点|编制|印发|组织|实行|采取"
        ),
        MEASURE,
        0.6,
        4,
    ),
    (
        re.compile(
            "通过|依托|围绕|按照|坚持|以.{1,12}为|用.{1,14}(?:招商|跟踪|推进|管|办)|率先|首创|机制|办法|制度|方案|清单|专班|联络员|一企一|模式|压减|精简|下放|派驻?|聘|盯|靠|给企业|为企业|上门"
        ),
        MEASURE,
        0.7,
        4,
    ),
    # to be done
    (
        re.compile(
            "力争|争取(?!到|省|资金|各类|专项|发展)|确保|拟|目标|下一步|下半年将|明年|今后|未来|预期|到20\\d\\d年|年底前|十五五|三年行动|五年内|有望"
        ),
        PLAN,
        1.2,
        3,
    ),
    (re.compile("(?<!年度)(?<!行动)(?<!科技)计划(?!单列|项目|投资|》)|计划(?:到|在|新|建)"), PLAN, 1.2, 1),
    (
        re.compile(
            "(?<!即)(?<!名)将(?!.{0,6}(?:由|从))|要(?=[加强进着抓坚持突围全把以达过求推])|须|务必|继续|进一步|加快|努力|奋力|全力以赴"
        ),
        PLAN,
        0.8,
        3,
    ),
    # what is wrong
    (
        re.compile(
            "存在.{0,12}(?:问题|不足|短板|困难|差距)|不够|不足(?!全|为)|缓慢|滞后|偏低|偏弱|偏高|薄弱|短缺|紧缺|缺口|缺乏|受阻|难(?:以|留|收|题|点)|不敢|不清|不一|不彻底|不到位|不共享|不主动|制约|瓶颈|短板|突出问题|矛盾|没底|不匹配|不合理|乏力|下行压力|收窄|退出|未(?:能|恢复|完成|达)|没理顺|冒头|不强|不高|不大|不优|依然"
        ),
        PROBLEM,
        1.3,
        3,
    ),
    (re.compile("发现问题|暴露|亟待|亟需|尚未|差距|困难|压力|不平衡|不充分"), PROBLEM, 0.8, 2),
    (re.compile("解决|破解|整改|化解|补齐|帮助|督查|销号|排查|逐条|逐个|逐项|难题"), PROBLEM, -0.9, 3),
    # what it stands on
    (
        re.compile(
            "位于|地处|始建于|前身|规划面积|总面积|管辖|下辖|成立于|批准设立|坚强领导|正确领导|习近平|党的.{1,4}大|在.{2,10}(?:领导|指导)下|深入贯彻|如下|汇报如下|报告如下"
        ),
        BACKGROUND,
        1.0,
        3,
    ),
)
NUMBER = re.compile(r"(?<![\d年])(?!20\d\d年)[\dxX×]+(?:\.[\dxX×]+)?(?:余|多)?[万亿]?[元个家户项件%亩套名人平㎡]")


def status_of(text: str, headings: Sequence[str] = (), genre: Genre = Genre.OTHER) -> Status:
    """Status of a passage that reads ``text``, under ``headings`` (nearest first), in a report of ``genre``.

    背景 where nothing speaks.
    """
    scores = dict.fromkeys(Status, 0.0)
    for status, weight in _prior(headings, genre).items():
        scores[status] += weight
    for pattern, status, weight, most in CUES:
        found = 0
        for _ in pattern.finditer(text):
            found += 1
            if found == most:
                break
        scores[status] += weight * found
    numbers = len(NUMBER.findall(text))
    scores[RESULT] += min(2.0, 0.6 * numbers)
    best = max(scores, key=lambda status: scores[status])
    return best if scores[best] >= 0.6 else BACKGROUND


def _prior(headings: Sequence[str], genre: Genre) -> dict[Status, float]:
    """All headings over a passage speak together: a plan's （一）产业再上台阶 is still a plan."""
    prior: dict[Status, float] = {}
    for heading in headings:
        says = next((says for pattern, says in HEADINGS if pattern.search(heading)), {})
        for status, weight in says.items():
            prior[status] = max(prior.get(status, 0.0), weight)
    return prior or GENRES.get(genre, {})
