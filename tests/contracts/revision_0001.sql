-- Rows as the first published version wrote them. Never edited: a newer version must read them.
INSERT INTO interviews (id, owner, choices, position, started_at, updated_at, finished_at) VALUES
  ('first', 'ada', '{"topics":[],"kinds":[],"levels":[],"questions":5,"probes":2,"role":null,"pack":null,"seed":0}', 1, '2026-01-05T12:00:00.000000+00:00', '2026-01-05T12:08:00.000000+00:00', NULL);
INSERT INTO items (interview_id, position, question_id, stage, asked_at) VALUES
  ('first', 0, 'canary', 'graded', '2026-01-05T12:00:00.000000+00:00'),
  ('first', 1, 'drift', 'skipped', '2026-01-05T12:07:00.000000+00:00'),
  ('first', 2, 'skew', 'asked', NULL);
INSERT INTO utterances (interview_id, position, turn, kind, key_id, text, said_at) VALUES
  ('first', 0, 0, 'answer', NULL, 'Send it a little traffic first, about 5 percent, and watch the errors.', '2026-01-05T12:02:00.000000+00:00'),
  ('first', 0, 1, 'probe', 'roll-back', 'And when the errors rise?', '2026-01-05T12:03:00.000000+00:00'),
  ('first', 0, 2, 'reply', NULL, 'It goes back by itself.', '2026-01-05T12:04:00.000000+00:00'),
  ('first', 0, 3, 'probe', 'watch', 'How do you know that it is well?', '2026-01-05T12:05:00.000000+00:00');
INSERT INTO grades (interview_id, position, grade, graded_at) VALUES
  ('first', 0, '{"question_id":"canary","score":0.0,"keys":[],"grader":{"name":"keyword","version":"1","rubric_version":"1"}}', '2026-01-05T12:03:00.000000+00:00'),
  ('first', 0, '{"question_id":"canary","score":78.0,"keys":[{"id":"watch","verdict":"met","evidence":[{"start":0,"end":4,"quote":"Send"}],"confidence":0.8}],"grader":{"name":"keyword","version":"1","rubric_version":"1"}}', '2026-01-05T12:05:00.000000+00:00');
