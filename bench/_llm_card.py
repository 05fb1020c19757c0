"""The results of bench/llm as Markdown, and their place in docs/llm.md."""

from pathlib import Path
from typing import Any

DOCUMENT = Path(__file__).parent.parent / "docs" / "llm.md"
BEGIN, END = "<!-- written by python -m bench.llm -->", "<!-- end of what bench.llm wrote -->"


def card(results: dict[str, Any]) -> str:
    """All tables."""
    return "\n\n".join(
        [
            _asking(results),
            _escalation(results["escalation"]),
            _own_time(results["own_time_ms"]),
            _at_once(results["at_once"]),
            _attacks(results["attacks"]),
        ]
    )


def put_into_document(text: str) -> None:
    """Replace what stands between the two marks."""
    document = DOCUMENT.read_text(encoding="utf-8")
    before, rest = document.split(BEGIN, 1)
    DOCUMENT.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{rest.split(END, 1)[1]}", encoding="utf-8")


def _asking(results: dict[str, Any]) -> str:
    ways = results["asking"]
    models = list(ways["llm"]["usd_per_1000"])
    header = ["grader", "calls for 100 answers", "keys judged by the model", "tokens in", "tokens out"]
    rows = [
        [
            f"`{name}`",
            f"{100 * way['calls'] / results['answers']:.0f}",
            f"{100 * way['keys_judged_by_the_model'] / way['keys']:.0f}%",
            f"{way['tokens_in']:,}",
            f"{way['tokens_out']:,}",
            *(f"${way['usd_per_1000'][model]:.2f}" for model in models),
        ]
        for name, way in ways.items()
    ]
    saved = 1 - ways["auto"]["tokens_in"] / ways["llm"]["tokens_in"]
    lead = (
        f"{results['answers']} answers; tokens are means for each answer, dollars are for 1,000 answers at the "
        f"prices of {ways['llm']['prices_of']}. `auto` saves {100 * saved:.0f}% of the tokens that go in."
    )
    told = f"In {ways['llm']['disbelieved']} of them a truthful model was not believed for what the witness saw."
    return f"{lead}\n\n{_table([*header, *models], rows)}\n\n{told}"


def _escalation(found: dict[str, int]) -> str:
    unsure, wrong = found["unsure"], found["wrong"]
    asked = found["wrong_and_unsure"]
    return (
        f"The local grader is unsure of {unsure} of {found['keys']} keys ({100 * unsure / found['keys']:.0f}%). "
        f"Of the {wrong} that it judges otherwise than the labels, {asked} ({100 * asked / wrong:.0f}%) are among "
        "those, and so go to the model."
    )


def _own_time(found: dict[str, Any]) -> str:
    rows = [
        ["our code (gate, prompt, cache, parsing, quotes), of the processor's time", *_cells(found["ours"])],
        [
            "with SDK, loopback HTTP and the test server, by the clock",
            *_cells(found["with_sdk_http_and_test_server"]),
        ],
    ]
    return _table(["milliseconds for each call", "p50", "p95", "most"], rows)


def _at_once(found: list[dict[str, Any]]) -> str:
    rows = [
        [str(f["turns"]), str(f["most_at_once"]), str(f["asked"]), str(f["fallbacks"]), *_cells(f["seconds"])]
        for f in found
    ]
    header = ["`INTERVIEWER_LLM_AT_ONCE`", "most calls at once", "answers asked about", "fallbacks"]
    lead = "Fifty people send an answer in the same moment to a model that takes 2 seconds:"
    return f"{lead}\n\n{_table([*header, 'p50 s', 'p95 s', 'most s'], rows)}"


def _attacks(found: dict[str, Any]) -> str:
    total = found["cases"] * found["places"]
    rows = [
        [
            name,
            f"{way['attacks_with_a_gain']} of {total}",
            f"{way['mean_points_gained']:+.2f}",
            f"{way['harmless_with_a_loss']} of {found['harmless']}",
            f"{way['mean_points_of_harmless']:+.2f}",
        ]
        for name, way in (
            ("`keyword`", found["keyword"]),
            ("`llm`, with a model that obeys attacks and is fair to the harmless", found["llm"]),
        )
    ]
    header = ["grader", "attacks with a gain", "mean points", "harmless with a loss", "mean points"]
    new = found["unforeseen"]
    told = (
        f"Of {new['cases']} attacks that no pattern foresaw, {new['reach_the_model']} reach a model that obeys. "
        f"With the local grader as witness {new['gain_from_llm']} gain something from `llm`, "
        f"{new['gain_from_auto']} from `auto` and {new['gain_from_keyword']} from `keyword`."
    )
    round_ = found["talked_round"]
    told += (
        " The most cunning model that was talked round, which spares the decoy and quotes another sentence for "
        f"each claim, adds {round_['llm']} points to a real answer with `llm` ({round_['llm_without_witness']} "
        f"without the witness), and {round_['auto']} with `auto`."
    )
    return f"{_table(header, rows)}\n\n{told}"


def _cells(percentiles: dict[str, float]) -> list[str]:
    return [f"{percentiles[name]:.1f}" for name in ("p50", "p95", "max")]


def _table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
