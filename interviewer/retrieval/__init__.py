"""Passages of the source material: cut, found by meaning and by words, and cited."""
