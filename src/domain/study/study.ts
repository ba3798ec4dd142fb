import { type TObject, type TSchema, Type } from '@sinclair/typebox';
import { Value, type ValueError, ValueErrorType, ValuePointer } from '@sinclair/typebox/value';
import { periods } from '../calendar.ts';
import { LabError } from '../errors.ts';
import { deepestJson, largestStudyFile } from '../limits.ts';
import { strategies, strategyById } from '../strategies/registry.ts';
import type { Example, Strategy } from '../strategies/strategy.ts';
import { expectation, isNull, mustBe } from './expectation.ts';
import { later, withoutLater } from './later.ts';
import { portfolioSchema } from './portfolio.ts';
import { type Settings, settingsSchema } from './schema.ts';
import { type Validation, validationSchema } from './validation.ts';

/** The complete, serialisable description of one run. */
export interface Study extends Settings {
  readonly outsample: 1;
  readonly name: string;
  readonly seed: number;
  readonly strategy: {
    readonly id: string;
    readonly parameters: Readonly<Record<string, unknown>>;
  };
  readonly validation: Validation;
}

const schemas = new Map<Strategy, TObject>();

/** Made once for each strategy. */
function schemaFor(strategy: Strategy): TObject {
  const schema = schemas.get(strategy) ?? madeFor(strategy);
  schemas.set(strategy, schema);
  return schema;
}

const madeFor = (strategy: Strategy): TObject =>
  Type.Object(
    {
      outsample: Type.Literal(1, {
        title: 'Version',
        description: 'Version of the study format.',
        default: 1,
      }),
      name: Type.String({
        title: 'Name',
        description: 'Free text.',
        default: strategy.title,
        maxLength: 200,
      }),
      seed: Type.Integer({
        title: 'Seed',
        description: 'Seeds every random number of the run.',
        default: 1,
        minimum: 0,
        maximum: 4_294_967_295,
      }),
      strategy: Type.Object(
        {
          id: Type.Literal(strategy.id, { default: strategy.id }),
          parameters: Type.Object(strategy.parameters.properties, {
            additionalProperties: false,
            default: {},
          }),
        },
        { additionalProperties: false, default: {} },
      ),
      ...settingsSchema.properties,
      ...(strategy.givesWeights && { portfolio: later(portfolioSchema) }),
      validation: validationSchema,
    },
    { additionalProperties: false, title: strategy.title, description: strategy.description },
  );

/**
 * Fills a study that names only what differs from the defaults, and checks it.
 * Throws a LabError of kind 'study' that names the path, the value and what would be valid.
 */
export function completeStudy(input: unknown): Study {
  if (isDeeper(input, deepestJson)) {
    throw new LabError({
      kind: 'study',
      problem: `A study’s lists and objects are at most ${deepestJson} deep inside one another.`,
      remedy: 'Start from the output of `outsample example`.',
    });
  }
  if (!isRecord(input)) {
    throw new LabError({
      kind: 'study',
      problem: 'A study is a JSON object.',
      remedy: 'Start from the output of `outsample example`.',
    });
  }
  const wanted = isRecord(input['strategy']) ? input['strategy']['id'] : undefined;
  const strategy = strategyById(wanted ?? 'harvester');
  if (strategy === undefined) {
    throw new LabError({
      kind: 'study',
      problem: 'There is no such strategy.',
      remedy: `Use one of: ${strategies.map(({ id }) => id).join(', ')}.`,
      place: { path: '/strategy/id', value: asWritten(wanted) },
    });
  }
  const schema = schemaFor(strategy);
  const suggested = suggestedFor(strategy, input);
  const merged = Value.Default(schema, withSuggestions(suggested, input));
  const error = Value.Check(schema, merged) ? undefined : Value.Errors(schema, merged).First();
  if (error !== undefined) throw invalid(error, schemaAt(schema, error.path) ?? error.schema);
  const study = merged as Study;
  refuseConflicts(study, strategy);
  const lean = withoutLater(study, schema, suggested) as Study;
  const { portfolio } = study;
  const isHeld = portfolio !== undefined && strategy.givesWeights?.(study.strategy.parameters);
  return isHeld ? { ...lean, portfolio } : lean;
}

/** The settings that suit what the study asks of its strategy. */
function suggestedFor(strategy: Strategy, input: Record<string, unknown>): Strategy['suggested'] {
  const { suggested, suggestedWithWeights = suggested, givesWeights } = strategy;
  const parameters = isRecord(input['strategy']) ? input['strategy']['parameters'] : undefined;
  return isRecord(parameters) && givesWeights?.(parameters) === true
    ? suggestedWithWeights
    : suggested;
}

/** Every setting of a study with its value, those that it leaves out at their defaults; what is no study stays. */
export function withEverySetting<T>(study: T): T {
  const chosen = isRecord(study) ? study['strategy'] : undefined;
  const strategy = strategyById(isRecord(chosen) ? chosen['id'] : undefined);
  if (strategy === undefined) return study;
  return Value.Default(schemaFor(strategy), structuredCopy(study)) as T;
}

/** A study file's text as JSON. Throws a LabError of kind 'study' where it has too much of it, or is none. */
export function parsedStudy(text: string, file?: string): unknown {
  const refuse = (problem: string): never => {
    const remedy = 'Start from the output of `outsample example`.';
    throw new LabError({ kind: 'study', problem, remedy, place: { file } });
  };
  if (text.length > largestStudyFile) refuse(tooLargeStudy);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    return refuse(`This is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

const tooLargeStudy = `A study file has at most ${largestStudyFile / 1_000_000} MB.`;

const isDeeper = (value: unknown, most: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (most === 0 || Object.values(value).some((below) => isDeeper(below, most - 1)));

/** The default study of a strategy, complete. */
export const defaultStudy = (strategyId = 'harvester'): Study =>
  completeStudy({ strategy: { id: strategyId } });

/** A complete study to start from, with the strategy's own sample settings. */
export const sampleStudy = (strategyId = 'harvester'): Study =>
  studyOf(strategyId, strategyById(strategyId)?.sample ?? {});

/** Names of the further studies that strategies offer, as exampleStudy takes them. */
export const exampleNames = (): string[] =>
  strategies.flatMap(({ examples }) => Object.keys(examples ?? {})).sort();

/** The study of that name, complete; null where no strategy offers it. */
export function exampleStudy(name: string): Study | null {
  for (const { id, examples } of strategies) {
    if (examples && Object.hasOwn(examples, name)) return studyOf(id, examples[name] ?? {});
  }
  return null;
}

const studyOf = (id: string, { parameters = {}, ...settings }: Example): Study =>
  completeStudy({ ...settings, strategy: { id, parameters } });

/** JSON Schema of what a person may write: every property optional, one alternative per strategy. */
export function studyJsonSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Outsample study',
    anyOf: strategies.map((strategy) => everythingOptional(schemaFor(strategy))),
  };
}

/** Canonical JSON: keys in code-unit order, no white space. Equal studies have equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const entries = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
  return `{${entries.join(',')}}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `given` wins; objects are merged key by key, everything else is replaced. Inputs stay untouched. */
function withSuggestions(suggested: unknown, given: unknown, path = ''): unknown {
  if (!isRecord(given)) return given === undefined ? structuredCopy(suggested) : given;
  const base = isRecord(suggested) ? suggested : {};
  const keys = [...new Set([...Object.keys(base), ...Object.keys(given)])];
  // A key that JavaScript takes for the prototype would slip past the schema.
  if (keys.includes('__proto__')) throw noSuchSetting(`${path}/__proto__`, given['__proto__']);
  return Object.fromEntries(
    keys.map((key) => [key, withSuggestions(base[key], given[key], `${path}/${key}`)]),
  );
}

const structuredCopy = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

/** JSON Schema text has no optional flags: drop `required` so that a bare study validates. */
function everythingOptional(schema: TSchema): object {
  return JSON.parse(
    JSON.stringify(schema, (key, value: unknown) => (key === 'required' ? undefined : value)),
  ) as object;
}

function schemaAt(schema: TSchema, path: string): TSchema | undefined {
  let node: TSchema | undefined = schema;
  for (const key of path.split('/').slice(1)) {
    const properties = node?.['properties'] as Record<string, TSchema> | undefined;
    node =
      properties && Object.hasOwn(properties, key)
        ? properties[key]
        : (node?.['items'] as TSchema | undefined);
  }
  return node;
}

function invalid({ type, path, value }: ValueError, schema: TSchema): LabError {
  if (type === ValueErrorType.ObjectAdditionalProperties) return noSuchSetting(path, value);
  const alternatives = (schema['anyOf'] as TSchema[] | undefined) ?? [schema];
  const wanted = alternatives.filter((one) => !isNull(one));
  const expected = {
    what: wanted.map(expectation).join(' or '),
    orNull: wanted.length < alternatives.length,
  };
  return new LabError({
    kind: 'study',
    problem: mustBe(expected.what, expected.orNull ? ' or null' : ''),
    expected,
    remedy: 'Correct it, or leave it out to use the default.',
    place: { path, value: asWritten(value) },
  });
}

/** Characters of a value that an error quotes. */
const mostQuoted = 200;

/** A value as a person would read it: text without the quotation marks that the message adds. */
function asWritten(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > mostQuoted ? `${text.slice(0, mostQuoted)}…` : text;
}

/** Settings that are valid alone and make no sense together. */
function refuseConflicts(study: Study, strategy: Strategy): void {
  const { size, costs, strategy: chosen } = study;
  const refuse = (path: string, value: unknown, problem: string): never => {
    throw new LabError({
      kind: 'study',
      problem,
      remedy: 'Change one of the two.',
      place: { path, value: asWritten(value) },
    });
  };
  if (size.maximum !== null && size.minimum > size.maximum) {
    refuse(
      '/size/minimum',
      size.minimum,
      `This must be at most the largest position, ${size.maximum}.`,
    );
  }
  if (costs.tiers !== 'off') {
    const { tierFrom, tierRates } = costs;
    if (tierFrom[0] !== 0 || tierFrom.some((from, i) => i > 0 && from <= tierFrom[i - 1]!))
      refuse('/costs/tierFrom', tierFrom, 'Tiers must start at 0 and rise.');
    if (tierRates.length !== tierFrom.length)
      refuse(
        '/costs/tierRates',
        tierRates,
        `There must be one rate for each of ${tierFrom.length} tiers.`,
      );
  }
  const amount = study.contributions?.amount ?? null;
  if (amount !== null && study.risk.accounts === 'per-symbol')
    refuse('/contributions/amount', amount, 'Payments go to one account.');
  if (strategy.givesWeights?.(chosen.parameters)) refuseWithWeights(study, refuse);
  const { step, test } = study.validation.walkForward;
  if (step !== null && step < test) {
    refuse(
      '/validation/walkForward/step',
      step,
      `Test windows would overlap: this must be at least the test length, ${test}.`,
    );
  }
  const { groups, testGroups } = study.validation.crossValidation;
  if (testGroups >= groups) {
    refuse(
      '/validation/crossValidation/testGroups',
      testGroups,
      `This must be fewer than the groups, ${groups}.`,
    );
  }
  for (const [i, { path, values, from, to }] of study.validation.search.parameters.entries()) {
    if ((values === null) !== (from !== null && to !== null)) {
      refuse(
        `/validation/search/parameters/${i}`,
        path,
        'A setting of a search has either a list of values or a span from … to ….',
      );
    }
  }
  const conflict = strategy.conflict?.(chosen.parameters);
  if (conflict) {
    throw new LabError({
      kind: 'study',
      problem: conflict.problem,
      remedy: conflict.remedy ?? 'Change one of the two.',
      place: {
        value: asWritten(ValuePointer.Get(chosen.parameters, conflict.path)),
        ...conflict.place,
        path: `/strategy/parameters${conflict.path}`,
      },
    });
  }
}

/** Settings that only entries can have. */
function refuseWithWeights(
  { execution, risk, portfolio }: Study,
  refuse: (path: string, value: unknown, problem: string) => never,
): void {
  const { fill, order } = execution;
  if (order !== 'market')
    refuse('/execution/order', order, 'A strategy of weights trades by market orders.');
  if (fill === 'prior-close')
    refuse('/execution/fill', fill, 'Weights fill at an open or at a close that is not over.');
  const byPeriod = periods.some((period) => period === portfolio?.rebalance);
  if (fill === 'same-close' && byPeriod && portfolio?.on === 'last')
    refuse(
      '/portfolio/on',
      portfolio.on,
      'At a close nobody knows by the data that it is its period’s last: fill at the next open or close, or rebalance at the first.',
    );
  if (risk.accounts === 'per-symbol')
    refuse('/risk/accounts', risk.accounts, 'Weights are shares of one account.');
}

function noSuchSetting(path: string, value: unknown): LabError {
  return new LabError({
    kind: 'study',
    problem: 'There is no such setting.',
    remedy: 'Check the spelling; `outsample example` prints all settings.',
    place: { path, value: asWritten(value) },
  });
}

/** Whether the setting at this path takes whole numbers only. */
export function integerAt(study: Study, path: string): boolean {
  const node = settingAt(study, path);
  const inner = (node?.['anyOf'] as TSchema[] | undefined)?.find((one) => one['type'] !== 'null');
  return (inner ?? node)?.['type'] === 'integer';
}

/** What the setting at this path is called; the path where there is none. */
export const titleAt = (study: Study, path: string): string =>
  settingAt(study, path)?.title ?? path;

/** The schema of the setting at this path: its title, its unit. */
export function settingAt({ strategy: { id } }: Study, path: string): TSchema | undefined {
  const strategy = strategyById(id);
  return strategy && schemaAt(schemaFor(strategy), path);
}
