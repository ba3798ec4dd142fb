import { parseSync } from 'vite';

/** The glue's name for what the binary exports; minifying leaves it, since the glue holds an eval. */
const exported = 'wasmExports';
/** Names that the glue puts together. */
const composed = /^dynCall_/;

/**
 * Whether the JavaScript that DuckDB comes with (Emscripten's glue, in one text or several) may ask for an export of a name.
 * Throws where it reads exports by a name that its text does not say.
 */
export function namesIn(/** @type {string[]} */ glues) {
  const names = new Set(glues.flatMap(namesRead));
  if (names.size === 0) throw new Error(`The glue does not read ${exported}.`);
  return (/** @type {string} */ name) => names.has(name) || composed.test(name);
}

function namesRead(/** @type {string} */ glue) {
  /** @type {string[]} */
  const names = [];
  visit(parseSync('glue.js', glue).program, (node) => {
    if (node.type !== 'MemberExpression' || node.object.name !== exported) return;
    const { property, computed } = node;
    const name = computed ? property.value : property.name;
    if (typeof name !== 'string')
      throw new Error(`The glue reads ${exported} by a name that is not in its text.`);
    names.push(name);
  });
  return names;
}

function visit(node, /** @type {(node: any) => void} */ tell) {
  if (node === null || typeof node !== 'object') return;
  if (typeof node.type === 'string') tell(node);
  for (const child of Object.values(node)) visit(child, tell);
}
