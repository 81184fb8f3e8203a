"""The provinces as tiles, roughly where they lie: no map, no borders."""

from __future__ import annotations

# row by row from the north, west to east; "" is no province
PROVINCE_GRID = (
    ",,,,,,,黑龙江",
    ",,,,,内蒙古,吉林,",
    "新疆,,,宁夏,山西,北京,辽宁,",
    ",青海,甘肃,陕西,河北,天津,,",
    "西藏,,四川,重庆,河南,山东,,",
    ",,贵州,湖北,安徽,江苏,上海,",
    ",,云南,湖南,江西,浙江,,",
    ",,广西,广东,福建,台湾,,",
    ",,海南,澳门,香港,,,",
)

PROVINCE_CODES = {  # ISO 3166-2:CN
    "北京": "BJ",
    "天津": "TJ",
    "河北": "HE",
    "山西": "SX",
    "内蒙古": "NM",
    "辽宁": "LN",
    "吉林": "JL",
    "黑龙江": "HL",
    "上海": "SH",
    "江苏": "JS",
    "浙江": "ZJ",
    "安徽": "AH",
    "福建": "FJ",
    "江西": "JX",
    "山东": "SD",
    "河南": "HA",
    "湖北": "HB",
    "湖南": "HN",
    "广东": "GD",
    "广西": "GX",
    "海南": "HI",
    "重庆": "CQ",
    "四川": "SC",
    "贵州": "GZ",
    "云南": "YN",
    "西藏": "XZ",
    "陕西": "SN",
    "甘肃": "GS",
    "青海": "QH",
    "宁夏": "NX",
    "新疆": "XJ",
    "台湾": "TW",
    "香港": "HK",
    "澳门": "MO",
}
