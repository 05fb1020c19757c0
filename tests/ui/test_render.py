"""What is drawn: pure functions, tested without a browser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.content.library import Library
from interviewer.domain.grade import Citation, EvidenceSpan, Grade, GraderInfo, KeyVerdict, Usage, Verdict
from interviewer.domain.interview import Aside, Interview, Item
from interviewer.domain.passage import Found, Passage, PassageKind
from interviewer.domain.report import build_report
from interviewer.domain.scoring import score
from tests.examples import ASKED, FINISHED, GRADED, PROBED, RUBRIC, grade, minute, question
from ui.render import words
from ui.render.conversation import conversation, progress, voice
from ui.render.feedback import Sources, arithmetic, feedback
from ui.render.marks import Mark, marks_of, pieces
from ui.render.page import markdown
from ui.render.report import Bank, history_label, pool_line, report_page, resume_line
from ui.render.search import results_page

HOSTILE = "<script>alert(1)</script> & \"quotes\" 'and' {{ 7 * 7 }} {% raw %}"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;quotes&#34; &#39;and&#39; {{ 7 * 7 }} {% raw %}"
QUESTION = question()
PASSAGE = Passage(
    id="note:release#canary",
    kind=PassageKind.NOTE,
    title="Release: <b>Canary</b>",
    text="A **small share** goes first.\n\n- Watch <i>it</i>.\n- Go `back`.",
    source="corpus/notes/release.md",
)
BANK = Bank(
    questions={id: question(id) for id in ("canary", "drift", "skew")},
    rubrics=dict.fromkeys(("canary", "drift", "skew"), RUBRIC),
    topics={},
)


def answered(text: str, *verdicts: KeyVerdict) -> Item:
    """A graded item with this answer."""
    judged = Grade(
        question_id="canary",
        score=score(RUBRIC, verdicts, (), ()),
        keys=verdicts,
        grader=GraderInfo(name="keyword", version="2", rubric_version="1"),
    )
    return ASKED.answer(text, minute(1)).graded(judged, None, minute(2)).current


def met(id: str, text: str, words: str, confidence: float = 0.9) -> KeyVerdict:
    """A key met by these words of the text."""
    start = text.index(words)
    evidence = (EvidenceSpan.of(text, start, start + len(words)),)
    return KeyVerdict(id=id, verdict=Verdict.MET, evidence=evidence, confidence=confidence)


def missed(id: str, confidence: float = 0.9) -> KeyVerdict:
    """A key missed."""
    return KeyVerdict(id=id, verdict=Verdict.MISSED, confidence=confidence)


def test_the_words_that_earned_a_mark_carry_the_number_of_the_point() -> None:
    text = "A little first, then watch it."
    html = conversation(answered(text, met("watch", text, "watch it")), QUESTION, RUBRIC)
    assert 'data-marks="2"' in html
    assert ">watch it<sup" in html


def test_what_the_candidate_said_is_escaped_also_inside_a_mark() -> None:
    item = answered(HOSTILE, met("watch", HOSTILE, "<script>alert(1)</script>"))
    for html in (conversation(item, QUESTION, RUBRIC), feedback(item, QUESTION, RUBRIC)):
        assert "<script" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert ESCAPED in conversation(answered(HOSTILE), QUESTION, RUBRIC)


def test_markdown_of_a_content_pack_can_run_and_fetch_nothing() -> None:
    html = markdown("<img src=//evil.example/x> ![x](//evil.example/y) [z](javascript:alert(1)) **bold**")
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert "<strong>bold</strong>" in html


marks = st.lists(
    st.builds(
        lambda start, length: Mark(start, start + length, "1", "met", "Made point 1"),
        st.integers(0, 40),
        st.integers(0, 40),
    )
)


@given(st.text(max_size=50), marks, st.integers(0, 20))
def test_pieces_joined_are_the_text_again_whatever_the_marks(text: str, marks: list[Mark], offset: int) -> None:
    cut = pieces(text, marks, offset)
    assert "".join(piece.text for piece in cut) == text
    for piece in cut:
        assert piece.text or not text


def test_marks_in_a_reply_are_found_after_those_in_the_answer() -> None:
    text = "A little first.\n\nThen watch it."
    replied = PROBED.answer("Then watch it.", minute(4)).current.model_copy(update={"answer": "A little first."})
    judged = answered(text, met("small-share", text, "little"), met("watch", text, "watch it")).grade
    html = conversation(replied.model_copy(update={"grade": judged}), QUESTION, RUBRIC)
    assert ">little<sup" in html
    assert ">watch it<sup" in html


def test_words_that_earn_two_marks_carry_each_number_once() -> None:
    cut = pieces("abcdef", [Mark(0, 4, "1", "met", ""), Mark(2, 6, "2", "met", "")])
    assert [(piece.text, piece.labels, piece.ends) for piece in cut] == [
        ("ab", "1", ""),
        ("cd", "1 2", "1"),
        ("ef", "2", "2"),
    ]


def test_only_what_earned_or_cost_something_is_marked() -> None:
    labels = [mark.label for mark in marks_of(grade("met", "partly", "missed"), RUBRIC)]
    assert labels == ["1", "2", "T1", "N1"]


def test_a_card_shows_what_the_material_says_beside_the_candidates_own_words() -> None:
    cited = Citation(
        passage_id="note:release#canary", title="Release: <b>Canary</b>", text="<i>A share</i> first.", score=0.9
    )
    html = feedback(GRADED.current, QUESTION, RUBRIC, Sources({"small-share": (cited,)}))
    assert ">&lt;i&gt;A share&lt;/i&gt; first.</q>" in html
    assert ">Release: &lt;b&gt;Canary&lt;/b&gt;</cite>" in html
    assert "<cite" not in feedback(GRADED.current, QUESTION, RUBRIC)


def test_a_source_that_says_what_the_claim_says_is_named_and_not_repeated() -> None:
    cited = Citation(
        passage_id="note:release#canary",
        title="Release",
        text="A **small share** of the traffic goes first",
        score=1,
    )
    html = feedback(GRADED.current, QUESTION, RUBRIC, Sources({"small-share": (cited,)}))
    assert "Release</cite>, in the same words" in html
    assert html.count("of the traffic goes first") == 2  # the claim, and the trap


def test_texts_of_the_question_itself_are_called_as_further_down_the_card() -> None:
    cited = Citation(
        passage_id="reference-answer:canary", title="Canary: reference answer", text="First.", score=0.9
    )
    html = feedback(GRADED.current, QUESTION, RUBRIC, Sources({"small-share": (cited,)}))
    assert ">A strong answer</cite>" in html
    assert "<summary>A strong answer</summary>" in html


def test_what_to_read_about_missed_points_is_folded_away_and_never_shown_while_a_follow_up_waits() -> None:
    sources = Sources(reading=[PASSAGE])
    closed = feedback(GRADED.current, QUESTION, RUBRIC, sources)
    folded = closed[closed.index("Read this next") :]
    assert "Release: &lt;b&gt;Canary&lt;/b&gt;" in folded
    assert "A small share goes first.\n\n• Watch &lt;i&gt;it&lt;/i&gt;.\n• Go back." in folded
    assert "Read this next" not in feedback(PROBED.current, QUESTION, RUBRIC, sources)


def test_a_passage_is_found_without_the_signs_of_markdown_and_with_its_words_marked(library: Library) -> None:
    found = Found(passage=PASSAGE, score=0.5, matches=((4, 9), (10, 15)))
    html = results_page([found], library, "small shares <b>", cut_at=100)
    assert (
        "A <mark>small</mark> <mark>share</mark> goes first.\n\n• Watch &lt;i&gt;it&lt;/i&gt;.\n• Go back." in html
    )


def test_a_card_says_verdicts_in_words_and_signs() -> None:
    html = feedback(GRADED.current, QUESTION, RUBRIC)
    assert "✓</span> Made" in html
    assert "A small share of the traffic goes first." in html
    assert "Half of the traffic goes first." in html
    assert "All of it." in html
    assert "graded by ear" in html


def test_while_a_follow_up_waits_what_is_open_is_folded_away() -> None:
    html = feedback(PROBED.current, QUESTION, RUBRIC)
    before, folded = html.split("<details", maxsplit=1)
    assert "It is rolled back by itself." not in before
    assert "It is rolled back by itself." in folded
    assert "All of it." not in html
    assert "All of it." in feedback(PROBED.current, QUESTION, RUBRIC, finished=True)


def test_a_close_call_is_called_one() -> None:
    text = "A little first."
    sure = feedback(answered(text, met("watch", text, "little", 0.9), missed("roll-back", 0.9)), QUESTION, RUBRIC)
    unsure = feedback(
        answered(text, met("watch", text, "little", 0.5), missed("roll-back", 0.5)), QUESTION, RUBRIC
    )
    assert "Close call" not in sure
    assert "It was sure of all 2 judgements." in sure
    assert unsure.count("Close call") == 2
    assert "It was sure of 0 of 2 judgements; 2 were close." in unsure


def test_what_could_not_be_judged_is_said_and_not_counted() -> None:
    unscored = KeyVerdict(id="watch", verdict=Verdict.UNSCORED, confidence=0, reason="In another language.")
    html = feedback(answered("Ein wenig.", unscored), QUESTION, RUBRIC)
    assert "This answer could not be scored" in html
    assert "In another language." in html
    assert "missed" not in html


def test_the_sum_can_be_checked_by_hand() -> None:
    assert arithmetic(grade("met", "partly", "missed"), RUBRIC) == (
        "66.7 for the points made, by weight − 4 for 1 trap + 2 for 1 figure = 64.7"
    )
    assert arithmetic(grade("missed", "missed", "missed"), RUBRIC).endswith("= 0, kept between 0 and 100")


def test_a_text_is_cut_at_the_end_of_a_word() -> None:
    assert words.cut("It has gone bad. Why?", 18) == "It has gone bad…"
    assert words.cut("unbroken" * 9, 10) == "unbrokenun…"
    assert words.cut("All of it.", 10) == "All of it."


def test_who_graded_is_said_and_a_fallback_with_its_reason() -> None:
    info = GraderInfo(
        name="llm", version="3", model="gpt-9", prompt_version="2", rubric_version="1", fallback_reason="No <key>."
    )
    judged = by_a_model().model_copy(update={"grader": info})
    html = feedback(GRADED.current.model_copy(update={"grade": judged}), QUESTION, RUBRIC)
    assert "Graded by gpt-9 (grader llm 3); rubric 1, prompt 2." in html
    assert "No &lt;key&gt;." in html


def by_a_model(*, calls: int = 1, by: str = "llm", reason: str | None = None) -> Grade:
    """A grade for which a language model was to be asked."""
    judged = grade("met", "met", "missed")
    keys = (judged.keys[0].model_copy(update={"decided_by": by}), *judged.keys[1:])
    info = GraderInfo(name="auto", version="3", model="gpt-9", rubric_version="1", fallback_reason=reason)
    usage = Usage(calls=calls, input_tokens=1984, output_tokens=545, usd=0.00047)
    return judged.model_copy(update={"keys": keys, "grader": info, "usage": usage})


def test_a_card_says_who_judged_which_point_and_what_it_cost() -> None:
    html = feedback(GRADED.current.model_copy(update={"grade": by_a_model()}), QUESTION, RUBRIC)
    assert html.count("by the language model") == 1
    assert html.count(">by the local grader<") == 2
    assert "Graded by the local grader and gpt-9 (grader auto 3)" in html
    assert "Asking the language model took 1 call, 1,984 tokens in and 545 out, $0.0005." in html


def test_a_remembered_judgement_costs_nothing() -> None:
    html = feedback(GRADED.current.model_copy(update={"grade": by_a_model(calls=0)}), QUESTION, RUBRIC)
    assert "had judged these words before; nothing was spent." in html


def test_where_only_the_local_grader_judged_no_model_is_named() -> None:
    judged = by_a_model(calls=0, by="keyword", reason="The key was refused.")
    html = feedback(GRADED.current.model_copy(update={"grade": judged}), QUESTION, RUBRIC)
    assert "gpt-9" not in html
    assert "The local grader stood in: The key was refused." in html
    assert "Asking" not in html


def test_a_reason_that_a_note_tells_is_told_once() -> None:
    judged = by_a_model(reason="The key was refused").model_copy(
        update={"notes": ("The language model could not grade this: The key was refused. It can be asked again.",)}
    )
    html = feedback(GRADED.current.model_copy(update={"grade": judged}), QUESTION, RUBRIC)
    assert html.count("The key was refused") == 1


def test_what_was_said_beside_an_answer_stands_where_it_was_said() -> None:
    item = PROBED.aside("Do you mean <b>now</b>?", "As you like: <i>assume</i> it.", minute(4)).current
    item = item.model_copy(
        update={
            "asides": (Aside(said="Again?", reply="Of course."), *item.asides),
            "exchanges": (item.exchanges[0].model_copy(update={"worded": "And *how* would you know?"}),),
        }
    )
    html = conversation(item, QUESTION, RUBRIC)
    said = ["Again?", "Of course.", "turn candidate", "And *how* would", "Do you mean &lt;b&gt;now", "As you like"]
    assert sorted(said, key=html.index) == said
    assert "<i>" not in html
    assert "And *how*" not in conversation(item, QUESTION, RUBRIC, asking=True)


def test_the_interviewer_is_seen_to_think_until_the_first_word() -> None:
    assert "dots" in voice()
    assert "Grading…" in voice(grading=True)
    assert "dots" not in voice("I see.")
    assert "&lt;b&gt;" in voice("<b>")


def test_the_header_counts_time_only_while_the_first_answer_is_awaited() -> None:
    asked = progress(ASKED, QUESTION, {}, 12.3)
    assert "Question 1 of 3" in asked
    assert 'data-used="12.3"' in asked
    assert "data-clock" not in progress(GRADED, QUESTION, {}, 12.3)


def test_the_report_has_score_gaps_and_every_question() -> None:
    report = build_report(FINISHED, BANK.questions, BANK.rubrics)
    html = report_page(FINISHED, report, BANK)
    assert "1 question answered · 1 skipped · 1 not reached" in html
    assert "Say this next time" in html
    assert "Graded by the local grader 1, on this computer and without a language model" in html
    for id in BANK.questions:
        assert f"What is {id}?" in html


def test_the_report_of_an_interview_whose_question_was_taken_from_the_bank_is_still_drawn() -> None:
    shrunk = Bank({}, {}, {})
    html = report_page(FINISHED, build_report(FINISHED, {}, {}), shrunk)
    assert "of 100" in html


@pytest.mark.parametrize(
    ("interview", "line"),
    [(ASKED, "You were at question 1 of 3."), (PROBED, "you left 4 minutes ago")],
    ids=["place", "time"],
)
def test_the_offer_to_go_on_says_where_and_when(interview: Interview, line: str) -> None:
    assert line in resume_line(interview, minute(7))


def test_a_past_interview_in_one_line() -> None:
    assert history_label(FINISHED) == "05 Jan 2026, 12:00 UTC · 1 answer · 81 of 100"


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (0, "No question matches. Choose more topics, kinds or levels."),
        (1, "1 question matches, fewer than you asked for."),
        (3, "3 questions match."),
    ],
)
def test_how_many_questions_match(found: int, says: str) -> None:
    assert says in pool_line([QUESTION] * found, 3)


@pytest.mark.parametrize(
    ("score", "says"), [(100, "Excellent"), (85, "Excellent"), (84.9, "Strong"), (0, "Much to gain")]
)
def test_a_score_in_words(score: float, says: str) -> None:
    assert words.band(score) == says
