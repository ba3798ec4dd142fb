/** What lets whoever has it act in another's name. */
export interface Secret {
  /** With its article: “a GitHub token”. */
  readonly kind: string;
  /** As it may be shown: its first characters, or what stands around it. */
  readonly shown: string;
  /** Nothing but its randomness speaks for it: no prefix, no label. */
  readonly bare: boolean;
}
