export { FEEDS } from './emulator';
export type {
	Behaviour,
	EventDraft,
	EventsEmulator,
	EventsEmulatorOptions,
	Feed,
	RecordedRequest,
	SeedEvent,
	StoredEvent,
	TokenGrant,
} from './emulator';
export { exampleEvents } from './exampleEvents';
export { startEventsEmulator } from './server';
