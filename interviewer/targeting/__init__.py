"""Sessions for one job: what its description asks for, and what a résumé gives to talk about."""
