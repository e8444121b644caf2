"""The word lists behind names and posts, read once on first use."""

from __future__ import annotations

from functools import cache

from tasks.lexicon.word_lists import data_lines, word_set, words_for

# Characters of Tibetan, Yi, Mongol, Uyghur and Kazakh names in Chinese writing; three in a row are a name, not words.
TRANSCRIBING = (
    "次仁扎西旦增洛桑卓玛央金尼格索朗多吉拉姆曲珍白措达瓦巴罗布贡让益顿珠拥阿果木呷尔日史沙比俄惹伍且特乌兰其娜斯琴图雅"
    "苏和宝音买提艾合卜杜古丽热依力江吐逊麦克孜汗吾努嘎毕勒德哈森丹加嘉旺杰秋错泽郎绒那"
)

# Characters that transcribe the names of Mongolian places and hardly stand in Chinese ones side by side.
TRANSCRIBING_MONGOLIAN = frozenset(
    "巴彦乌力吉满都拉图哈达布和敖伦宝格呼勒斯太额尔德尼查干淖日苏音善毕希赛罕浩特锡林郭温根阿莫扎塔脑包其其格"
    "那仁木朝鲁胡杭锦沙召海流珠萨如古昆都仑陶台道希尼恩和川井图克莎特白音花吐列毛努桑希热新"
    "嘎朗楚钦腾宾诺敦劳拜沁汗贡岱吐逊牙雅喇嘛兰套伊忽沐沦硕茫素盖泰润茂嵯赉贝甘鄂琦亥杜郎洪舒"
)


@cache
def surnames() -> dict[str, float]:
    """Weight of each surname, from -2 (a word of grammar) over -1 (usually another word) to 1 (common) and 2
    (compound)."""
    return {surname: float(weight) for surname, weight, _ in _surname_rows()}


@cache
def surnames_of_lists() -> frozenset[str]:
    """The surnames that mark a name in a row of nothing but names, where no neighbour tells."""
    return frozenset(surname for surname, _, is_in_lists in _surname_rows() if is_in_lists == "1")


def _surname_rows() -> list[list[str]]:
    """Surnames, weights and flags: the 504 surnames of 百家姓, the compound ones and those of the minorities."""
    return [line.split("\t") for line in data_lines("data/names/surnames.tsv")[1:]]


@cache
def given_name_characters() -> dict[str, float]:
    """Log odds of each character in a given name against running text, none below -2.5."""
    return {key: max(-2.5, weight) for key, weight in _weights("given_name_characters.tsv").items()}


@cache
def words(name: str) -> frozenset[str]:
    """The words of ``data/names/<name>.txt``."""
    return word_set(f"names/{name}")


@cache
def addresses() -> frozenset[str]:
    """Forms of address behind a surname: 先生, 师傅, and the posts people are called by, a deputy's too (副主任)."""
    posts = words_for("names/posts", "address")
    return words_for("names/posts", "civil") | posts | {f"副{post}" for post in posts}


def called_or_kin() -> frozenset[str]:
    """Words before a name that say who someone is: 名叫, 丈夫, 战友."""
    return words("called_or_kin")


@cache
def before_names() -> frozenset[str]:
    """Characters that may end a post, an occupation or a quote: only these lift a poor guess."""
    last = {word[-1] for word in words_for("names/posts", "post") | called_or_kin()}
    return frozenset("员工农匠师长主书”叫的岁任身") | last


def _weights(file_name: str) -> dict[str, float]:
    lines = data_lines(f"data/names/{file_name}")[1:]
    return {key: float(weight) for key, weight in (line.split("\t") for line in lines)}
