/**
 * What a channel has been told of each key that is raised, so that a state that is said again is not told again, and what
 * was never raised is not told to be over. Bounded: the oldest is forgotten, and told again if it is said again.
 */
import { createHash } from 'node:crypto';
import type { Alert } from './alert';

export const TOLD_MAX = 1_500;

export class Told {
  /** By a digest of the key, how it was told: keys may be long, and this is kept in a small record. */
  private raised: Map<string, string>;

  constructor(saved: readonly (readonly [string, string])[] = []) {
    this.raised = new Map(saved);
  }

  copy(): Told {
    return new Told(this.saved());
  }

  /** Whether this is news; what is told from now on goes by it. */
  isNews(alert: Alert): boolean {
    const key = digest(alert.key);
    const before = this.raised.get(key);
    if (alert.state === 'once') return true;
    if (alert.state === 'cleared') return this.raised.delete(key);
    const how = digest(`${alert.severity} ${alert.title}`);
    if (before === how) return false;
    this.raised.delete(key);
    this.raised.set(key, how);
    if (this.raised.size > TOLD_MAX) this.raised.delete(this.raised.keys().next().value!);
    return true;
  }

  saved(): readonly (readonly [string, string])[] {
    return [...this.raised];
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 11);
