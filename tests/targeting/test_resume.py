"""Questions about a résumé's projects, and that they stay here."""

import time
from pathlib import Path

import pytest

from interviewer.adapters.hashing_embedder import HashingEmbedder
from interviewer.adapters.scripted_grader import ScriptedGrader
from interviewer.bootstrap import Product, build
from interviewer.content.check import check
from interviewer.content.roots import root_at
from interviewer.domain.interview import Choices
from interviewer.errors import InvalidInput
from interviewer.grading.private import PrivacyGrader
from interviewer.importing.convert import text_of
from interviewer.ports import GradingTask
from interviewer.targeting.resume import talking_points
from tests.importing import files

RESUME = """Jane Doe
jane@example.com, +49 170 1234567

Summary
Engineer with eight years of practice.

Experience
ML Platform Engineer, Acme
- Built a feature store on Feast that serves 40 models
- Automated model releases with Argo Rollouts
- Resolved a silent outage of the fraud service, see https://acme.example/post
- Nice colleagues and good coffee

Skills
- Built for speed: Python, Go and Terraform

Projects
Spot Scheduler
- Moves training jobs to cheap machines
- Used by three companies
Open-source work
- Contributed a batching patch to KServe
"""


def test_projects_and_achievements_are_found() -> None:
    assert talking_points(RESUME) == [
        "Built a feature store on Feast that serves 40 models",
        "Automated model releases with Argo Rollouts",
        "Resolved a silent outage of the fraud service, see",
        "Spot Scheduler: Moves training jobs to cheap machines",
        "Contributed a batching patch to KServe",
    ]


def test_contact_details_are_not_among_them() -> None:
    told = str(talking_points(RESUME + "\n- Built x.example for jane@example.com or call +49 170 1234567 today\n"))
    assert "@" not in told
    assert "170" not in told
    assert "https" not in told


FROM_LATEX = """Experience
Machine Learning Engineer June 2020 – Present
Acme Corp New York, NY
• Developed a REST API to serve embeddings to
twelve internal teams
• Reduced latency from 200 ms to 60 ms by batching on
Triton
Projects
Gitlytics | Python, Flask, React, PostgreSQL, Docker June 2020 – Present
• Developed a full-stack web application
"""
PROSE = """Experience

Engineer at Acme. In this role I designed the first model registry on MLflow. Before that, I was at Beta, where I
migrated batch scoring to Airflow. Our office was in Leeds.
"""
LABELLED = """## Work experience
### Acme, 2020 to now
- **Model serving**: moved 30 models to KServe
- Responsible for drift monitoring of credit models
## Selected projects
**tinyfeast**: a minimal feature store in 500 lines
"""
GERMAN = """Berufserfahrung
- Aufbau eines Feature Stores auf Feast
Ausbildung
- Entwickelte eine Abschlussarbeit über Vögel
"""


@pytest.mark.parametrize(
    ("text", "points"),
    [
        (
            FROM_LATEX,
            [
                "Developed a REST API to serve embeddings to twelve internal teams",
                "Reduced latency from 200 ms to 60 ms by batching on Triton",
                "Gitlytics: Developed a full-stack web application",
            ],
        ),
        (PROSE, ["Designed the first model registry on MLflow", "Migrated batch scoring to Airflow"]),
        (
            LABELLED,
            [
                "Model serving: moved 30 models to KServe",
                "Responsible for drift monitoring of credit models",
                "tinyfeast: a minimal feature store in 500 lines",
            ],
        ),
        (GERMAN, ["Aufbau eines Feature Stores auf Feast"]),
    ],
    ids=["text of a PDF", "prose", "labelled bullets", "German"],
)
def test_resumes_are_written_in_many_ways(text: str, points: list[str]) -> None:
    assert talking_points(text) == points


@pytest.mark.parametrize(
    "text", ["-" * 50_000, "- x a\n" + "A a\n" * 12_000, " " * 50_000 + "2020", "I " * 25_000]
)
def test_a_hostile_resume_is_read_at_once(text: str) -> None:
    start = time.monotonic()
    talking_points(f"Experience\n{text}")
    assert time.monotonic() - start < 5


@pytest.fixture
def product() -> Product:
    return build(embedder=HashingEmbedder())


def test_each_becomes_a_question_marked_like_the_banks_own(product: Product) -> None:
    report = product.resume(RESUME)
    assert report.pack.private
    assert (report.pack.questions, report.pack.drafts) == (5, 5)
    asked = {q.prompt: q for q in product.library.questions.values() if q.pack == "resume"}
    outage = next(question for prompt, question in asked.items() if "silent outage" in prompt)
    assert outage.prompt.startswith(
        "Your résumé says: “Resolved a silent outage of the fraud service, see”. Tell me"
    )
    assert product.library.rubric(outage.id).keys == product.library.rubric("tell-incident-story").keys
    assert all(question.private for question in asked.values())
    _, problems = check(root_at(report.pack.path), product.library.topics)
    assert problems == []


def test_an_interview_asks_them(product: Product) -> None:
    product.resume(RESUME)
    interview = product.service.start("ada", Choices(pack="resume", questions=3))
    assert all(item.question_id.startswith("resume-") for item in interview.items)


def test_a_changed_resume_changes_the_questions_and_keeps_edits(product: Product) -> None:
    product.resume(RESUME)
    edited = next((product.settings.data_dir / "packs/resume/corpus/questions").glob("*feature-store*.md"))
    edited.write_text(edited.read_text().replace("Tell me about it", "Tell me all about it"))
    product.resume(RESUME.replace("Argo Rollouts", "Flagger"))
    prompts = str([question.prompt for question in product.library.questions.values()])
    assert "Flagger" in prompts
    assert "Argo Rollouts”" not in prompts
    assert "Tell me all about it" in prompts


def test_a_resume_without_projects_says_what_to_do(product: Product) -> None:
    with pytest.raises(InvalidInput, match="Put them under a heading Projects"):
        product.resume("Jane Doe\nSkills\n- Python")


def test_the_pack_is_not_exported(product: Product, tmp_path: Path) -> None:
    product.resume(RESUME)
    with pytest.raises(InvalidInput, match="is private"):
        product.packs.export("resume", tmp_path)


def test_a_resume_is_read_from_word_and_text(tmp_path: Path) -> None:
    (tmp_path / "r.docx").write_bytes(files.docx(("h1", "Experience"), ("item", "Built a feature store on Feast")))
    (tmp_path / "r.txt").write_text(RESUME)
    assert talking_points(text_of(tmp_path / "r.docx")) == ["Built a feature store on Feast"]
    assert len(talking_points(text_of(tmp_path / "r.txt"))) == 5
    with pytest.raises(InvalidInput, match=r"missing.pdf: cannot be opened"):
        text_of(tmp_path / "missing.pdf")


def test_private_questions_are_graded_here_and_it_is_said(product: Product) -> None:
    product.resume(RESUME)
    private = next(question for question in product.library.questions.values() if question.private)
    public = product.library.question("rapid-psi")
    outside, local = Recording(), Recording()
    grader = PrivacyGrader(outside, local)
    tasks = [
        GradingTask(q, product.library.rubric(q.id), "An answer.") for q in (public, private, private, public)
    ]
    grades = list(grader.grade_many(tasks))
    assert [grade.question_id for grade in grades] == [public.id, private.id, private.id, public.id]
    assert outside.seen == [public.id, public.id]
    assert local.seen == [private.id, private.id]
    assert "not sent to a language model" in str(grades[1].grader.fallback_reason)
    assert grades[0].grader.fallback_reason is None


class Recording(ScriptedGrader):
    """Remembers what it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def grade_many(self, tasks):  # type: ignore[no-untyped-def]
        for task in tasks:
            self.seen.append(task.question.id)
            yield self.grade(task)
