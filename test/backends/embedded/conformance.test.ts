/** The embedded backend keeps every promise of the ports. */
import { type BackendUnderTest, describeBackend } from '../../conformance/backend';
import { openStore } from './support';

describeBackend('embedded', async (options): Promise<BackendUnderTest> => {
  const store = await openStore(options);
  return {
    backend: store.backend,
    advanceHours: (hours) => store.advanceHours(hours),
    reopen: () => store.reopen(),
    destroy: () => store.destroy(),
  };
});
