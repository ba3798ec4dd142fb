export { choiceWord, conventionWords, costWords, exitWords, groupWords } from '../domain/words.ts';
