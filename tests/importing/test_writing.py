"""The files of a pack: the same text on every machine, whether or not libyaml is there to write it."""

import pytest
import yaml

from interviewer.importing.writing import WIDTH, dumped

TEXTS = [
    "The model is rolled back when the error budget is spent.",
    "Say: it's done - or not? # no comment",
    "word " * 60,
    "ab" * 200,
    "'quoted' and \"quoted\" " * 12,
    "two\nlines\n\nand a third ",
    " leading, trailing ",
    "",
    "yes",
    "2026-01-01",
    "1.50",
    "- item",
    "🚀 " * 40,
    "Größe, 你好, \u202eright-to-left\u202c",
    "tab\there " * 20,
    "control \x07 next line \x85 separator \u2028 mark \ufeff no-break\u00a0space",
    "back\\slash %TAG @at `tick` {brace} [bracket] *star &and !bang |pipe >more",
]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text)[:24])
def test_a_file_is_as_pyyaml_alone_writes_it(text: str) -> None:
    data = {"question": "x", "draft": True, "keys": [{"claim": text, "weight": 2, "near_misses": [text, "no"]}]}
    written = dumped(data)
    assert written == yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=WIDTH)
    assert yaml.safe_load(written) == data
