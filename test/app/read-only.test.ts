/** A data folder on a full disk and on read-only media: whatever reads works, and what writes says why it cannot. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../support/command-line';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();
const config = join(folder, 'breakwater.json');
const disk = join(folder, 'disk');
const dir = join(disk, 'data');
const breakwater = (...args: string[]) => runCommand([...args, '--config', config, '--dir', dir]);

function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('unshare', ['-m', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function fillUp(file: string): void {
  const piece = Buffer.alloc(1 << 16);
  for (;;) {
    try {
      writeFileSync(file, piece, { flag: 'a' });
    } catch {
      return;
    }
  }
}

const mountable = canMount();
const name = 'can be checked, read and queried; nothing is written, and who would is told';
const onDisk = mountable ? test : test.skip;

onDisk(
  mountable ? name : `${name} (skipped: mounting a tmpfs needs root on Linux)`,
  async () => {
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200m', 'tmpfs', disk]);
    try {
      writeFileSync(config, JSON.stringify({ clickhouse: { enabled: true } }));
      const fills = join(folder, 'fills.csv');
      writeFileSync(
        fills,
        'executionId,kind,account,instrument,quantity,price,fee,feeCurrency,venue,time\nE-1,New,DESK,XYZ,3,100.25,0,USD,XCME,2026-11-20T10:00:00Z\n',
      );
      const instruments = join(folder, 'instruments.csv');
      writeFileSync(
        instruments,
        'instrument,name,currency,multiplier,inverse,kind\nXYZ,XYZ,USD,1,false,Equity\n',
      );
      expect(await breakwater('produce', 'reference.instruments', instruments)).toMatchObject({ code: 0 });
      expect(await breakwater('produce', 'ledger.fills', fills)).toMatchObject({ code: 0 });
      // A full disk first: there, too, whatever reads works.
      const ballast = join(disk, 'ballast');
      fillUp(ballast);
      expect((await breakwater('tail', 'ledger.fills', '--json')).stdout).toContain('"executionId":"E-1"');
      expect(await breakwater('check')).toMatchObject({ code: 0 });
      rmSync(ballast);
      execFileSync('mount', ['-o', 'remount,ro', disk]);
      expect(await breakwater('check')).toMatchObject({ code: 0 });
      expect((await breakwater('tail', 'ledger.fills', '--json')).stdout).toContain('"executionId":"E-1"');
      // The table was never filled where the fill was produced: the copy catches up with its log before it answers.
      const asked = await breakwater('query', 'SELECT executionId FROM fills', '--format', 'TSV');
      expect(asked).toMatchObject({ code: 0, stderr: expect.any(String), stdout: 'E-1\n' });
      writeFileSync(fills, 'E-2,New,DESK,XYZ,1,100,0,USD,XCME,2026-11-20T10:00:01Z\n', { flag: 'a' });
      const refused = await breakwater('produce', 'ledger.fills', fills);
      expect(refused.code).toBe(1);
      expect(refused.stderr).toMatch(
        /cannot be written .* read-only file system.*copy it to where it can be written/,
      );
    } finally {
      execFileSync('umount', ['-l', disk]);
    }
  },
  180_000,
);
