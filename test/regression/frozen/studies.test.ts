/**
 * What the studies of test/reproduce give in Node, held to the bit by committed SHA-256. They change only with the
 * engine's version; a member that an answer gains or loses is named in CHANGELOG.md.
 */
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../src/domain/digest.ts';
import { filesOf, nodeLab } from '../../reproduce/node-lab.ts';
import { studies } from '../../reproduce/studies.ts';
import { answersOf } from '../../reproduce/work.ts';

const hashed = (text: string): string => sha256Hex(new TextEncoder().encode(text));

/** SHA-256 of every member of an answer, digests as they are: a member that is added shows as one line more. */
function frozen(text: string): object {
  const answer = JSON.parse(text) as Record<string, unknown>;
  if (Array.isArray(answer))
    return Object.fromEntries(
      (answer as { name: string; content: string }[]).map((file) => [
        file.name,
        hashed(file.content),
      ]),
    );
  const plain = ['digests', 'fingerprint', 'studyDigest'];
  return Object.fromEntries(
    Object.entries(answer).map(([member, value]) => [
      member,
      plain.includes(member) ? value : hashed(JSON.stringify(value)),
    ]),
  );
}

const datasets = [...new Set(studies.map(({ dataset }) => dataset))];

describe.each(datasets)('%s', (dataset) => {
  const own = studies.filter((study) => study.dataset === dataset);
  const lab = nodeLab();
  let loaded: Promise<unknown> | undefined;

  it.each(own.map((study) => [study.id, study] as const))(
    '%s',
    async (id, study) => {
      loaded ??= filesOf(dataset).then((files) => lab.call('importFiles', [files]));
      await loaded;
      const answers = await answersOf(lab, study);
      const found = Object.fromEntries(
        Object.entries(answers).map(([call, text]) => [call, frozen(text)]),
      );
      await expect(`${JSON.stringify(found, null, 2)}\n`).toMatchFileSnapshot(`studies/${id}.json`);
    },
    180_000,
  );
});
