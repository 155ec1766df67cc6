/** Elements and text of a plain XML document, no attributes but `id`, no entities: as the published examples are written. */
export interface XmlNode {
  readonly tag: string;
  readonly id?: string;
  readonly text: string;
  readonly children: readonly XmlNode[];
}

interface Open {
  readonly tag: string;
  readonly id?: string;
  text: string;
  readonly children: XmlNode[];
}

export function parseXml(source: string): XmlNode {
  const plain = source.replace(/<!--[\s\S]*?-->/g, '').replace(/<\?[\s\S]*?\?>/g, '');
  const stack: Open[] = [{ tag: '', text: '', children: [] }];
  for (const [, slash, tag, rest, closed, text] of plain.matchAll(/<(\/?)([\w-]+)([^>]*?)(\/?)>([^<]*)/g)) {
    if (slash) {
      const done = stack.pop()!;
      if (done.tag !== tag) throw new Error(`</${tag}> closes <${done.tag}>`);
      stack.at(-1)!.children.push(done);
      continue;
    }
    const id = /id="([^"]*)"/.exec(rest!)?.[1];
    const made: Open = { tag: tag!, ...(id === undefined ? {} : { id }), text: text!.trim(), children: [] };
    if (closed) stack.at(-1)!.children.push({ ...made, text: '' });
    else stack.push(made);
  }
  return stack[0]!.children[0]!;
}

/** All nodes of a tag, wherever they stand. */
export const nodesOf = (node: XmlNode, tag: string): readonly XmlNode[] =>
  node.children.flatMap((child) => [...(child.tag === tag ? [child] : []), ...nodesOf(child, tag)]);

/** The text below a path of tags; empty where there is none. */
export const textAt = (node: XmlNode, ...path: readonly string[]): string => {
  let at: XmlNode | undefined = node;
  for (const tag of path) at = at?.children.find((child) => child.tag === tag);
  return at?.text ?? '';
};
