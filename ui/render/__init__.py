"""Values in, HTML out: pure functions, and every text of the candidate's is escaped by the template engine."""
