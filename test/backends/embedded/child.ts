/** A process that opens a folder, says what came of it, and holds it until it is killed or told to let go. */
import { openEmbedded } from '../../../backends/embedded/open';
import { NOON } from './support';

const [, , dir = ''] = process.argv;

openEmbedded({ dir, quotaBytes: 2 ** 28, clock: { now: () => NOON } }).then(
  (backend) => {
    process.send?.('open');
    process.on('message', () => void backend.close().then(() => process.exit(0)));
  },
  (error: Error) => {
    process.send?.(`${error.name}: ${error.message}`);
    process.disconnect();
  },
);
