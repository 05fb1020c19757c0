"""The outside world: one module for each package or service behind a port."""
