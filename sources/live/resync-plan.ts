/**
 * Which books are to be asked for anew, and when: at once at first, then a second after the time before, two, four … up
 * to a minute, until the book has been live for a while. So a book that breaks again and again costs the venue little.
 *
 * State: one entry a book that was ever asked for.
 */
const FIRST_WAIT = 1_000_000;
const WAIT_MAX = 60_000_000;
/** A book that was live for so long begins with no wait the next time. */
const CALM = 120_000_000;

interface Plan {
  isWanted: boolean;
  asked: number;
  wait: number;
  liveSince: number;
}

export class ResyncPlan {
  private readonly plans = new Map<string, Plan>();

  want(name: string, now: number): void {
    const plan = this.plans.get(name) ?? {
      isWanted: false,
      asked: Number.NEGATIVE_INFINITY,
      wait: 0,
      liveSince: Number.NaN,
    };
    this.plans.set(name, plan);
    if (plan.isWanted) return;
    if (now - plan.liveSince >= CALM) plan.wait = 0;
    plan.isWanted = true;
  }

  /** The book is live: it is asked for no more. */
  live(name: string, now: number): void {
    const plan = this.plans.get(name);
    if (!plan) return;
    if (plan.isWanted || Number.isNaN(plan.liveSince)) plan.liveSince = now;
    plan.isWanted = false;
  }

  /** Books that are due now, as long as `may` answers so; each is due again later, unless it is live by then. */
  take(now: number, may: () => boolean): string[] {
    const names: string[] = [];
    for (const [name, plan] of this.plans) {
      if (!plan.isWanted || plan.asked + plan.wait > now) continue;
      if (!may()) break;
      plan.wait = Math.min(WAIT_MAX, plan.wait === 0 ? FIRST_WAIT : plan.wait * 2);
      plan.asked = now;
      names.push(name);
    }
    return names;
  }

  clear(): void {
    this.plans.clear();
  }
}
