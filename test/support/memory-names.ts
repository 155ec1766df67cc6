/** What the names of the memory backend need: what is a name, and how it is told. */
import { BackendError } from '../../runtime/ports/backend';
import { changesOf } from '../../runtime/stream/changes';
import type { Topic } from '../../runtime/stream/topic';
import { Outlet } from '../../runtime/task/outlet';
import type { Chunk } from '../../runtime/wire/messages';
import { type NumberedName, names as namesTopic } from '../../schemas/reference';

export function checkName(domain: string, name: string): void {
  if (name === '' || name.includes('\0') || name.length > 512)
    throw new BackendError(`"${name.slice(0, 20)}" is no name of domain "${domain}".`);
}

export function namesAsMessages(fresh: readonly NumberedName[], schemaId: number): Chunk {
  const outlet = new Outlet({ topic: namesTopic as Topic, partitions: 1, schemaId, envelope: undefined });
  outlet.write(changesOf(fresh), { number: 0, now: 0 }, 'names');
  return outlet.take()[0]!.messages;
}
