/** Years that a calendar is not known for: calendars throw, because no answer is better than a wrong one, and rows fail. */
import { failure, type Result } from '../contract';

export class CalendarNotDeclared extends RangeError {}

/** Failure `calendar-must-cover-the-year` where the work asks a calendar beyond its years. */
export function withinCalendars<T>(work: () => Result<T>): Result<T> {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CalendarNotDeclared)) throw error;
    return failure('calendar-must-cover-the-year', error.message);
  }
}
