/** Days, tenors, calendars by name or out of reference data, day counts and schedules. */
export * from './business-calendar';
export * from './business-day';
export * from './calendar-registry';
export * from './coverage';
export * from './date';
export * from './day-count';
export * from './given-calendars';
export * from './imm';
export * from './schedule';
export * from './tenor';
