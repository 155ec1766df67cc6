/**
 * Runs the worked example of a documentation page. In its JSON blocks `brings` is what a step brings and `says` what that
 * step must write, both as rows by topic, with names for numbers and symbols for enums, as people know them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyPipeline } from '../../runtime/graph/pipeline';
import type { Topic } from '../../runtime/stream/topic';
import { topics } from '../../schemas/topics';
import { fieldOfJson, formatField } from '../../sources/field-text';
import { recordFields } from '../../sources/record-fields';
import { type Row, Run } from './run';

type RowsByTopic = Readonly<Record<string, readonly Row[]>>;
export interface PageStep {
  readonly brings?: RowsByTopic;
  readonly says?: RowsByTopic;
}

const DOCS = join(__dirname, '..', '..', '..', 'docs');
const SECOND = 1_000_000;
const START = Date.parse('2026-12-01T09:00:00Z') * 1000;

export const stepsOf = (page: string): readonly PageStep[] =>
  [...readFileSync(join(DOCS, page), 'utf8').matchAll(/```json\n([\s\S]*?)```/g)].map(
    ([, text]) => JSON.parse(text!) as PageStep,
  );

/** What each step of a page writes, beside what the page says that it writes. */
export function runPage(page: string, pipelines: readonly AnyPipeline[]) {
  const run = new Run(pipelines);
  const names = new PageNames();
  return stepsOf(page).map(({ brings = {}, says = {} }, index) => {
    const data = Object.fromEntries(
      Object.entries(brings).map(([name, rows]) => [name, rows.map((row) => names.read(topicOf(name), row))]),
    );
    const written = run.bring({ now: START + index * SECOND, data });
    const shown = Object.keys(says).map((name) => [
      name,
      written[name]!.map((row) => names.show(topicOf(name), row)),
    ]);
    return { says, shown: Object.fromEntries(shown) as RowsByTopic };
  });
}

const topicOf = (name: string): Topic => topics.find((topic) => topic.name === name)!;

class PageNames {
  private readonly known = new Map<string, string[]>();

  read(topic: Topic, row: Row): Row {
    const fields = recordFields(topic).map((field) => {
      const value = fieldOfJson(field, row[field.name]);
      const isName = field.type.kind === 'name' && typeof value === 'string';
      return [field.name, isName ? this.numberOf(field.type.domain, value) : value];
    });
    return Object.fromEntries(fields);
  }

  show(topic: Topic, row: Row): Row {
    const nameOf = (domain: string, number: number) => this.known.get(domain)?.[number];
    return Object.fromEntries(
      recordFields(topic).map(({ name, type }) => [name, toNineDigits(formatField(type, row[name], nameOf))]),
    );
  }

  private numberOf(domain: string, name: string): number {
    const names = this.known.get(domain) ?? [];
    this.known.set(domain, names);
    return names.includes(name) ? names.indexOf(name) : names.push(name) - 1;
  }
}

/** A page need not tell of the last bits. */
const toNineDigits = (value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(9)) : value;
