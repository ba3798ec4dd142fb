/** What is written about the gauges outside the code: their documentation and the dashboard. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gaugeKinds } from '../../src/domain/monitoring/gauge-kinds.ts';

const kinds = Object.values(gaugeKinds);
const names = new Set<string>(kinds.map(({ name }) => name));
const named = (text: string): string[] => [...new Set(text.match(/\boutsample_[a-z_]+/g))];

describe('the names of the gauges', () => {
  it('follow prometheus.io/docs/practices/naming: the unit is the suffix, in base units', () => {
    for (const { name, unit } of kinds) {
      expect(name).toMatch(/^outsample(_[a-z]+)+$/);
      expect(name.endsWith('_ratio'), name).toBe(unit === 'ratio');
      expect(name.endsWith('_seconds'), name).toBe(unit === 'seconds');
    }
    expect(names.size).toBe(kinds.length);
  });
});

describe('docs/METRICS.md', () => {
  const text = readFileSync('docs/METRICS.md', 'utf8');

  it('lists exactly the gauges that there are, with their units, labels and meanings', () => {
    const rows = text
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|').map((cell) => cell.trim()));
    expect(rows.map(([, name, unit, labels, help]) => ({ name, unit, labels, help }))).toEqual(
      kinds.map(({ name, unit, labels, help }) => ({
        name: `\`${name}\``,
        unit,
        labels: labels.map((label) => `\`${label}\``).join(', ') || '–',
        help,
      })),
    );
  });

  it('names no other gauge', () => {
    expect(named(text).filter((name) => !names.has(name))).toEqual([]);
  });
});

interface Panel {
  id: number;
  title: string;
  description: string;
  type: string;
  datasource: { uid: string };
  gridPos: { x: number; y: number; w: number; h: number };
  targets: { refId: string; expr: string; datasource: { uid: string } }[];
}

describe('public/grafana-dashboard.json', () => {
  const text = readFileSync('public/grafana-dashboard.json', 'utf8');
  const dashboard = JSON.parse(text) as {
    schemaVersion: number;
    panels: Panel[];
    templating: { list: { name: string; type: string; definition?: string }[] };
  };
  const { panels } = dashboard;
  const expressions = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));

  it('asks for gauges that exist, and for every one', () => {
    const asked = named(expressions.join(' '));
    expect(asked.filter((name) => !names.has(name))).toEqual([]);
    expect([...names].filter((name) => !asked.includes(name))).toEqual([]);
    expect(named(text).filter((name) => !names.has(name))).toEqual([]);
  });

  it('lets a person choose the data source and the study', () => {
    expect(dashboard.schemaVersion).toBeGreaterThanOrEqual(38);
    expect(dashboard.templating.list).toMatchObject([
      { name: 'datasource', type: 'datasource' },
      { name: 'study', type: 'query', definition: 'label_values(outsample_equity, study)' },
    ]);
    for (const { datasource, targets } of panels)
      for (const { uid } of [datasource, ...targets.map((target) => target.datasource)])
        expect(uid).toBe('${datasource}');
    const ofRuns = expressions.filter((expr) => !/build_info|last_run/.test(expr));
    for (const expr of ofRuns) expect(expr).toContain('{study=~"$study"}');
  });

  it('has panels with unique ids, titles’ explanations, and places that don’t overlap', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const taken = new Map<string, number>();
    for (const { id, description, gridPos, targets } of panels) {
      expect(description).not.toBe('');
      expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect(taken.get(`${x} ${y}`), `panel ${id} at ${x}, ${y}`).toBeUndefined();
          taken.set(`${x} ${y}`, id);
        }
      }
    }
  });

  it('says what the levels of findings mean', () => {
    const table = panels.find(({ type }) => type === 'table');
    const meanings = ['Not examined', 'Green', 'Amber', 'Red'];
    for (const meaning of meanings) expect(JSON.stringify(table)).toContain(`"text":"${meaning}"`);
  });
});
