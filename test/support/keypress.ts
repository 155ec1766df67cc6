/** Keys as a keyboard tells them, by name. */
import type { Keypress } from '../../app/terminal/keyboard';

export const keyOf = (name: string): Keypress => ({ name, text: [...name].length === 1 ? name : '' });
