import { expect, it } from 'vitest';
import { sha256Hex } from '../../../src/domain/digest.ts';
import { canonicalJson, completeStudy } from '../../../src/domain/study/study.ts';
import { SharedState } from '../../../src/state/shared.svelte.ts';
import { payload } from '../domain/link/links.ts';

const text = 'date,close\n2020-01-02,1\n';
const sha256 = sha256Hex(new TextEncoder().encode(text));

/** A shared run that wants this text as bars.csv and another file. */
function shared(): SharedState {
  const link = payload();
  const [file] = link.data.files;
  const files = [
    { ...file!, sha256 },
    { ...file!, name: 'macro.csv', role: 'macro' as const },
  ];
  const study = sha256Hex(new TextEncoder().encode(canonicalJson(completeStudy(link.study))));
  const results = { ...link.results, study };
  return new SharedState({ ...link, results, data: { ...link.data, files } });
}

const brought = (name: string, content: string) => ({ name, content: new Blob([content]) });

it('a file of the same name with other bytes differs, is not missing, and says what it is', async () => {
  const state = shared();
  expect(await state.gather([brought('renamed.csv', text)])).toBeNull();
  expect(state.wanted.map(({ isHere, instead }) => [isHere, instead])).toEqual([
    [true, null],
    [false, null],
  ]);
  const altered = `${text}2020-01-03,2\n`;
  expect(await state.gather([brought('macro.csv', altered)])).toHaveLength(2);
  expect(state.wanted[1]).toMatchObject({
    isHere: false,
    instead: {
      bytes: altered.length,
      sha256: sha256Hex(new TextEncoder().encode(altered)),
    },
  });
});

it('what the link claims is known before anything is verified', () => {
  expect(shared().claim).toEqual({ trades: 102, sessions: 1258, outsample: '0.2.0' });
});
