/** The list of commands says what each command says of itself, and costs little to show. */
import { Command } from 'commander';
import { commands } from '../../app/commands';

test.each(commands)('$name stands in the list as it describes itself', ({
  name,
  usage,
  description,
  add,
}) => {
  const program = new Command();
  add(program);
  const [loaded] = program.commands;
  expect(program.commands).toHaveLength(1);
  expect({ name: loaded!.name(), usage: loaded!.usage(), description: loaded!.description() }).toEqual({
    name,
    usage,
    description,
  });
});
