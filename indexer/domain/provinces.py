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
