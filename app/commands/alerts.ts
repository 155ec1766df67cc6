/** `breakwater alerts`: whether the channels of the configuration reach anybody. */
import type { Command } from 'commander';
import { compose } from '../../sinks/alerts/notice';
import { courierOf } from '../alerts/channel';
import type { Config } from '../config';
import { CommandError, ExitCode } from '../exit-codes';
import { systemClock } from '../system-clock';
import { outputTo } from '../terminal/output';
import { printableLines } from '../terminal/printable';
import { configOf, type PlaceOptions, withPlace } from './options';

const EXAMPLES = `
Examples:
  breakwater alerts test          sends a trial to every channel, and says which took it
  breakwater alerts test desk     to one of them
  breakwater alerts test --json   {"type":"tried","channel":"desk","kind":"slack","taken":true,"remark":null}

Channels stand in the configuration under "alerts", their addresses and passwords in the environment or in files. Exit code 0
means that every channel asked has taken the trial.`;

interface TestOptions extends PlaceOptions {
  readonly json?: boolean;
}

export function addAlertsCommand(program: Command): void {
  const alerts = program.command('alerts').description('try the channels over which alerts are told');
  withPlace(alerts.command('test'))
    .description('send a trial alert')
    .argument('[channel]', 'only to this one')
    .option('--json', 'one JSON object a channel')
    .addHelpText('after', EXAMPLES)
    .action((channel: string | undefined, options: TestOptions) => test(channel, options));
}

async function test(name: string | undefined, options: TestOptions): Promise<void> {
  const config = configOf(options);
  const output = outputTo(process.stdout);
  const stop = new AbortController();
  const now = systemClock.now();
  const notice = compose(`trial-${now}`, [
    {
      key: 'trial',
      state: 'once',
      severity: 'info',
      title: 'A trial: alerts of Breakwater reach you here',
      why: 'Somebody ran: breakwater alerts test',
      next: 'Nothing is wrong.',
      time: new Date(now / 1000).toISOString(),
    },
  ])!;
  let failed = 0;
  const tell = ({ name: channel, kind }: Channel, taken: boolean, remark: string | undefined): void => {
    if (!taken) failed += 1;
    const said = taken ? `taken${remark === undefined ? '' : `, but ${remark}`}` : remark;
    const line = options.json
      ? JSON.stringify({ type: 'tried', channel, kind, taken, remark: remark ?? null })
      : printableLines(`${channel} (${kind}): ${said}`);
    output.write(`${line}\n`);
  };
  for (const channel of channelsNamed(config, name)) {
    const places = { file: config.file, environment: process.env };
    const courier = courierOf(channel, places, () => systemClock.now());
    try {
      tell(channel, true, await courier.deliver(notice, stop.signal));
    } catch (error) {
      tell(channel, false, (error as Error).message);
    }
  }
  if (failed > 0)
    throw new CommandError(`${failed} of the channels did not take the trial.`, ExitCode.Failure);
}

type Channel = Config['alerts']['channels'][number];

function channelsNamed(
  { alerts: { channels } }: Config,
  name: string | undefined,
): Config['alerts']['channels'] {
  if (channels.length === 0)
    throw new CommandError(
      'the configuration has no channel for alerts. Add one under "alerts.channels".',
      ExitCode.Usage,
    );
  const chosen = name === undefined ? channels : channels.filter((channel) => channel.name === name);
  if (chosen.length > 0) return chosen;
  const known = channels.map((channel) => channel.name).join(', ');
  throw new CommandError(`there is no channel "${name}". There are ${known}.`, ExitCode.Usage);
}
