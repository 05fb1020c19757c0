"""Fine-tunes all-MiniLM-L6-v2 to see whether a text makes a claim, and writes the rubric encoder.

    python -m training.train_encoder [--epochs 6] [--start FILE] [--seed 0] [--hold-out QUESTION ...] [--out FILE]

A step takes one question: exemplars of its keys and traps (phrasings and near-misses) are both support and
queries, as in a matching network (Vinyals et al. 2016). A query's score for a key is the soft maximum of its
cosines with the key's phrasings minus that with its near-misses, the very thing the grader computes; the loss is
the cross-entropy of that score. Segments of the sample answers join as queries and, as they do in the grader, as
support for each other; pairs of exemplars and exemplars of other questions join as queries alone. Only the layers
are trained: the word embeddings stay the published ones, so that the shipped file holds the layers alone. About
half an hour on two cores.

The shipped layers were trained for 6 epochs, for 2 more (`--start`) when the sample answers had doubled, and for 4
more (two runs, `--seed 0` and `--seed 1`) when there were half as many again and segments had become support.
"""

import argparse
import json
import os
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import torch
import torch.nn.functional as F  # noqa: N812  (its usual name)
from safetensors.torch import load_file, save_file
from transformers import AutoModel, AutoTokenizer

from interviewer.adapters.minilm import model_folder
from interviewer.content.library import Library
from interviewer.content.source import read_yaml
from interviewer.domain.base import Text, Value
from interviewer.domain.rubric import Rubric, Sample
from interviewer.grading.features import TEMPERATURE
from interviewer.grading.terms import Terms
from interviewer.grading.text import sentences

SHIPPED = Path(__file__).parent.parent / "interviewer" / "adapters" / "rubric_encoder.safetensors"
CHATTER_FILE = Path(__file__).parent / "chatter.yaml"
LEARNING_RATE = 6e-5
WARM_UP_STEPS = 30
TOKENS_AT_MOST = 96
BATCH = 32
KEY_PHRASINGS, KEY_NEAR_MISSES = 7, 5
TRAP_PHRASINGS, TRAP_WARNINGS = 4, 3
PAIRS, FOREIGN, CHATTER, SAMPLES = 14, 4, 6, 64
POSITIVE_WEIGHT = 3.0
NOT_ITSELF = -4.0
"""In place of a text's cosine with itself: too low to count."""
NOISY_SHARE = 0.25
FILLERS = ("um", "uh", "so", "you know", "like", "and", "i mean", "basically")
JOINTS = (" and ", ". ", ", ", " so ")


class Chatter(Value):
    """training/chatter.yaml: sentences that make no claim."""

    sentences: tuple[Text, ...]


@dataclass(frozen=True)
class Claim:
    """A key or trap with what speaks for and against it."""

    id: str
    positive: Sequence[str]
    negative: Sequence[str]
    is_trap: bool


@dataclass(frozen=True)
class Query:
    """A text, which claims it makes (a row of 0 and 1), and which support texts it was made from.

    `heard` marks a segment of a sample answer, which is support for the other queries.
    """

    text: str
    makes: list[float]
    made_from: tuple[int, ...] = ()
    heard: bool = False


def claims_of(rubric: Rubric) -> list[Claim]:
    """Keys, then traps."""
    keys = [Claim(key.id, (key.claim, *key.phrasings), key.near_misses, is_trap=False) for key in rubric.keys]
    traps = [Claim(trap.id, (trap.claim, *trap.phrasings), trap.warnings, is_trap=True) for trap in rubric.traps]
    return keys + traps


def spoken(text: str, rng: random.Random) -> str:
    """A quarter of the texts as speech recognition would write them."""
    if rng.random() >= NOISY_SHARE:
        return text
    out = []
    for word in (word.strip('.,;:!?()"').lower() for word in text.split()):
        if rng.random() < 0.06:  # noqa: PLR2004
            out.append(rng.choice(FILLERS))
        if rng.random() < 0.05:  # noqa: PLR2004
            continue
        out.append(word)
        if rng.random() < 0.03:  # noqa: PLR2004
            out.append(word)
    return " ".join(out)


class Encoder:
    """The network in training: texts to unit vectors."""

    def __init__(self, start: Path | None = None) -> None:
        folder = str(model_folder())
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.network = AutoModel.from_pretrained(folder, use_safetensors=True)
        if start is not None:
            self.network.load_state_dict({**self.network.state_dict(), **load_file(start)})
        for name, parameter in self.network.named_parameters():
            parameter.requires_grad_(not name.startswith(("embeddings.", "pooler.")))
        self.network.train()

    def embed(self, texts: Sequence[str]) -> torch.Tensor:
        """Shape (len(texts), 384); texts of like length share a batch."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        vectors: list[torch.Tensor] = [torch.empty(0)] * len(texts)
        for at in range(0, len(order), BATCH):
            rows = order[at : at + BATCH]
            batch = self.tokenizer(
                [texts[i] for i in rows],
                padding=True,
                truncation=True,
                max_length=TOKENS_AT_MOST,
                return_tensors="pt",
            )
            with torch.autocast("cpu", dtype=torch.bfloat16):
                hidden = self.network(**batch).last_hidden_state
            mask = batch["attention_mask"].unsqueeze(-1).float()
            pooled = F.normalize((hidden.float() * mask).sum(1) / mask.sum(1), dim=-1)
            for row, i in enumerate(rows):
                vectors[i] = pooled[row]
        return torch.stack(vectors)

    def save(self, path: Path) -> None:
        """The trained layers in half precision."""
        state = {
            name: tensor.to(torch.float16).contiguous()
            for name, tensor in self.network.state_dict().items()
            if name.startswith("encoder.")
        }
        save_file(state, str(path))


def support(claims: Sequence[Claim], rng: random.Random) -> list[tuple[str, int, bool]]:
    """A sample of (text, claim, speaks for it)."""
    drawn = []
    for number, claim in enumerate(claims):
        for_it, against = (TRAP_PHRASINGS, TRAP_WARNINGS) if claim.is_trap else (KEY_PHRASINGS, KEY_NEAR_MISSES)
        for texts, count, speaks_for in ((claim.positive, for_it, True), (claim.negative, against, False)):
            drawn += [(text, number, speaks_for) for text in rng.sample(list(texts), min(count, len(texts)))]
    return drawn


def queries(
    claims: Sequence[Claim],
    drawn: Sequence[tuple[str, int, bool]],
    foreign: Sequence[str],
    chatter: Sequence[str],
    samples: Sequence[Sample],
    *,
    rng: random.Random,
) -> Iterator[Query]:
    """What is judged in one step: the support, pairs of it, foreign phrasings, segments of sample answers."""

    def row(*numbers: int) -> list[float]:
        return [float(i in numbers) for i in range(len(claims))]

    for i, (text, number, speaks_for) in enumerate(drawn):
        yield Query(text, row(number) if speaks_for else row(), (i,))
    for _ in range(PAIRS):
        a, b = rng.sample(range(len(drawn)), 2)
        made = row(*(drawn[i][1] for i in (a, b) if drawn[i][2]))
        yield Query(drawn[a][0].rstrip(".") + rng.choice(JOINTS) + drawn[b][0], made, (a, b))
    for text in rng.sample(list(foreign), min(FOREIGN, len(foreign))) + rng.sample(list(chatter), CHATTER):
        yield Query(text, row())
    ids = {claim.id: number for number, claim in enumerate(claims)}
    for sample in rng.sample(list(samples), min(SAMPLES, len(samples))):
        yield Query(sample.text, row(*(ids[made] for made in (*sample.makes, *sample.traps))), heard=True)


class Objective(torch.nn.Module):
    """Cross-entropy of `scale x (for - against) + lift x for + sway x (near - far) + bias`.

    The four numbers are learnt along. "For" and "against" are what phrasings and near-misses say; "near" and "far"
    count the segments of sample answers with them, those that make the claim and those that do not.
    """

    def __init__(self) -> None:
        super().__init__()
        self.scale = torch.nn.Parameter(torch.tensor(10.0))
        self.lift = torch.nn.Parameter(torch.tensor(5.0))
        self.bias = torch.nn.Parameter(torch.tensor(-3.0))
        self.sway = torch.nn.Parameter(torch.tensor(5.0))

    def forward(
        self, vectors: torch.Tensor, asked: Sequence[Query], drawn: Sequence[tuple[str, int, bool]]
    ) -> torch.Tensor:
        """`vectors` holds the support first, then the queries beyond it."""
        cosines = vectors @ vectors[: len(drawn)].T
        for i, query in enumerate(asked):
            cosines[i, list(query.made_from)] = NOT_ITSELF
        heard = [i for i, query in enumerate(asked) if query.heard]
        overheard = vectors @ vectors[heard].T
        overheard[heard, list(range(len(heard)))] = NOT_ITSELF
        wanted = torch.tensor([query.makes for query in asked])
        made = wanted[heard].bool()
        number = torch.tensor([claim for _, claim, _ in drawn])
        speaks_for = torch.tensor([for_it for _, _, for_it in drawn])
        logits = []
        for claim in range(wanted.shape[1]):
            positive, negative = (cosines[:, (number == claim) & side] for side in (speaks_for, ~speaks_for))
            for_it, against = _soft(positive), _soft(negative)
            near = _soft(torch.cat([positive, overheard[:, made[:, claim]]], 1))
            far = _soft(torch.cat([negative, overheard[:, ~made[:, claim]]], 1))
            contrast, overall = self.scale * (for_it - against), self.sway * (near - far)
            logits.append(contrast + self.lift * for_it + overall + self.bias)
        return F.binary_cross_entropy_with_logits(
            torch.stack(logits, 1), wanted, pos_weight=torch.tensor(POSITIVE_WEIGHT)
        )


def _soft(cosines: torch.Tensor) -> torch.Tensor:
    return TEMPERATURE * torch.logsumexp(cosines / TEMPERATURE, dim=1)


def train(held_out: frozenset[str], epochs: int, out: Path, start: Path | None = None, seed: int = 0) -> None:
    """Train on all rubrics but the held-out ones and write the layers to `out`, after every epoch.

    From the published layers, or from those in the file `start`.
    """
    rng = random.Random(seed)  # noqa: S311  (training data is no secret)
    torch.manual_seed(seed)
    library = Library()
    terms = Terms(library.glossary)
    rubrics = [library.rubric(question) for question in library.questions if question not in held_out]
    chatter = read_yaml(CHATTER_FILE, Chatter).sentences
    encoder, objective = Encoder(start), Objective()
    trained = [parameter for parameter in encoder.network.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(
        [
            {"params": trained, "lr": LEARNING_RATE},
            {"params": objective.parameters(), "lr": 1e-2, "weight_decay": 0.0},
        ]
    )
    steps, step, started = epochs * len(rubrics), 0, time.monotonic()
    for epoch in range(epochs):
        losses = []
        for rubric in rng.sample(rubrics, len(rubrics)):
            warm, cool = min(1.0, (step + 1) / WARM_UP_STEPS), 1 - step / steps
            optimiser.param_groups[0]["lr"] = LEARNING_RATE * warm * cool
            claims = claims_of(rubric)
            drawn = support(claims, rng)
            foreign = [
                text for other in rng.sample(rubrics, 2) if other is not rubric for text in other.keys[0].phrasings
            ]
            prompt = library.question(rubric.question).prompt
            idle = [*chatter, *(prompt[start:end] for start, end in sentences(prompt))]
            asked = list(queries(claims, drawn, foreign, idle, rubric.samples, rng=rng))
            loss = objective(
                encoder.embed([spoken(terms.plain(query.text), rng) for query in asked]), asked, drawn
            )
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimiser.step()
            losses.append(loss.item())
            step += 1
        encoder.save(out)
        report = {
            "epoch": epoch + 1,
            "loss": sum(losses) / len(losses),
            "seconds": time.monotonic() - started,
        }
        print(json.dumps(report), flush=True)  # noqa: T201


def main() -> None:
    """Read the options and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--start", type=Path, help="go on from these layers, trained before")
    parser.add_argument("--hold-out", nargs="*", default=[])
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    train(frozenset(options.hold_out), options.epochs, options.out, options.start, options.seed)


if __name__ == "__main__":
    main()
