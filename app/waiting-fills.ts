/** Busts and corrections whose execution has not come, as a job's tasks have left them. */
import { executionTable } from '../pipelines/positions';
import type { Backend } from '../runtime/ports/backend';
import { schemaVersions } from '../schemas/evolution/schema-versions';
import { ExecutionState, executionCodec } from '../schemas/tables';

/** Their ids, in order of arrival. Nothing may run on the folder meanwhile. */
export async function waitingFills(backend: Pick<Backend, 'tasks' | 'openTask'>): Promise<string[]> {
  const ids: string[] = [];
  for (const { task } of backend.tasks()) {
    const store = await backend.openTask(task);
    store.restored.table(executionTable.name)?.forEach((_, record, schema) => {
      const codec =
        schema === executionCodec.schema ? executionCodec : schemaVersions.resolve(executionCodec, schema);
      const row = codec?.layout === 'rows' ? (codec as typeof executionCodec).decode(record) : undefined;
      if (row?.state === ExecutionState.Waiting) ids.push(row.executionId);
    });
    await store.close();
  }
  return ids;
}
