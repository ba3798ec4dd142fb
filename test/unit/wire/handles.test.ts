import { expect, it } from 'vitest';
import { broughtFiles } from '../../../src/state/brought.ts';
import { asBefore, filesBehind } from '../../../src/wire/kept/handles.ts';

const fileHandle = (name: string, text: string) =>
  ({ kind: 'file', name, getFile: () => Promise.resolve(new File([text], name)) }) as never;
const folderHandle = (name: string, inner: readonly FileSystemHandle[]) =>
  ({ kind: 'directory', name, values: () => inner }) as never;

it('files of one name in two folders are read as each was before, in whatever order the folders come', async () => {
  const [eu, us] = ['eu', 'us'].map((name): FileSystemHandle =>
    folderHandle(name, [fileHandle('SPY.csv', name), fileHandle('.DS_Store', '')]),
  ) as [FileSystemHandle, FileSystemHandle];
  const brought = async (inner: readonly FileSystemHandle[]) =>
    broughtFiles(await filesBehind([folderHandle('prices', inner), fileHandle('QQQ.csv', '')]));
  const before = (await brought([eu, us])).map(({ content, ...file }) => ({
    ...file,
    ...(file.folder === 'prices/eu' && { decimal: ',' as const }),
    bytes: content.size,
    sha256: null,
  }));

  for (const inner of [
    [us, eu],
    [us],
    [folderHandle('new', [fileHandle('SPY.csv', '')]), eu, us],
  ]) {
    const read = asBefore(await brought(inner), before);
    const ways = read.map(({ folder, decimal }) => `${folder ?? ''} ${decimal ?? ''}`);
    expect(ways.toSorted()).toEqual(
      [
        ...[' ', 'prices/us '],
        ...(inner.includes(eu) ? ['prices/eu ,'] : []),
        ...(inner.length > 2 ? ['prices/new '] : []),
      ].toSorted(),
    );
    for (const { folder, content } of read)
      if (folder === 'prices/eu' || folder === 'prices/us')
        expect(await content.text()).toBe(folder.slice(-2));
  }
});
