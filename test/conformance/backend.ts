/**
 * What any backend must do, one test a promise of `runtime/ports/backend.ts`. A backend runs it with one line:
 * `describeBackend('embedded', open)`.
 *
 * Written for servers as well as for a file: visibility may come a little later than durability, offsets have gaps,
 * and nothing here asks when, only whether.
 */
import { describeBookmarks } from './bookmarks';
import { describeLog } from './log';
import { describeNames } from './names';
import { describePorts } from './ports';
import { describeProducers } from './producers';
import { describeRegistry } from './registry';
import { describeRetention } from './retention';
import type { BackendUnderTest, OpenBackend, Suite } from './suite';
import { describeTables } from './tables';
import { describeTasks } from './tasks';

export type { BackendUnderTest, OpenBackend, OpenOptions } from './suite';

export function describeBackend(
  name: string,
  open: OpenBackend,
  leftToServers: Suite['leftToServers'] = {},
): void {
  describe(`backend ${name}`, () => {
    const under: BackendUnderTest[] = [];
    const suite: Suite = {
      open: async (options) => {
        const opened = await open(options);
        under.push(opened);
        return opened;
      },
      leftToServers,
    };
    afterEach(async () => {
      for (const one of under.splice(0)) await one.destroy();
    });
    describeLog(suite);
    describeProducers(suite);
    describePorts(suite);
    describeTasks(suite);
    describeTables(suite);
    describeRegistry(suite);
    describeNames(suite);
    describeBookmarks(suite);
    describeRetention(suite);
  });
}
