"""A claim that no answer makes, put among the others to tell whether a model reads or only obeys.

Patterns know the attacks that somebody wrote down (gate.py). A model that was talked into crediting everything, in
whatever words or language, credits this claim too, and then nothing that it said is believed.
"""

from collections.abc import Sequence

from interviewer.domain.rubric import Key
from interviewer.grading.assertion import content_words
from interviewer.ports import GradingTask

_CLAIMS = {
    "kiln-cools-slowly": "The kiln cools over two nights before its door is opened, so the glaze stays whole.",
    "hull-is-tarred": "The hull is scraped and tarred each spring, before the boat goes back into the water.",
    "dough-rests-cold": "The dough rests in the cold overnight and is shaped on the next morning.",
    "hive-is-weighed": "The hive is weighed in autumn, and a light one is fed before the first frost.",
    "rope-is-retired": "A climbing rope that held a hard fall is retired, whatever it looks like.",
}


def decoy(task: GradingTask) -> Key:
    """The decoy for this question, as far from what it is about as there is.

    It does not depend on the answer: the instructions stay the same, and providers can cache them.
    """
    texts = [task.question.prompt, task.question.reference_answer, *(key.claim for key in task.rubric.keys)]
    spoken_of = {word for text in texts for word in content_words(text)}
    turn = len(task.question.prompt) % len(_CLAIMS)
    claims = [*_CLAIMS.items()][turn:] + [*_CLAIMS.items()][:turn]
    id, claim = min(claims, key=lambda known: len(spoken_of.intersection(content_words(known[1]))))
    return Key(id=id, claim=claim)


def hidden_among(keys: Sequence[Key], false: Key, task: GradingTask) -> tuple[Key, ...]:
    """The keys with the decoy somewhere among them."""
    place = len(task.question.prompt) % (len(keys) + 1)
    return (*keys[:place], false, *keys[place:])
