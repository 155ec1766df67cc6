/** The embedded backend keeps every promise of the ports. */
import { type BackendUnderTest, describeBackend } from '../../conformance/backend';
import { openStore } from './support';

describeBackend('embedded', async (options): Promise<BackendUnderTest> => {
  const store = await openStore(options);
  return {
    backend: store.backend,
    advanceHours: (hours) => {
      store.clock.time += hours * 3.6e9;
    },
    reopen: () => store.reopen(),
    destroy: () => store.destroy(),
  };
});
