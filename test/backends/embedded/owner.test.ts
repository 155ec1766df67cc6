/** Whose a folder is, whoever else would have it, and who may look into it. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { openEmbedded } from '../../../backends/embedded/open';
import { OwnedStore } from '../../../backends/embedded/owned-store';
import { chunkOf, QUOTES, to } from '../../conformance/support';
import { temporaryFolder } from '../../support/temporary-folder';
import { NOON, openStore } from './support';

const clock = { now: () => NOON };
const CHILD = join(__dirname, 'child.js');
const folder = temporaryFolder();
const opening = (dir: string) => openEmbedded({ dir, quotaBytes: 1e9, clock });

interface Opened {
  readonly child: ChildProcess;
  readonly said: string;
}

const children: ChildProcess[] = [];
// Also those of a test that failed: a child that is left keeps the tests from ending.
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

function openInChild(dir: string): Promise<Opened> {
  const child = fork(CHILD, [dir]);
  children.push(child);
  return new Promise((resolve) => child.once('message', (said) => resolve({ child, said: said as string })));
}

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null)
    await new Promise((resolve) => child.once('exit', resolve));
};

describe('the owner of a data folder', () => {
  it('is one of those that start at once on a new folder', async () => {
    const dir = join(folder, 'raced');
    const all = await Promise.all(Array.from({ length: 4 }, () => openInChild(dir)));
    expect(all.filter(({ said }) => said === 'open')).toHaveLength(1);
    for (const { said } of all) expect(said).toMatch(/^open$|^HeldError: .* is in use by process \d+/);
    const gone = all.map(({ child }) => ended(child));
    for (const { child } of all) child.kill('SIGKILL');
    await Promise.all(gone);
    await (await opening(dir)).close();
    // Nothing is left of those that did not get it.
    expect(readdirSync(dir).sort()).toEqual(['FORMAT', 'data.mdb', 'lock.mdb', 'witness']);
  });

  it('that was killed and whose parent does not fetch it does not block a restart', async () => {
    const dir = join(folder, 'zombie');
    // The shell becomes a sleep, which never asks after its children.
    const run = `node -e "const {openEmbedded}=require(process.argv[1]);openEmbedded({dir:process.argv[2],quotaBytes:1e9,clock:{now:()=>1}}).then(()=>console.log(process.pid));setInterval(()=>0,1e3)" "$0" "$1" & exec sleep 60`;
    const module = join(__dirname, '..', '..', '..', 'backends', 'embedded', 'open.js');
    const shell = spawn('sh', ['-c', run, module, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = Number(await new Promise((resolve) => shell.stdout.once('data', resolve)));
    process.kill(pid, 'SIGKILL');
    while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))) await new Promise(setImmediate);
    await (await opening(dir)).close();
    shell.kill('SIGKILL');
    await ended(shell);
  });

  const elsewhere = { pid: process.pid, started: 1, boot: 'another', space: 'pid:[1]', token: 'x' };
  const owned = async (name: string): Promise<string> => {
    const dir = join(folder, name);
    await (await opening(dir)).close();
    writeFileSync(join(dir, 'owner'), JSON.stringify(elsewhere));
    return dir;
  };

  it('in another container or on another machine is believed while it says that it runs', async () => {
    const dir = await owned('shared');
    const beats = setInterval(() => utimesSync(join(dir, 'owner'), new Date(), new Date()), 50);
    await expect(opening(dir)).rejects.toThrow(/in use by process \d+ of another machine or container/);
    clearInterval(beats);
    expect(JSON.parse(readFileSync(join(dir, 'owner'), 'utf8'))).toEqual(elsewhere);
  });

  it('elsewhere that has not been heard of for long is gone', async () => {
    const dir = await owned('silent');
    const before = Date.now() / 1000 - 60;
    utimesSync(join(dir, 'owner'), before, before);
    await (await opening(dir)).close();
    expect(existsSync(join(dir, 'owner'))).toBe(false);
  });

  it('whose id now belongs to a process that started later is gone', async () => {
    const dir = join(folder, 'reused');
    const { child } = await openInChild(dir);
    const owner = JSON.parse(readFileSync(join(dir, 'owner'), 'utf8')) as { started: number };
    const gone = ended(child);
    child.kill('SIGKILL');
    await gone;
    // As if this test's parent had been given the number.
    writeFileSync(join(dir, 'owner'), JSON.stringify({ ...owner, pid: process.ppid, started: 1 }));
    await (await opening(dir)).close();
  });

  it('that is taken over writes nothing more', async () => {
    const store = await openStore();
    const { backend, dir } = store;
    await backend.log.createTopics([QUOTES]);
    // Its own process asks again, as one would that finds it dead.
    const second = new OwnedStore(dir, 2 ** 28);
    await expect(
      backend.log.append({ producer: 'p', sequence: 1, outputs: [to(QUOTES.name, 0, chunkOf('late'))] }),
    ).rejects.toThrow(/taken over by process/);
    expect((await backend.lost).message).toMatch(/taken over by process/);
    await second.close();
    await store.reopen();
    await store.destroy();
  });

  it('is refused a folder with files of somebody else, which stays as it is', async () => {
    const dir = join(folder, 'home');
    mkdirSync(dir);
    for (const name of ['thesis.tex', 'a', 'b', 'c']) writeFileSync(join(dir, name), 'mine');
    await expect(opening(dir)).rejects.toMatchObject({
      name: 'BackendError',
      message: expect.stringMatching(
        /is no data folder, and it is not empty: it holds .* and more\. Name an empty/,
      ),
    });
    expect(readdirSync(dir)).toHaveLength(4);
  });

  it('takes one that holds nothing but logs and what the system puts there', async () => {
    const dir = join(folder, 'volume');
    mkdirSync(join(dir, 'lost+found'), { recursive: true });
    writeFileSync(join(dir, 'risk.log'), '');
    await (await opening(dir)).close();
    expect(existsSync(join(dir, 'FORMAT'))).toBe(true);
  });

  it('alone may read it: files 0600 in a folder 0700, an older one too', async () => {
    const dir = join(folder, 'modes');
    const modes = (): readonly string[] =>
      [dir, ...readdirSync(dir).map((name) => join(dir, name))].map((path) =>
        (statSync(path).mode & 0o777).toString(8),
      );
    for (const round of [1, 2]) {
      const backend = await opening(dir);
      expect(modes()).toEqual(['700', ...readdirSync(dir).map(() => '600')]);
      expect(readdirSync(dir)).toContain('data.mdb');
      await backend.close();
      if (round === 1) for (const name of readdirSync(dir)) chmodSync(join(dir, name), 0o644);
      chmodSync(dir, 0o755);
    }
  });
});
