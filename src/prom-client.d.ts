/** As much of prom-client's registry as is used: it asks a metric for its samples when its text is wanted. */
declare module 'prom-client/lib/registry.js' {
  interface Values {
    readonly name: string;
    readonly help: string;
    readonly type: 'gauge';
    readonly values: readonly {
      readonly labels: Readonly<Record<string, string>>;
      readonly value: number;
    }[];
  }
  export default class Registry {
    readonly contentType: string;
    registerMetric(metric: { readonly name: string; get(): Promise<Values> }): void;
    metrics(): Promise<string>;
  }
}
