/** Where in an input something stands: which file, which row (a header line counts as row 1), which field. */
export interface Place {
  readonly file: string;
  readonly row?: number;
  readonly field?: string;
}

/** An input that cannot be read as what it is said to be. Nothing behind that place has been taken. */
export class SourceError extends Error {
  override readonly name = 'SourceError';

  constructor(
    readonly place: Place,
    what: string,
    whatToDo: string,
  ) {
    const row = place.row === undefined ? '' : `, row ${place.row}`;
    const field = place.field === undefined ? '' : `, field "${place.field}"`;
    // What was found may be a sentence of its own.
    super(`${place.file}${row}${field}: ${what.replace(/\.$/, '')}. ${whatToDo}`);
  }
}
