/** ```` ```text``` ```` and its place in the text that was parsed. */
export interface Comment {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}
