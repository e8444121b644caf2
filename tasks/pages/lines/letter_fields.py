"""The labels with which a mailbox prints a letter and its answer: 信件标题, 来信时间, 回复单位, 回复内容."""

from __future__ import annotations

# By what they say. The day and the office are those of the answer: with it the letter was published.
LETTER_FIELDS = {
    "title": "诉求标题 信件标题 来信标题 留言标题 咨询标题 诉求主题 信件主题 来信主题 留言主题 咨询主题",
    "outlet": "答复单位 回复单位 答复部门 回复部门 答复机构 回复机构 办理单位 办理部门 处理单位 处理部门",
    "date": "答复时间 答复日期 回复时间 回复日期",
    "content": "诉求内容 信件内容 来信内容 留言内容 咨询内容 答复内容 回复内容 答复意见 回复意见 "
    "办理结果 办理情况 处理结果 处理意见",
    "other": "来信时间 来信日期 留言时间 提交时间 咨询时间 诉求时间 受理时间 诉求编号 信件编号 来信编号 留言编号 工单编号 来信人 留言人 咨询人 诉求人 写信人 "
    "诉求类型 信件类型 来信类型 留言类型 诉求类别 信件类别 满意度 满意度评价 群众评价 服务评价 评价结果 办理状态 处理状态 信件状态",
}
