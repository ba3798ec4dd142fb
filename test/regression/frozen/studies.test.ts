/**
 * What the studies of test/reproduce give in Node, held to the bit by committed SHA-256: `digests.json`. Digests change only
 * with the engine's version; an answer whose shape changes without its numbers is named in CHANGELOG.md.
 */
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../src/domain/digest.ts';
import { filesOf, nodeLab } from '../../reproduce/node-lab.ts';
import { studies } from '../../reproduce/studies.ts';
import { answersOf } from '../../reproduce/work.ts';

const hashed = (text: string): string => sha256Hex(new TextEncoder().encode(text));

/** The digests and names that an answer itself holds, wherever it holds them, and one over all of it. */
function frozen(text: string): object {
  const answer = JSON.parse(text) as Record<string, unknown>;
  const { digests, fingerprint, studyDigest } = answer;
  const files = Array.isArray(answer)
    ? (answer as { name: string; content: string }[]).map(({ name, content }) => [
        name,
        hashed(content),
      ])
    : [];
  const own = typeof answer['content'] === 'string' ? { content: hashed(answer['content']) } : {};
  return {
    answer: hashed(text),
    ...own,
    ...(digests !== undefined && { digests }),
    ...(fingerprint !== undefined && { fingerprint }),
    ...(studyDigest !== undefined && { studyDigest }),
    ...(files.length > 0 && { files: Object.fromEntries(files) as object }),
  };
}

const datasets = [...new Set(studies.map(({ dataset }) => dataset))];

describe.each(datasets)('%s', (dataset) => {
  const own = studies.filter((study) => study.dataset === dataset);
  const lab = nodeLab();
  let loaded: Promise<unknown> | undefined;

  it.each(own.map((study) => [study.id, study] as const))(
    '%s',
    async (id, study) => {
      loaded ??= filesOf(dataset).then((files) => lab.importFiles(files));
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
