import type { Comment } from "../ast.ts";
import { concat, type Doc, hardLine, ownLine, sequence, suffix } from "./doc.ts";

/** Gives out each comment once, by its place in the source, as the elements behind it are printed. */
export interface CommentQueue {
  /** The comments before a place that stand behind code on its line. */
  readonly trailing: (place: number) => Doc;
  /** The comments before a place, each where it may stand. */
  readonly before: (place: number) => Doc;
  /** The same for the end of a bracket: a comment of its own begins a line and ends none. */
  readonly closing: (place: number) => Doc;
  /** Whether comments stand in a range of the source. */
  readonly within: (start: number, end: number) => boolean;
}

export function commentQueue(comments: readonly Comment[]): CommentQueue {
  const sorted = [...comments].sort((a, b) => a.span.start - b.span.start);
  let next = 0;
  const take = (place: number, wanted: (comment: Comment) => boolean): Comment[] => {
    const taken: Comment[] = [];
    for (
      let comment = sorted[next];
      comment !== undefined && comment.span.start < place && wanted(comment);
      comment = sorted[next]
    ) {
      taken.push(comment);
      next++;
    }
    return taken;
  };
  const written = (comment: Comment): string => `//${comment.text.replace(/[\r\n]+/g, " ").trimEnd()}`;
  const all = (): boolean => true;
  const docs = (taken: readonly Comment[], own: (text: string) => Doc): Doc =>
    taken.length === 0 ? "" : sequence(taken.map((c) => (c.ownLine === false ? suffix(written(c)) : own(written(c)))));
  return {
    trailing: (place) =>
      docs(
        take(place, (c) => c.ownLine === false),
        suffix,
      ),
    before: (place) => docs(take(place, all), ownLine),
    closing: (place) => docs(take(place, all), (text) => concat(hardLine, suffix(text))),
    within: (start, end) => sorted.some((c) => c.span.start >= start && c.span.start < end),
  };
}
