"""What is said of a report, in words for command and pages."""

from __future__ import annotations

FLAGS = {  # each of domain.report.FLAGS
    "masked": "脱敏",
    "laundered": "洗稿改写",
    "redated": "年份被改",
    "hijacked": "来源网页疑遭篡改",
    "truncated": "预览截断",
    "fragmented": "被切成碎片",
    "hard_wrapped": "硬断行",
    "overprinted": "文字叠印",
    "recognised": "由图像识别",
    "traditional": "繁体",
    "phonetics": "夹注音",
    "year_conflict": "年份有出入",
    "zone_conflict": "园区有出入",
    "undated": "未标日期",
}
