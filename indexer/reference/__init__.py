"""The tables of corpus/tables/, parsed: zones, regions, slogans, synonyms, pinyin."""
