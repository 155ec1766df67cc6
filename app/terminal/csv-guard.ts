/**
 * CSV that goes into a spreadsheet: a text that begins like a formula would be run there. Such a field gets an apostrophe
 * in front, which spreadsheets take for "this is text". Numbers, which the engine writes without quotes, stay.
 * Source: OWASP, "CSV Injection".
 */
export class CsvGuard {
  /** Whether the next character begins a field in quotes. */
  private opening = false;
  private inQuotes = false;
  private atStart = true;

  /** Takes an answer piece by piece, wherever pieces are cut. */
  pass(piece: string): string {
    let passed = '';
    let done = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const character = piece[at]!;
      if (this.opening && /[=+\-@\t\r]/.test(character)) {
        passed += `${piece.slice(done, at)}'`;
        done = at;
      }
      this.opening = false;
      if (character === '"') {
        this.opening = !this.inQuotes && this.atStart;
        this.inQuotes = !this.inQuotes;
      }
      this.atStart = !this.inQuotes && (character === ',' || character === '\n');
    }
    return passed + piece.slice(done);
  }
}
