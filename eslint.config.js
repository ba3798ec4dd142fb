import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { equalBits, equalBitsButIntl, equalBitsSyntax } from './scripts/lint-equal-bits.mjs';

const typed = [js.configs.recommended, tseslint.configs.strictTypeChecked];

/** Numbers and dates have one form on the page, in the report and in the command. */
const formatting = [
  'MemberExpression[property.name=/^(toFixed|toLocale(Date|Time)?String)$/]',
  "Identifier[name='Intl']",
].map((selector) => ({ selector, message: 'Formats of numbers and dates are in src/present.' }));

export default defineConfig(
  // kernels/ is AssemblyScript, which its compiler checks.
  globalIgnores(['dist/', 'dist-cli/', 'coverage/', 'test-results/', 'datasets/', 'kernels/']),
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
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-eval': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
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
    rules: {
      // Maps and sets in state are replaced, not changed ($state.raw).
      'svelte/prefer-svelte-reactivity': 'off',
      // It takes the reason that follows a svelte-ignore for more codes.
      'svelte/no-unused-svelte-ignore': 'off',
    },
  },
  {
    // ESLint sees an imported component's properties as `any`; svelte-check has their types.
    files: ['**/*.svelte'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    // A file above 400 lines gives its reason: /* eslint-disable max-lines -- reason */
    files: ['src/**', 'workers/**'],
    rules: {
      'max-lines': ['error', 400],
      'no-restricted-imports': [
        'error',
        {
          name: 'apache-arrow',
          importNames: ['vectorFromArray', 'tableFromJSON', 'builderThroughIterable'],
          message: 'They compile code from text, which the page’s policy forbids.',
        },
      ],
    },
  },
  { files: ['workers/*.worker.ts'], rules: { 'max-lines': ['error', 40] } },
  {
    // Salts and IVs reach no digest.
    files: ['src/{domain,sql}/**/*.ts', 'workers/{services,engines}/**/*.ts'],
    ignores: ['workers/services/journal/sqlcipher.ts'],
    rules: equalBits,
  },
  {
    // vectorbt defines a number by how it is shown.
    files: ['src/domain/**/*.ts'],
    ignores: ['src/domain/metrics/vectorbt.ts'],
    rules: { 'no-restricted-syntax': [...equalBitsSyntax, ...formatting] },
  },
  {
    // What clocks show in a region is known by Intl alone.
    files: ['src/domain/time/zones.ts'],
    rules: { 'no-restricted-syntax': equalBitsButIntl },
  },
  { files: ['src/{ui,state,cli}/**'], rules: { 'no-restricted-syntax': ['error', ...formatting] } },
  {
    files: ['workers/services/**/*.ts'],
    rules: { 'no-restricted-syntax': [...equalBitsSyntax, ...formatting] },
  },
  {
    // expect.any() and its like are `any` by design; golden values stand as their source prints them.
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off', 'no-loss-of-precision': 'off' },
  },
);
