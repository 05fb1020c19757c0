"""Agreement of a grader with labelled answers: read them, compare, measure, draw. Only `plots` needs an extra."""
