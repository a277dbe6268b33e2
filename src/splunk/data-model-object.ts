/**
 * A dataset of a data model, declared under `Model.Dataset` (`Endpoint.Processes`): which events are in it, and which field of an
 * event holds each of its fields. (Knowledge Manager Manual: "About data models")
 */
export interface DataModelObject {
  /** The constraint, a search expression; without it every event is in the dataset. */
  readonly search?: string;
  /** Field of the dataset, without its prefix → field of the event; without it every event field under its own name. */
  readonly fields?: Readonly<Record<string, string>>;
  /** What stands before the fields in a search, `Processes` for `Processes.dest`; the dataset's name by default. */
  readonly prefix?: string;
}
