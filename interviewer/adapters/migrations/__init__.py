"""How the database grows. A published revision in versions/ is never edited; a change is a new one."""
