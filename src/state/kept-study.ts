import { LabError } from '../domain/errors.ts';
import { largestStudyFile } from '../domain/limits.ts';
import { type Study, completeStudy } from '../domain/study/study.ts';
import { keptHere } from './kept.ts';

/** The study of the last visit; null where there was none. Throws where it no longer fits. */
export function keptStudy(): Study | null {
  const text = keptHere('study');
  return text === null ? null : completeStudy(JSON.parse(text));
}

/** The study of a file that was downloaded here. Throws where it is none. */
export async function studyIn(file: Blob): Promise<Study> {
  if (file.size > largestStudyFile) throw notAStudy('The file is larger than 1 MB.');
  return completeStudy(parsed(await file.text()));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notAStudy('The file is not JSON.');
  }
}

const notAStudy = (problem: string) =>
  new LabError({ kind: 'study', problem, remedy: 'Choose a study that was downloaded here.' });
