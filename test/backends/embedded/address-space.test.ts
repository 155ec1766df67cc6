import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { checkAddressSpace } from '../../../backends/embedded/address-space';
import { temporaryFolder } from '../../support/temporary-folder';

const GIB = 2 ** 30;
const folder = temporaryFolder();

test('a store that cannot be mapped is refused with how much it wants, and what to do', () => {
  expect(() => checkAddressSpace('data', 40 * GIB, { limit: 8 * GIB, used: 3 * GIB })).toThrow(
    'the data folder data wants 40.0 GiB of address space, and this process may have 5.0 GiB more. Raise the limit (ulimit -v), or lower "quotaMegabytes".',
  );
  expect(() => checkAddressSpace('data', 5 * GIB, { limit: 8 * GIB, used: 3 * GIB })).not.toThrow();
});

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('a process that may have too little says so, and does not die of it', async () => {
  const module = join(__dirname, '..', '..', '..', 'backends', 'embedded', 'open.js');
  const script = `require('${module}').openEmbedded({dir:'${join(folder, 'data')}',quotaBytes:60e9,clock:{now:()=>1}}).catch((e)=>{console.log(e.name+': '+e.message);process.exit(1)})`;
  const child = spawn('sh', ['-c', 'ulimit -v 40000000 && exec "$0" -e "$1"', process.execPath, script]);
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  expect(said).toMatch(/^BackendError: the data folder .* wants 112\.8 GiB of address space/);
  expect(code).toBe(1);
});
