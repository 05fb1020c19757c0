"""One module a family of formats, each turning bytes into a Document."""
