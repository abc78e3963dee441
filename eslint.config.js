import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

const B1 = 'B1: the rules are pure. Time, the person and new ids come in as data;';

/** What the rules and `shared` may not touch, so that the same inputs always give the same answer (B1). */
const pure = {
  '@typescript-eslint/no-restricted-imports': [
    'error',
    {
      patterns: [
        { regex: '^(?!\\.|@huddle/shared/|valibot$)', message: `${B1} no Node module, package or other I/O is imported here.` },
        { regex: '^\\.\\./', allowTypeImports: true, message: `${B1} from other folders only types are imported here.` },
      ],
    },
  ],
  'no-restricted-globals': [
    'error',
    ...[
      ...['process', 'console', 'crypto', 'performance', 'fetch', 'Buffer', 'global', 'globalThis', 'self', 'window', 'document'],
      ...['navigator', 'localStorage', 'indexedDB', 'WebSocket', 'require', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'],
    ].map((name) => ({ name, message: `${B1} no ${name} here.` })),
  ],
  'no-restricted-properties': [
    'error',
    { object: 'Date', property: 'now', message: `${B1} take \`now\` as an argument.` },
    { object: 'Math', property: 'random', message: `${B1} take random bytes or ids as an argument.` },
  ],
  'no-restricted-syntax': [
    'error',
    { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: `${B1} take \`now\` as an argument.` },
    { selector: 'CallExpression[callee.name="Date"]', message: `${B1} take \`now\` as an argument.` },
    { selector: 'ImportExpression', message: `${B1} nothing is imported at run time.` },
  ],
};

export default ts.config(
  { ignores: ['**/dist/', '**/node_modules/', 'coverage/', 'data/', '**/test-results/', '**/playwright-report/', '.cache/'] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.svelte'] } },
    rules: {
      eqeqeq: ['error', 'always'],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Numbers and booleans read well in a sentence; objects do not.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      // `async` without `await` is how a function promises to reject instead of throwing.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    },
  },
  // The client's parts are objects of plain functions; taking one apart is safe there. The server's boards and stores are built on `this`.
  { files: ['client/**', 'shared/**'], rules: { '@typescript-eslint/unbound-method': 'off' } },
  { files: ['**/*.{js,mjs}'], ...ts.configs.disableTypeChecked },
  { files: ['**/*.{js,mjs}', '{server,rig,bench,e2e}/**/*.ts', '*.ts'], languageOptions: { globals: globals.node } },
  { files: ['client/**/*.{ts,svelte}'], languageOptions: { globals: globals.browser } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] } },
    // C5: user text is text; no HTML is ever made from it.
    rules: { 'svelte/no-at-html-tags': 'error', 'no-undef': 'off' },
  },
  // TypeScript itself knows which names exist.
  { files: ['**/*.ts'], rules: { 'no-undef': 'off' } },
  { files: ['shared/src/**/*.ts', 'server/src/board/**/*.ts'], ignores: ['**/*.test.ts', '**/*.contract.ts'], rules: pure },
  {
    files: ['server/src/**/*.ts'],
    ignores: ['server/src/config.ts', 'server/src/board/**', '**/*.test.ts'],
    rules: {
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'Only config.ts reads the environment.' }],
    },
  },
  {
    files: ['**/*.test.ts', '**/*.contract.ts', '**/*.spec.ts'],
    // A test that finds nothing where it expects something fails either way.
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);
