/** `breakwater alerts`: whether the channels of the configuration reach anybody. */
import type { Command } from 'commander';
import { compose } from '../../sinks/alerts/notice';
import { courierOf } from '../alerts/channel';
import type { Config } from '../config';
import { CommandError, ExitCode } from '../exit-codes';
import { systemClock } from '../system-clock';
import { outputTo } from '../terminal/output';
import { configOf, type PlaceOptions, withPlace } from './options';

const EXAMPLES = `
Examples:
  breakwater alerts test          sends a trial to every channel, and says which took it
  breakwater alerts test desk     to one of them

Channels stand in the configuration under "alerts", their addresses and passwords in the environment or in files. Exit code 0
means that every channel asked has taken the trial.`;

export function addAlertsCommand(program: Command): void {
  const alerts = program.command('alerts').description('try the channels over which alerts are told');
  withPlace(alerts.command('test'))
    .description('send a trial alert')
    .argument('[channel]', 'only to this one')
    .addHelpText('after', EXAMPLES)
    .action((channel: string | undefined, options: PlaceOptions) => test(channel, options));
}

async function test(name: string | undefined, options: PlaceOptions): Promise<void> {
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
  for (const channel of channelsNamed(config, name)) {
    const courier = courierOf(channel, { file: config.file, environment: process.env }, () =>
      systemClock.now(),
    );
    try {
      const remark = await courier.deliver(notice, stop.signal);
      output.write(
        `${channel.name} (${channel.kind}): taken${remark === undefined ? '' : `, but ${remark}`}\n`,
      );
    } catch (error) {
      failed += 1;
      output.write(`${channel.name} (${channel.kind}): ${(error as Error).message}\n`);
    }
  }
  if (failed > 0)
    throw new CommandError(`${failed} of the channels did not take the trial.`, ExitCode.Failure);
}

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
