-- Studies that are traded, on paper or at a broker: what they are, as JSON of LiveAccount (domain/live/account.ts).
CREATE TABLE live_accounts (
  id      TEXT PRIMARY KEY,
  account TEXT NOT NULL CHECK (json_type(account) = 'object')
) STRICT, WITHOUT ROWID;

-- Orders that were decided on, each written before it is sent, with what became of it (KnownIntent).
CREATE TABLE live_intents (
  live    TEXT NOT NULL REFERENCES live_accounts (id),
  -- Our id of the order.
  client  TEXT NOT NULL,
  -- Order in which they were decided.
  number  INTEGER NOT NULL,
  -- When it was first written, seconds since 1970-01-01T00:00Z.
  sent_at INTEGER NOT NULL,
  intent  TEXT NOT NULL CHECK (json_type(intent) = 'object'),
  PRIMARY KEY (live, client)
) STRICT, WITHOUT ROWID;

-- Executions, as the broker told them (BrokerFill).
CREATE TABLE live_fills (
  live   TEXT NOT NULL REFERENCES live_accounts (id),
  -- The broker's id of the execution.
  fill   TEXT NOT NULL,
  number INTEGER NOT NULL,
  facts  TEXT NOT NULL CHECK (json_type(facts) = 'object'),
  PRIMARY KEY (live, fill)
) STRICT, WITHOUT ROWID;

-- What happened besides (LiveEvent), oldest first.
CREATE TABLE live_events (
  live   TEXT NOT NULL REFERENCES live_accounts (id),
  number INTEGER NOT NULL,
  event  TEXT NOT NULL CHECK (json_type(event) = 'object'),
  PRIMARY KEY (live, number)
) STRICT, WITHOUT ROWID;

-- What the paper account has been sent and has filled (PaperState).
CREATE TABLE paper_accounts (
  live  TEXT PRIMARY KEY REFERENCES live_accounts (id),
  state TEXT NOT NULL CHECK (json_type(state) = 'object')
) STRICT, WITHOUT ROWID;
