export { choiceWord, conventionWords, costWords, exitWords, groupWords } from '../present/words.ts';
