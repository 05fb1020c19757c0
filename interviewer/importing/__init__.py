"""Other people's files turned into questions, rubrics and notes of the same format as the built-in bank."""
