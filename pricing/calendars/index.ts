/** Days, tenors, calendars by name or out of reference data, day counts and schedules. */
export * from './business-calendar.js';
export * from './business-day.js';
export * from './calendar-registry.js';
export * from './coverage.js';
export * from './date.js';
export * from './day-count.js';
export * from './given-calendars.js';
export * from './imm.js';
export * from './schedule.js';
export * from './tenor.js';
