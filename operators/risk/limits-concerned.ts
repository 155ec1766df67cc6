/** The limits that a step concerns, and by what: each is looked at once. */
import type { Marker } from '../../runtime/stream/marker';
import type { Exposure } from '../../schemas/exposures';

export interface Concern {
  readonly limit: string;
  readonly isSet: boolean;
  readonly isDue: boolean;
  readonly moved: Exposure | undefined;
}

export class LimitsConcerned {
  /** Whether terms were set, or their time came: another may be the next. */
  needsTimer = false;
  private readonly numbers = new Map<string, number>();
  private readonly names: string[] = [];
  private readonly concerns = new Map<string, Concern>();

  constructor(private readonly looked: Marker) {}

  set(limit: string): void {
    this.needsTimer = true;
    this.note(limit, { isSet: true });
  }

  due(limit: string): void {
    this.needsTimer = true;
    this.note(limit, { isDue: true });
  }

  moved(limit: string, moved: Exposure): void {
    this.note(limit, { moved });
  }

  /** In order of their names, whatever came first. */
  take(): readonly Concern[] {
    const all = [...this.concerns.values()].sort((a, b) => (a.limit < b.limit ? -1 : 1));
    this.concerns.clear();
    this.looked.clear();
    this.needsTimer = false;
    return all;
  }

  private note(limit: string, concern: Partial<Concern>): void {
    let number = this.numbers.get(limit);
    if (number === undefined) {
      number = this.names.push(limit) - 1;
      this.numbers.set(limit, number);
    }
    this.looked.add(number);
    const known = this.concerns.get(limit);
    this.concerns.set(limit, {
      ...(known ?? { limit, isSet: false, isDue: false, moved: undefined }),
      ...concern,
    });
  }
}
