import { expect, it } from 'vitest';
import { pushPath, slugOf } from '../../../../src/domain/monitoring/pushgateway.ts';

it.each([
  ['Harvester', 'harvester'],
  ['  Panic & Euphoria, v2/3! ', 'panic-euphoria-v2-3'],
  ['Über-Café', 'über-café'],
  ['恐慌', '恐慌'],
  ['../..', 'study'],
  ['\ud800', 'study'],
  ['', 'study'],
])('%j becomes %s', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

it('is one segment of the path, escaped', () => {
  expect(pushPath('Café 1')).toBe('/metrics/job/outsample/instance/caf%C3%A9-1');
});
