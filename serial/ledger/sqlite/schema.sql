-- A ledger of package nameplate/serial/ledger. Read it as you like; only the library may write it.
-- Table record is the ledger: one row each for an epoch, a product, a block of units, a burn of indices, a mark of printing
-- and an event. Its rows are chained by their hashes and never change. The views show them by kind.

CREATE TABLE state (                -- where the chain of records ends; one row, in page 2 of the file
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  ledger TEXT    NOT NULL,          -- the instance
  epoch  INTEGER NOT NULL,
  seq    INTEGER NOT NULL,          -- of the last record
  chain  BLOB    NOT NULL           -- schema version (4 bytes), hash before the last transaction (32), hash of the last record (32)
) STRICT;

CREATE TABLE record (
  seq      INTEGER PRIMARY KEY,     -- 1, 2, 3 … without holes
  ledger   TEXT    NOT NULL,        -- the instance
  epoch    INTEGER NOT NULL,        -- grows whenever the file was set back, or a copy was adopted
  kind     TEXT    NOT NULL,        -- epoch, product, block, burn, mark, event
  actor    TEXT    NOT NULL,
  reason   TEXT    NOT NULL,
  time     TEXT    NOT NULL,        -- RFC 3339 with the offset
  software TEXT    NOT NULL,
  previous BLOB    NOT NULL,        -- SHA-256 of the record before
  hash     BLOB    NOT NULL,        -- SHA-256 of this one
  body     TEXT    NOT NULL         -- JSON
) STRICT;

CREATE TRIGGER record_is_never_changed BEFORE UPDATE ON record BEGIN SELECT raise(ABORT, 'records are never changed'); END;
CREATE TRIGGER record_is_never_removed BEFORE DELETE ON record BEGIN SELECT raise(ABORT, 'records are never removed'); END;

CREATE INDEX record_epoch   ON record (epoch) WHERE kind = 'epoch';
CREATE INDEX record_product ON record (body->>'product') WHERE kind = 'product';
CREATE INDEX record_block   ON record (body->>'product', body->>'lot') WHERE kind = 'block';
CREATE INDEX record_lot     ON record (body->>'lot') WHERE kind = 'block';
CREATE INDEX record_span    ON record (body->>'product', body->>'version', body->>'scope', body->>'first') WHERE kind IN ('block', 'burn');
CREATE INDEX record_of      ON record (body->>'block') WHERE kind IN ('mark', 'event');
CREATE UNIQUE INDEX record_request ON record (body->>'request') WHERE kind = 'block' AND body->>'request' IS NOT NULL;

CREATE VIEW product AS
  SELECT body->>'product' AS product, body->>'name' AS name, body->>'scheme' AS scheme, body->>'version' AS version,
         body->>'attributes' AS attributes, seq, time, actor, reason
  FROM record WHERE kind = 'product';

CREATE VIEW block AS
  SELECT epoch || '.' || seq AS block, body->>'request' AS request, body->>'product' AS product, body->>'count' AS count,
         body->>'first_serial' AS first_serial, body->>'last_serial' AS last_serial, body->>'lot' AS lot,
         body->>'plant' AS plant, body->>'line' AS line, body->>'shift' AS shift, body->>'machine' AS machine,
         body->>'time' AS made, body->>'scope' AS scope, body->>'first' AS first, body->>'version' AS version,
         body->>'values' AS "values", body->>'attributes' AS attributes, seq, time, actor, reason
  FROM record WHERE kind = 'block';

CREATE VIEW burn AS
  SELECT body->>'product' AS product, body->>'scope' AS scope, body->>'first' AS first, body->>'count' AS count,
         body->>'version' AS version, seq, epoch, time, reason
  FROM record WHERE kind = 'burn';

CREATE VIEW mark AS                 -- units from_unit ≤ unit < to_unit of a block; a later mark supersedes an earlier one
  SELECT b.epoch || '.' || b.seq AS block, m.body->>'run' AS run, m.body->>'from' AS from_unit, m.body->>'to' AS to_unit,
         m.body->>'state' AS state, m.body->>'evidence' AS evidence, m.body->>'plant' AS plant, m.body->>'line' AS line,
         m.body->>'shift' AS shift, m.body->>'machine' AS machine, m.seq, m.time, m.actor, m.reason
  FROM record m JOIN record b ON b.seq = m.body->>'block' WHERE m.kind = 'mark';

CREATE VIEW event AS                -- what happened to units from_unit ≤ unit < to_unit of a block
  SELECT e.body->>'event' AS event, b.epoch || '.' || b.seq AS block, e.body->>'from' AS from_unit, e.body->>'to' AS to_unit,
         e.body->>'serial' AS serial, e.body->>'happened' AS happened, e.body->>'attributes' AS attributes, e.seq, e.time,
         e.actor, e.reason
  FROM record e JOIN record b ON b.seq = e.body->>'block' WHERE e.kind = 'event';

CREATE VIEW epoch AS
  SELECT epoch, ledger, body->>'cause' AS cause, body->>'burn' AS burn, reason, seq, time, actor
  FROM record WHERE kind = 'epoch';
