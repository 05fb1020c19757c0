"""A mock interviewer for MLOps and ML platform engineers."""

__version__ = "0.1.0"
