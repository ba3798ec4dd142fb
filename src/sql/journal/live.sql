-- name: add_live
INSERT INTO live_accounts (id, account) VALUES ($id, $account) ON CONFLICT (id) DO NOTHING

-- name: lives
SELECT id, account FROM live_accounts ORDER BY id

-- name: live_account
SELECT id, account FROM live_accounts WHERE id = $id

-- name: live_intents
SELECT client, sent_at, intent FROM live_intents WHERE live = $live ORDER BY number

-- name: write_intent
-- An intent keeps its place, and when it was first written until it is sent.
INSERT INTO live_intents (live, client, number, sent_at, intent)
SELECT $live, $client, coalesce(max(number), 0) + 1, $sent_at, $intent FROM live_intents WHERE live = $live
ON CONFLICT (live, client) DO UPDATE SET
  sent_at = CASE WHEN excluded.intent ->> 'state' = 'sending' AND intent ->> 'state' <> 'sending'
    THEN excluded.sent_at ELSE sent_at END,
  intent = excluded.intent

-- name: live_fills
SELECT facts FROM live_fills WHERE live = $live ORDER BY number

-- name: add_fill
INSERT INTO live_fills (live, fill, number, facts)
SELECT $live, $fill, coalesce(max(number), 0) + 1, $facts FROM live_fills WHERE live = $live
ON CONFLICT (live, fill) DO NOTHING

-- name: live_events
SELECT event FROM live_events WHERE live = $live ORDER BY number

-- name: add_event
INSERT INTO live_events (live, number, event)
SELECT $live, coalesce(max(number), 0) + 1, $event FROM live_events WHERE live = $live

-- name: paper_of
SELECT state FROM paper_accounts WHERE live = $live

-- name: keep_paper
INSERT INTO paper_accounts (live, state) VALUES ($live, $state)
ON CONFLICT (live) DO UPDATE SET state = excluded.state
