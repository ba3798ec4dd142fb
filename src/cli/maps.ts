import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { LabError } from '../domain/errors.ts';
import { readingSchema } from '../domain/reading.ts';
import { fileRoles } from '../wire/lab.ts';

const saidSchema = Type.Composite(
  [
    readingSchema,
    Type.Object({
      role: Type.Optional(Type.Union(fileRoles.map((role) => Type.Literal(role)))),
      dateOrder: Type.Optional(
        Type.Union([Type.Literal('day-first'), Type.Literal('month-first')]),
      ),
    }),
  ],
  { additionalProperties: false },
);
/** How files are read, by their names; `*` stands for any characters. */
const mapSchema = Type.Record(Type.String({ minLength: 1 }), saidSchema);

/** What is said of a file by its path. */
export type Maps = (path: string) => Static<typeof saidSchema>;

/** Of the text of a file for --map: {"SPY.csv": {"decimal": ","}, "*.txt": {"headerLine": 0}}; of several that fit the last counts. */
export function mapsOf(text: string, path: string): Maps {
  const maps = parsed(text, path);
  const patterns = Object.entries(maps).map(([name, said]) => [patternOf(name), said] as const);
  return (file) => {
    const base = file.split(/[/\\]/).at(-1) ?? file;
    const fitting = patterns.filter(([pattern]) => pattern.test(base) || pattern.test(file));
    return Object.assign({}, ...fitting.map(([, said]) => said)) as ReturnType<Maps>;
  };
}

const patternOf = (name: string): RegExp =>
  new RegExp(
    `^${name
      .split('*')
      .map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
      .join('.*')}$`,
    's',
  );

function parsed(text: string, path: string): Static<typeof mapSchema> {
  let maps: unknown;
  try {
    maps = JSON.parse(text);
  } catch (error) {
    throw refusal(path, `This is not JSON: ${String(error)}.`);
  }
  if (Value.Check(mapSchema, maps)) return maps;
  const fault = Value.Errors(mapSchema, maps).First();
  throw refusal(
    path,
    `“/${(fault?.path ?? '').slice(1)}” is not what a map may say: ${fault?.message ?? ''}.`,
  );
}

const refusal = (file: string, problem: string): LabError =>
  new LabError({
    kind: 'usage',
    problem,
    remedy:
      'Give an object of file names, such as {"SPY.csv": {"dateFormat": "MM/DD/YYYY"}}; docs/DATA.md lists what can be said.',
    place: { file },
  });
