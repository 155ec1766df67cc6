/**
 * A picture of lines that is redrawn in place. Only lines that differ are sent, inside a synchronized update (mode
 * 2026), so that a terminal never shows half of one. On the alternate screen: what stood there before comes back.
 * Lines never wrap: should a terminal think a character wider than we do, its line alone is cut, and no other moves.
 */
import type { Output } from './output';

const ESC = '\x1b[';
const ENTER = `${ESC}?1049h${ESC}?25l${ESC}?7l${ESC}H${ESC}J`;
const LEAVE = `${ESC}?7h${ESC}?25h${ESC}?1049l`;
const BEGIN_UPDATE = `${ESC}?2026h`;
const END_UPDATE = `${ESC}?2026l`;

export class Screen {
  private shown: readonly string[] = [];
  private size = '';
  private open = false;

  constructor(private readonly output: Output) {}

  /** Shows these lines, as many as fit; each must fit the width. */
  draw(lines: readonly string[]): void {
    const size = `${this.output.columns}×${this.output.rows}`;
    const visible = lines.slice(0, this.output.rows);
    let changes = '';
    if (!this.open) changes += ENTER;
    else if (size !== this.size) changes += `${ESC}H${ESC}J`;
    if (!this.open || size !== this.size) this.shown = [];
    this.open = true;
    this.size = size;
    for (let index = 0; index < Math.max(visible.length, this.shown.length); index += 1) {
      const line = visible[index] ?? '';
      // Erased first: behind a line that fills the width the cursor stands upon its last character.
      if (line !== (this.shown[index] ?? '')) changes += `${ESC}${index + 1};1H${ESC}K${line}`;
    }
    this.shown = visible;
    if (changes !== '') this.output.write(BEGIN_UPDATE + changes + END_UPDATE);
  }

  close(): void {
    if (this.open) this.output.write(LEAVE);
    this.open = false;
  }
}
