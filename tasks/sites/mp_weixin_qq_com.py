"""Articles of public accounts: nested sections without a paragraph tag, next to a card that asks to be followed."""

from __future__ import annotations

from tasks.sites.rules import SiteRules

RULES = SiteRules(
    hosts=("mp.weixin.qq.com",),
    title=("activity-name",),
    body=("js_content",),
    removed=(
        "js_pc_qr_code",
        "qr_code_pc_outer",
        "reward_area",
        "js_profile_card",
        "mp_profile_iframe_wrp",
        "rich_media_tool",
    ),
)
