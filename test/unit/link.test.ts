import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeLink } from '../../src/domain/link/codec.ts';
import {
  type Shared,
  createFilePayload,
  createLink,
  studyOf,
} from '../../src/domain/link/create.ts';
import { verificationText } from '../../src/present/verification-text.ts';
import type { LinkPayload } from '../../src/domain/link/payload.ts';
import { type Study, sampleStudy } from '../../src/domain/study/study.ts';
import { engineWasm } from '../../src/domain/version.ts';
import { sha256Hex } from '../../src/domain/digest.ts';
import { unwrap } from '../../src/wire/errors.ts';
import type { LabService } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createLab } from '../../workers/services/lab.ts';

const quiet = () => undefined;
const bars = readFileSync('datasets/us-indices-2014-2018/bars.csv', 'utf8');
const macro = readFileSync('datasets/us-indices-2014-2018/macro.csv', 'utf8');

/** A run of the study on these files, and what is shared of it. */
async function sharedRun(
  lab: LabService,
  study: Study,
  files: Record<string, string>,
): Promise<Shared> {
  const inputs = Object.entries(files).map(([name, text]) => ({ name, content: new Blob([text]) }));
  const dataset = unwrap(await lab.importFiles(inputs, quiet));
  const run = unwrap(await lab.run(study, quiet));
  return {
    run,
    files: dataset.files,
    sample: null,
    synthetic: false,
    evidence: unwrap(await lab.evidence()),
    ledger: { trials: 12, variance: 0.0025 },
    tab: 'overview',
    notes: [{ at: '/trades/3', text: 'Why did this one not stop out?' }],
    withNames: true,
  };
}

describe('a link to a run', () => {
  const lab = createLab(startNodeEngine);
  const study = sampleStudy();
  let shared: Shared;
  let payload: LinkPayload;
  beforeAll(async () => {
    shared = await sharedRun(lab, study, { 'bars.csv': bars, 'macro.csv': macro });
    payload = decodeLink(createLink(shared).fragment);
  });

  /** Another person’s run of the link’s study, on files of their own. */
  async function verified(files: Record<string, string>, link = payload) {
    await sharedRun(lab, studyOf(link), files);
    const found = unwrap(await lab.verify(link));
    return { ...found, text: verificationText(found) };
  }

  it('is light for the sample, holds the whole study and says nothing of prices', () => {
    const { characters, weight, fragment } = createLink(shared);
    expect(weight).toBe('light');
    expect(characters).toBeLessThanOrEqual(1900);
    expect(fragment).toMatch(/^s1\.[\w-]+$/);
    expect(studyOf(payload)).toEqual(study);
    expect(payload.ledger).toEqual({ trials: 12, variance: 0.0025 });
    expect(payload.data.files.map(({ name, role, rows }) => ({ name, role, rows }))).toEqual([
      { name: 'bars.csv', role: 'bars', rows: 2516 },
      { name: 'macro.csv', role: 'macro', rows: 3898 },
    ]);
    const text = JSON.stringify(payload);
    for (const price of bars
      .split(/[\n,]/)
      .filter((cell) => /^\d+\.\d{2,}$/.test(cell))
      .slice(0, 500))
      expect(text).not.toContain(price);
  });

  it('leaves names out on demand', () => {
    const link = decodeLink(createLink({ ...shared, withNames: false, notes: [] }).fragment);
    expect(JSON.stringify(link)).not.toContain('.csv');
    const path = { ...shared.files[0]!, name: '/home/ann/secret/bars.csv' };
    const named = decodeLink(createLink({ ...shared, files: [path] }).fragment);
    expect(named.data.files[0]?.name).toBe('bars.csv');
  });

  it('is exact on the same data, whatever order the files come in', async () => {
    const { verdict, text } = await verified({ 'm.csv': macro, 'b.csv': bars });
    expect(verdict).toBe('exact');
    expect(text.verdict).toBe('Exact');
  });

  it('tells in which symbols and years other data differ', async () => {
    const bent = bars.replace(/^(NASDAQ,2016-05-10,)([\d.]+)/m, '$11');
    expect(bent).not.toBe(bars);
    const lowered = bars.replace(/^(NASDAQ,2016-05-10(?:,[\d.]+){4},)(\d+)/m, '$17');
    const { verdict, data, text } = await verified({ 'b.csv': lowered, 'm.csv': macro });
    expect(verdict).toBe('different-data');
    expect(data).toMatchObject({
      tables: [],
      bars: { missing: [], added: [], symbols: [{ symbol: 'NASDAQ', years: [2016] }] },
    });
    expect(text.details.join(' ')).toContain('NASDAQ');
  });

  it('tells which further series differ', async () => {
    const { data } = await verified({
      'b.csv': bars,
      'm.csv': macro.replace(/^(VIX,2015-06-01,)[\d.]+/m, '$199'),
    });
    expect(data).toMatchObject({ tables: ['macro'], bars: { symbols: [] } });
  });

  it('names instruments and events where there are some, and says which of them differ', async () => {
    const instruments = 'symbol,multiplier\nNASDAQ,20\n';
    const events = 'symbol,ex_date,dividend\nSP500,2015-06-01,1\n';
    const all = { 'b.csv': bars, 'm.csv': macro, 'i.csv': instruments, 'e.csv': events };
    const link = decodeLink(createLink(await sharedRun(lab, study, all)).fragment);
    // Four bytes each in base64url: three tables without them, and five with them.
    expect([payload.data.tables, link.data.tables].map((text) => text.length)).toEqual([16, 27]);
    const roles = link.data.files.map(({ role, from }) => [role, from === undefined]);
    expect(roles).toContainEqual(['instruments', true]);
    expect((await verified(all, link)).verdict).toBe('exact');

    const differing = async (files: Record<string, string>, from = link) =>
      (await verified(files, from)).data?.tables;
    const { 'e.csv': _, ...withoutEvents } = all;
    expect(await differing(withoutEvents, link)).toEqual(['events']);
    expect(await differing({ ...all, 'e.csv': events.replace(',1\n', ',2\n') })).toEqual([
      'events',
    ]);
    expect(await differing({ ...all, 'i.csv': instruments.replace('20', '5') })).toEqual([
      'instruments',
    ]);
    expect(await differing(all, payload)).toEqual(['instruments', 'events']);
  });

  it('tells where another result on the same data begins', async () => {
    const other = await sharedRun(
      lab,
      { ...study, costs: { ...study.costs, slippage: study.costs.slippage + 1 } },
      { 'b.csv': bars, 'm.csv': macro },
    );
    // As if another engine had computed it from the same study.
    const theirs = {
      ...createFilePayload(other),
      study: payload.study,
      engine: { ...payload.engine, outsample: '9.9.9' },
    };
    theirs.results.study = payload.results.study;
    const { verdict, result, text } = await verified({ 'b.csv': bars, 'm.csv': macro }, theirs);
    expect(verdict).toBe('different-result');
    expect(result).toMatchObject({
      parts: ['trades', 'equity', 'metrics'],
      trades: { fromRow: 0, toRow: 1 },
    });
    expect(result?.trades?.columns).toContain('slippage');
    expect(result?.trades?.columns).not.toContain('signalDay');
    expect(text.sentence).toContain('another version');
    expect(text.details[0]).toMatch(/^The first trade that differs is number 1, /);
    expect(text.details.join(' ')).toContain('9.9.9');
  });

  it('refuses to verify a run of another study, and a study that was changed on its way', async () => {
    await sharedRun(lab, { ...study, seed: 2 }, { 'b.csv': bars, 'm.csv': macro });
    expect(await lab.verify(payload)).toMatchObject({ ok: false, error: { kind: 'link' } });
    const changed = { ...payload, study: { ...payload.study, seed: 77 } };
    expect(() => studyOf(changed)).toThrow(/do not have the digest/);
  });

  it('names the binary that computes', () => {
    const wasm = readFileSync('node_modules/@duckdb/duckdb-wasm/dist/duckdb-eh.wasm');
    expect(sha256Hex(wasm)).toBe(engineWasm);
  });
});
