/** The studies in a browser: the product's own client, workers and samples. */
import { LabClient } from '../../src/wire/lab-client.ts';
import { fetchSample, samples } from '../../src/state/samples.ts';
import { workThrough } from './work.ts';

const never = new AbortController().signal;

void workThrough(
  new LabClient(),
  (id) =>
    fetchSample(
      samples.find((sample) => sample.id === id)!,
      never,
    ),
  new URL(location.href),
  (step) => (document.title = step),
);
