/**
 * All commands, and how each is loaded. The list alone answers `--help` and a misspelt word; only the command that was
 * asked for loads its code, so that saying what there is costs no more than Node itself.
 */
import { Command } from 'commander';

export interface CommandEntry {
  readonly name: string;
  /** Its options and arguments, as the list of commands shows them. */
  readonly usage: string;
  readonly description: string;
  /** Loads the command's code and adds it to the program. */
  readonly add: (program: Command) => void;
}

/* Loaded by `require`, not at the top: see above. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'start',
    usage: '[options]',
    description: 'run the job live: what comes in moves positions and P&L',
    add: (to) => (require('./commands/start') as typeof import('./commands/start')).addStartCommand(to),
  },
  {
    name: 'replay',
    usage: '[options] <manifest>',
    description: 'run the job over recorded files: topics and tables come out',
    add: (to) => (require('./commands/replay') as typeof import('./commands/replay')).addReplayCommand(to),
  },
  {
    name: 'produce',
    usage: '[options] <topic> <file>',
    description: 'append records of a file to a topic',
    add: (to) => (require('./commands/produce') as typeof import('./commands/produce')).addProduceCommand(to),
  },
  {
    name: 'reference',
    usage: '[options] <check|diff|load|show>',
    description: 'check, compare, load and show reference data',
    add: (to) =>
      (require('./commands/reference') as typeof import('./commands/reference')).addReferenceCommand(to),
  },
  {
    name: 'tail',
    usage: '[options] <topic>',
    description: 'show records of a topic',
    add: (to) => (require('./commands/tail') as typeof import('./commands/tail')).addTailCommand(to),
  },
  {
    name: 'query',
    usage: '[options] <sql>',
    description: 'ask ClickHouse',
    add: (to) => (require('./commands/query') as typeof import('./commands/query')).addQueryCommand(to),
  },
  {
    name: 'price',
    usage: '[options] [file]',
    description: 'price products in a file',
    add: (to) => (require('./commands/price') as typeof import('./commands/price')).addPriceCommand(to),
  },
  {
    name: 'check',
    usage: '[options] [folder]',
    description: 'verify the configuration and everything stored',
    add: (to) => (require('./commands/check') as typeof import('./commands/check')).addCheckCommand(to),
  },
  {
    name: 'skip',
    usage: '[options] <place>',
    description: 'set aside a message or timer that stops a task',
    add: (to) => (require('./commands/skip') as typeof import('./commands/skip')).addSkipCommand(to),
  },
  {
    name: 'late',
    usage: '[options] <list|resolve|discard>',
    description: 'list fills that came too late to be booked, and settle them',
    add: (to) => (require('./commands/late') as typeof import('./commands/late')).addLateCommand(to),
  },
  {
    name: 'alerts',
    usage: '[options] [command]',
    description: 'try the channels over which alerts are told',
    add: (to) => (require('./commands/alerts') as typeof import('./commands/alerts')).addAlertsCommand(to),
  },
  {
    name: 'readers',
    usage: '[options]',
    description: 'show who holds back what in the log, or forget a reader that is gone',
    add: (to) => (require('./commands/readers') as typeof import('./commands/readers')).addReadersCommand(to),
  },
  {
    name: 'retire',
    usage: '[options] <name>',
    description: 'let go of the state of what is gone for good',
    add: (to) => (require('./commands/retire') as typeof import('./commands/retire')).addRetireCommand(to),
  },
  {
    name: 'rebuild',
    usage: '[options] <pipeline>',
    description: "make a pipeline's state anew from what its topics hold",
    add: (to) => (require('./commands/rebuild') as typeof import('./commands/rebuild')).addRebuildCommand(to),
  },
  {
    name: 'upgrade',
    usage: '[options]',
    description: 'make a data folder of an earlier version one of this version',
    add: (to) => (require('./commands/upgrade') as typeof import('./commands/upgrade')).addUpgradeCommand(to),
  },
  {
    name: 'bench',
    usage: '[options] [name]',
    description: 'measure throughput and latency',
    add: (to) => (require('./commands/bench') as typeof import('./commands/bench')).addBenchCommand(to),
  },
];

/** The program with the one command that `words` ask for, or with the names of all. */
export function programFor(words: readonly string[], version: string): Command {
  const [first, second] = words.filter((word) => !word.startsWith('-'));
  const asked = first === 'help' ? second : first;
  const program = new Command('breakwater').version(version);
  for (const entry of commands) {
    if (entry.name === asked) entry.add(program);
    else program.command(entry.name).usage(entry.usage).description(entry.description);
  }
  return program;
}
