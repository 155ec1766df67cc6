/** Runs the slice over fixed batches and prints one hash of everything it wrote and kept: `node determinism-child.js`. */
import { createHash } from 'node:crypto';
import { prepareTopics, topicsOf } from '../../runtime/drive/open-job';
import type { Topic } from '../../runtime/stream/topic';
import { TaskRunner } from '../../runtime/task/runner';
import { envelopeFrom } from '../../schemas/cloud-events';
import { timeOf } from '../crash/scenario';
import { sliceScenario } from '../crash/slice-scenario';
import { MemoryBackend } from '../support/memory-backend';

const BATCHES = 120;

async function main(): Promise<void> {
  const { job, deadLetters, names, batch } = sliceScenario;
  const backend = new MemoryBackend();
  for (const [domain, all] of Object.entries(names)) await backend.names.numbersOf(domain, all);
  const schemaIds = await prepareTopics([...topicsOf(job), deadLetters as Topic], 1, backend);
  const { restored } = await backend.openTask({ job: job.name, partition: 0 });
  const envelope = envelopeFrom('/breakwater/test');
  const options = { job, partition: 0, backend, restored, schemaIds, deadLetters, envelope, build: 'test' };
  const runner = new TaskRunner({ ...options, stepBytes: 1 << 20, holdMicros: 1e6 });
  const hash = createHash('sha256');
  for (let sequence = 1; sequence <= BATCHES; sequence += 1) {
    await backend.log.append({ producer: 'test', sequence, outputs: batch(sequence, schemaIds) });
    runner.step({ now: timeOf(sequence) });
    const { outputs, tables } = runner.takeEpoch();
    for (const { topic, messages } of outputs) hash.update(topic).update(messages.bytes);
    for (const { table, slots, bytes } of tables) hash.update(table).update(slots).update(bytes);
  }
  console.log(`${runner.counts.recordsOut} ${hash.digest('hex')}`);
}

void main();
