-- How many standard deviations the close stands from its mean, as John Bollinger counts them: the population's
-- (over n), √(n / (n − 1)) times the z-score over n − 1. Upper and lower band are where this is ± their width.
SELECT value * sqrt(getvariable('window') / (getvariable('window') - 1)) AS value
FROM {z}
