"""All signs by which a sentence shows what it claims of the practice it names, in the order in which they are asked.

The first sign that holds, in the order of ``SIGNS``, tells the status; where none holds, the practice is in use.
"""

from __future__ import annotations

import re

from tasks.facts.claims.absence_signs import ABSENCE_SIGNS
from tasks.facts.claims.general_signs import GENERAL_SIGNS
from tasks.facts.claims.prospect_signs import PROSPECT_SIGNS
from tasks.facts.text.needed import led
from tasks.lexicon.word_lists import any_of, words_for

SIGNS = (*GENERAL_SIGNS, *ABSENCE_SIGNS, *PROSPECT_SIGNS)

# A sign behind one of these speaks of something that is past: what was wished for or planned has been done.
DONE = led(
    rf"已经?(?!久|知|有之|婚)|{any_of(words_for('practices/setting_up_verbs', 'done'))}了|先后|累计|共(?:建|有|设|组)"
    r"|目前(?:共|有)|如今(?:，)?(?:共|有)|曾(?:经)?(?:承担|承接|运营|参与)|现有"
)
# Under such a heading what is told is still to come, or is advice.
PLANNED_HEADING = led(
    "下一步|下步|工作打算|工作计划|工作安排|今后|展望|规划|(?:年度?|下半年|季度|月份?)(?:的|重点)?(?:打算|计划|思路|设想|目标|安排|举措)|打算$|努力方向|工作思路"
    "|拟[^，。]{0,24}如下：?$|(?:计划|打算|安排|设想)如下：?$"
)
# 2020年重点工作 heads what is still to come in a report of that January, and what was done in one of December.
HEADING_OF_YEAR = re.compile(
    "(?P<year>(?:19|20)\\d\\d)年(?:度)?(?:的)?(?:重点|主要|总体)?(?:工作|任务|目标)(?!回顾|总结|完成|情况|开展|成效)"
)
# The page is a plan or a draft: what it names is to be, unless it tells of it as done.
PROGRAM = re.compile(
    "(?:规划|纲要|实施方案|工作方案|行动方案|行动计划|工作计划|工作要点|实施计划|征求意见稿|草案|建设方案)(?:的?(?:公示|公告))?(?:（[^（）]*）|\\([^()]*\\))?$"
)
PROPOSED_HEADING = led("(?:对策|建议)(?:思考|与思考)?$|^(?:对策|建议)")
