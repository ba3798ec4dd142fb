import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { equalBits, equalBitsButClock } from './scripts/lint-equal-bits.mjs';

const typed = [js.configs.recommended, tseslint.configs.strictTypeChecked];

export default defineConfig(
  globalIgnores(['dist/', 'dist-cli/', 'coverage/', 'test-results/', 'datasets/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [js.configs.recommended],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['**/*.{ts,svelte}'],
    extends: [typed],
    languageOptions: {
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      eqeqeq: 'error',
      'no-eval': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // With noUncheckedIndexedAccess, `column[row]!` is how a loop over typed arrays says “in range”.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    extends: [svelte.configs.recommended, svelte.configs.prettier],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: tseslint.parser },
    },
  },
  {
    // A file above 400 lines gives its reason: /* eslint-disable max-lines -- reason */
    files: ['src/**', 'workers/**'],
    rules: { 'max-lines': ['error', 400] },
  },
  { files: ['workers/*.worker.ts'], rules: { 'max-lines': ['error', 40] } },
  {
    files: ['src/{domain,sql}/**/*.ts', 'workers/{services,engines}/**/*.ts'],
    rules: equalBits,
  },
  { files: ['workers/services/clock.ts'], rules: equalBitsButClock },
  {
    // expect.any() and its like are `any` by design.
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
);
