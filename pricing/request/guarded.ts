/** Keeps a row to itself: what its work throws is that row's failure, and all other rows are priced. */
import { withinCalendars } from '../calendars/coverage';
import { failure, type Result } from '../contract';

/** Failures besides the work's own: `calendar-must-cover-the-year`, and `row-must-be-priceable` for whatever was thrown. */
export function guarded<T>(work: () => Result<T>): Result<T> {
  try {
    return withinCalendars(work);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return failure('row-must-be-priceable', `the row broke its pricer: ${said}. Check its extreme values.`);
  }
}
