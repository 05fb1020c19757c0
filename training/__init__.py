"""Scripts that make what the local grader ships with: the rubric encoder and its calibration."""
