"""Terms of the field: misheard ones put right, names found in all their forms."""

import pytest

from interviewer.grading.terms import Terms
from tests.grading.conftest import LIBRARY

TERMS = Terms(LIBRARY.glossary)
SPOKEN = [(entry.term, form) for entry in LIBRARY.glossary for form in entry.spoken if " " in form]


def test_the_glossary_knows_how_terms_are_spoken() -> None:
    assert len(SPOKEN) > 50


@pytest.mark.parametrize("name", ["Kubernetes", "MLflow", "PSI"])
def test_a_term_is_found_in_every_form_that_the_glossary_lists(name: str) -> None:
    entry = next(entry for entry in LIBRARY.glossary if entry.term.lower() == name.lower())
    for form in entry.forms:
        assert TERMS.found([name], f"we used {form} for that"), form
        assert TERMS.found([name], f"We used {form.upper()}, mostly."), form


def test_two_names_of_one_term_count_once() -> None:
    entry = next(entry for entry in LIBRARY.glossary if entry.aliases)
    assert len(TERMS.found([entry.term, entry.aliases[0]], f"{entry.term}, also called {entry.aliases[0]}")) == 1


def test_a_name_inside_another_word_is_not_found() -> None:
    assert TERMS.found(["Ray"], "an array of arrays") == {}
    assert TERMS.found(["DVC"], "the DVCX box") == {}


def test_what_was_found_says_where_it_stands() -> None:
    text = "then Redis serves it"
    assert TERMS.found(["Redis"], text) == {"Redis": (5, 10)}


def test_misheard_terms_are_written_as_they_are_meant() -> None:
    assert "Kubernetes" in TERMS.plain("we run it on cooper netties")


def test_without_a_glossary_text_is_only_normalised() -> None:
    assert Terms().plain("um  we use   cooper netties") == "we use cooper netties"
