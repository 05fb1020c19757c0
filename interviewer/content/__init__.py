"""Questions, rubrics and notes read from disk: the only place that knows their file formats."""
