INSERT INTO runs (
  id, made_at, study, fingerprint, dataset, engine, trades_digest, equity_digest, metrics_digest,
  metrics, labels, curve_days, curve_equity
)
VALUES (
  $id, $made_at, $study, $fingerprint, $dataset, $engine, $trades_digest, $equity_digest, $metrics_digest,
  $metrics, $labels, $curve_days, $curve_equity
)
ON CONFLICT DO NOTHING
