/** What the editor shows first, and what counts where nothing is set. */

export const DEFAULT_MAX_EVENTS = 5_000;
export const DEFAULT_BURST_COUNT = 100;
export const DEFAULT_BURST_MINUTES = 5;
export const DEFAULT_CRITICAL_TAG = 'critical';
export const DEFAULT_LEARNING_DAYS = 7;
export const DEFAULT_WORKING_DAYS = ['1', '2', '3', '4', '5'];
export const DEFAULT_WORKING_FROM = '08:00';
export const DEFAULT_WORKING_TO = '18:00';
