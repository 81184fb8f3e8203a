"""你是不是要找: what is offered for a slip, what for a word that is right, over a list made by hand."""

from __future__ import annotations

import pytest

from indexer.domain.query import Filters, Node, Phrase, Query, Word
from indexer.domain.results import ResultPage
from indexer.domain.suggestions import Kind, Listed, Offer
from indexer.search.question_language import parse
from indexer.search.suggest.correction import corrections, one_apart
from indexer.search.suggest.did_you_mean import offers
from indexer.search.suggest.suggestion_index import Lists, opened_lists, write_lists
from indexer.settings import Settings
from indexer.tables import Tables
from indexer.text.analyser import Analyser

TABLES = Tables(Settings().corpus_folder)
FIELD = (
    *("招商", "招商引资", "专项债", "营商环境", "创新创业", "孵化器", "高质量发展", "数字经济", "高新技术产业"),
    *("产业园区", "一网通办", "专精特新", "亩均效益", "项目建设", "绿色金融"),
)
OTHERS = ("创新", "创业", "政策", "工作", "工作报告", "到期", "城市", "权力清单", "知识产权", "blockchain", "事务")
REGIONS = ("苏州", "安顺", "安庆", "安阳")
ZONES = ("苏州工业园区", "衡阳高新区", "武汉东湖高新区", "福州高新区")


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return TABLES.analyser


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory, analyser: Analyser) -> Lists:
    listed = [Listed(one, Kind.WORD, 50, of_the_field=one in FIELD) for one in FIELD + OTHERS]
    listed += [Listed(one, Kind.ZONE, 3, one) for one in ZONES]
    listed += [Listed(one, Kind.REGION, 9, one) for one in REGIONS]
    listed.append(Listed("招商引资工作报告", Kind.REPORT, 1, "r1"))
    folder = tmp_path_factory.mktemp("build") / "suggestions"
    write_lists(folder, listed, TABLES.readings, analyser)
    opened = opened_lists(folder)
    assert opened is not None
    return opened


SLIPS = [
    ("招尚引资", "招商引资"),  # the same sound
    ("专向债", "专项债"),
    ("营商环竟", "营商环境"),
    ("孵化气", "孵化器"),
    ("数字经计", "数字经济"),
    ("高质量法展", "高质量发展"),
    ("权利清单", "权力清单"),
    ("专精特薪", "专精特新"),
    ("公作报告", "工作报告"),
    ("产页园区", "产业园区"),
    ("招尚引资政策", "招商引资政策"),  # inside a longer one
    ("苏州工业圆区", "苏州工业园区"),  # zones
    ("衡阳高心区", "衡阳高新区"),
    ("武汉东胡高新区", "武汉东湖高新区"),
    ("营商坏境", "营商环境"),  # one character another one
    ("亩均放益", "亩均效益"),
    ("招引商资", "招商引资"),  # two changed places
    ("商招引资", "招商引资"),
    ("营商境", "营商环境"),  # one left out
    ("高新技术术产业", "高新技术产业"),  # one too many
    ("zhaoshang", "招商"),  # pinyin
    ("zhaoshangyinzi", "招商引资"),
    ("chuangxinchuangye", "创新创业"),
    ("zhaoshangzhengce", "招商 政策"),
    ("zhuanjingtexin", "专精特新"),
    ("zsyz", "招商引资"),
    ("blokchain", "blockchain"),  # a Latin word
    ("Blockchian", "blockchain"),
    ("苏卅", "苏州"),  # a city, its second character another one
    ("苏卅外资", "苏州外资"),
]

RIGHT = [
    *("元宇宙", "低空经济", "碳达峰", "区块链", "乡村振兴", "冰雪旅游", "跨境电商", "直播带货", "退役军人", "量子通信"),
    *("招商", "招商引资", "专项债", "营商环境", "产业园区", "苏州工业园区"),  # stand there
    *("瑶溪", "宁德时代", "张家界", "李书福", "曹德旺", "特斯拉", "拉萨", "抖音", "台积电", "娃哈哈"),  # names
    *("程式", "到齐", "实务", "致富", "身份", "公式"),  # sound like words that are there
    *("苏打", "安商"),  # begin as a city does, but are words, or may be any of several
    *("招工", "招生", "专业", "项目", "知识产权局", "绿色金属", "产业园", "数字", "营商", "孵化"),
    *("5G", "AI", "GDP", "PPP", "python", "tesla", "iPhone", "ESG", "R&D", "2023", "365"),
    *("企业用地不够怎么办", "平台公司融资难怎么解决", "怎么用好专项债", "人才留不住", "“一把手”招商"),
    *("的的的", "招", "？？？", "招*商", "xx高新区", "\ud800\ud800\ud800\ud800", "债" * 30, "z" * 70),
]


@pytest.mark.parametrize(("typed", "meant"), SLIPS, ids=[typed for typed, _ in SLIPS])
def test_a_slip_is_put_right_first(lists: Lists, analyser: Analyser, typed: str, meant: str) -> None:
    assert [one.text for one in corrections(lists, typed, analyser)][:1] == [meant]


@pytest.mark.parametrize("word", RIGHT, ids=[ascii(word)[:40] for word in RIGHT])
def test_a_word_that_is_right_brings_up_no_strangers(lists: Lists, analyser: Analyser, word: str) -> None:
    assert corrections(lists, word, analyser) == []


def test_a_title_is_never_a_correction(lists: Lists, analyser: Analyser) -> None:
    assert [one.term for one in corrections(lists, "招商引资工作抱告", analyser)] == ["工作报告"]


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("abcd", "abxd", True),
        ("abcd", "abdc", True),
        ("abcd", "abd", True),
        ("abd", "abcd", True),
        ("abcd", "bacd", True),
        ("abcd", "abcd", False),
        ("abcd", "badc", False),
        ("abcd", "ab", False),
        ("abcd", "cdab", False),
    ],
)
def test_one_slip_apart(one: str, other: str, apart: bool) -> None:
    assert one_apart(one, other) is apart


# --- offers ---


class Corpus:
    """Finds what ``texts`` say: (text, zone) → passages. ``standing``: words that stand there."""

    def __init__(self, lists: Lists, analyser: Analyser, texts: dict[tuple[str, str | None], int]) -> None:
        self.lists, self.analyser, self.texts = lists, analyser, texts
        self.standing: dict[str, int] = {}
        self.asked: list[str] = []

    def found(self, node: Node) -> int:
        assert isinstance(node, Word | Phrase)
        return self.standing.get(node.text, 0)

    def ask(self, text: str, zone: str | None) -> int:
        self.asked.append(text)
        return self.texts.get((text, zone), 0)

    def offers(
        self, text: str, total: int = 0, loosened: bool = False, filters: Filters | None = None
    ) -> tuple[Offer, ...]:
        return offers(
            Query(text, filters=filters or Filters()),
            parse(text)[0],
            ResultPage(total, total, total, (), loosened=loosened),
            lists=self.lists,
            analyser=self.analyser,
            is_name=lambda word: TABLES.gazetteer.resolve(word) is not None,
            found=self.found,
            asked=self.ask,
        )


@pytest.fixture
def corpus(lists: Lists, analyser: Analyser) -> Corpus:
    return Corpus(lists, analyser, {})


def test_only_what_finds_something_is_offered(corpus: Corpus) -> None:
    assert corpus.offers("招尚引资") == ()
    corpus.texts = {("招商引资", None): 12}
    assert corpus.offers("招尚引资") == (Offer("招商引资", None, 12),)


def test_the_words_beside_a_slip_stay(corpus: Corpus) -> None:
    corpus.standing = {"政策": 9}
    corpus.texts = {("招商引资 政策 -大会", None): 3}
    assert corpus.offers("招尚引资 政策 -大会") == (Offer("招商引资 政策 -大会", None, 3),)


def test_two_slips_are_put_right_together(corpus: Corpus) -> None:
    corpus.texts = {("招商引资 营商环境", None): 3}
    assert corpus.offers("招尚引资 营商环竟") == (Offer("招商引资 营商环境", None, 3),)


def test_pinyin_in_several_words_is_one_word_before_it_is_two(corpus: Corpus) -> None:
    corpus.texts = {("创新创业", None): 4, ("创新 创业", None): 8}
    assert [one.text for one in corpus.offers("chuangxin chuangye")] == ["创新创业", "创新 创业"]


def test_a_zone_misspelt_becomes_the_filter_and_leaves_the_other_words(corpus: Corpus) -> None:
    corpus.standing = {"专项债": 9}
    corpus.texts = {("专项债", "衡阳高新区"): 2}
    assert corpus.offers("衡阳高心区 专项债") == (Offer("专项债", "衡阳高新区", 2),)


def test_under_a_zone_filter_a_zone_stays_a_word(corpus: Corpus) -> None:
    corpus.texts = {("衡阳高新区", None): 2}
    assert corpus.offers("衡阳高心区", filters=Filters.of(zone=("苏州工业园区",))) == (Offer("衡阳高新区", None, 2),)


def test_a_zone_that_has_no_report_is_no_slip_for_another(corpus: Corpus) -> None:
    corpus.texts = {("", "福州高新区"): 5}
    assert corpus.offers("抚州高新区") == ()


def test_a_short_common_word_inside_another_must_make_one_that_stands_there(corpus: Corpus) -> None:
    corpus.texts = {("创新汽车", None): 7}  # in passages that hold the two apart
    assert corpus.offers("创薪汽车") == ()
    corpus.standing = {"创新汽车": 1}
    assert corpus.offers("创薪汽车") == (Offer("创新汽车", None, 7),)


def test_words_that_stand_there_are_not_touched(corpus: Corpus) -> None:
    corpus.standing = {"招尚引资": 3}
    corpus.texts = {("招商引资", None): 12}
    assert corpus.offers("招尚引资") == ()


def test_a_slip_that_the_corpus_has_itself_is_offered_what_finds_much_more(corpus: Corpus) -> None:
    corpus.standing = {"招尚引资": 1}
    corpus.texts = {("招商引资", None): 9}
    assert corpus.offers("招尚引资", total=1) == ()
    corpus.texts = {("招商引资", None): 10}
    assert corpus.offers("招尚引资", total=1) == (Offer("招商引资", None, 10),)


def test_a_word_found_in_pieces_only_may_be_a_slip(corpus: Corpus) -> None:
    corpus.texts = {("孵化器", None): 5}
    assert corpus.offers("孵化气", total=9) == (Offer("孵化器", None, 5),)


def test_few_passages_that_have_it_in_pieces_only_are_no_measure(corpus: Corpus) -> None:
    corpus.texts = {("孵化器", None): 5}
    assert corpus.offers("孵化气", total=1) == (Offer("孵化器", None, 5),)


def test_what_is_found_as_it_stands_is_not_looked_into(corpus: Corpus) -> None:
    corpus.standing = {"链式招商": 9}
    assert corpus.offers("链式招商", total=9) == ()
    assert corpus.offers("招商", total=9) == (), "a word of the lists stands there without a look"
    assert corpus.asked == []


def test_few_questions_are_asked_and_three_offered(corpus: Corpus) -> None:
    corpus.offers("招尚引资 营商环竟 专向债 数字经计 孵化气 高质量法展 产页园区 公作报告")
    assert len(corpus.asked) <= 8
