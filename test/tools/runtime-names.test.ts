/** Programs beside the tree require modules of runtime/ by name: a room that is split or joined moves none of them. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const runtime = join(__dirname, '..', '..', 'runtime');
const rooms = readdirSync(runtime, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const modules = rooms.flatMap(({ name: room }) =>
  readdirSync(join(runtime, room))
    .filter((file) => file.endsWith('.js'))
    .map((file) => ({ room, file })),
);

test('every module of runtime/ is found by its name alone, and is the one of its room', () => {
  expect(modules.map(({ file }) => file)).toContain('job.js');
  const others = modules.filter(
    ({ room, file }) => require(join(runtime, file)) !== require(join(runtime, room, file)),
  );
  expect(others).toEqual([]);
});
