/** What holds at this moment, as told by whoever knows: raised when it has held for a while, cleared when it is gone. */
import type { Alert } from './alert';

/** What is over sooner is nobody's business. */
const PATIENCE = 5_000_000;

export class Conditions {
  private readonly since = new Map<string, number>();
  private readonly raised = new Map<string, Alert>();

  /** What should be told by now, given all that holds. */
  due(holding: readonly Alert[], elapsed: number): readonly Alert[] {
    const keys = new Set(holding.map(({ key }) => key));
    for (const key of this.since.keys()) if (!keys.has(key)) this.since.delete(key);
    for (const key of keys) if (!this.since.has(key)) this.since.set(key, elapsed);
    const fresh = holding.filter(
      ({ key }) => !this.raised.has(key) && elapsed - this.since.get(key)! >= PATIENCE,
    );
    const over = [...this.raised.values()].filter(({ key }) => !keys.has(key));
    return [...fresh, ...over.map((alert): Alert => ({ ...alert, state: 'cleared', next: '' }))];
  }

  told(alerts: readonly Alert[]): void {
    for (const alert of alerts)
      if (alert.state === 'cleared') this.raised.delete(alert.key);
      else this.raised.set(alert.key, alert);
  }
}
