"""The core: values and arithmetic. No I/O, no clock, no randomness; only pydantic and the standard library."""
