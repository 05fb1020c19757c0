"""The library: a search over all of the material, and the questions to look through."""

from typing import Any

from interviewer.bootstrap import Product
from ui.questions_page import QuestionsPage, draw_questions, wire_questions
from ui.quick_gradio import gr
from ui.search_page import draw_search, wire_search


def draw_library(product: Product, tab: Any) -> QuestionsPage:
    """The page; its questions have a button "Practise this question" that the app connects."""
    with gr.Column(elem_classes="page", elem_id="library"):
        box = draw_search()
        questions = draw_questions(product.library)
    wire_questions(questions, tab)
    wire_search(product, box, questions, tab)
    return questions
