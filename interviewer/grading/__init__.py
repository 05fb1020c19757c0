"""Where marks are decided: the local grader, its features and its honesty rules."""
