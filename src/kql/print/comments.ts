import type { Comment } from "../ast.ts";
import { concat, type Doc, hardLine, ownLine, sequence, suffix } from "./doc.ts";

/** Gives out each comment once, by its place in the source, as the elements behind it are printed. */
export interface CommentQueue {
  /** The comments before a place that stand behind code on its line, where a line may end. */
  readonly trailing: (place: number) => Doc;
  /** The comments before a place, each where it may stand. */
  readonly before: (place: number) => Doc;
  /** The same for the end of a bracket: a comment of its own begins a line and ends none. */
  readonly closing: (place: number) => Doc;
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
  const written = (comment: Comment): string =>
    `${comment.directive === true ? "#" : "//"}${comment.text.replace(/[\r\n]+/g, " ").trimEnd()}`;
  const all = (): boolean => true;
  const docs = (taken: readonly Comment[], ends: boolean, own: (text: string) => Doc): Doc =>
    taken.length === 0
      ? ""
      : sequence(taken.map((c) => (c.ownLine === false ? suffix(written(c), ends) : own(written(c)))));
  const last = (text: string): Doc => concat(hardLine, suffix(text, true));
  return {
    trailing: (place) =>
      docs(
        take(place, (c) => c.ownLine === false),
        true,
        ownLine,
      ),
    before: (place) => docs(take(place, all), false, ownLine),
    closing: (place) => docs(take(place, all), true, last),
  };
}
