import type { Changes } from '../../runtime/stream/changes';
import type { BookSettings } from '../../schemas/tables';

export type BookSettingsChanges = Changes<BookSettings, 'account'>;
