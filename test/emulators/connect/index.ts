export { NO_LAG, RECORDED_WAITS } from './behaviour';
export type { ActivityBehaviour, Behaviour, BehaviourOptions, Replica } from './behaviour';
export { manualClock, realClock } from './clock';
export type { Clock, ManualClock, ManualClockOptions } from './clock';
export type {
	ActivitySeed,
	Admin,
	ConnectEmulator,
	EditableField,
	EditableItem,
	EmulatorOptions,
	ItemEdit,
	RecordedRequest,
	Rights,
	TokenGrant,
} from './emulator';
export { itemOfEveryCategory } from './everyCategory';
export type { Fault, FaultAim, FaultKind, FaultMatch, FaultScript, StatusFault } from './faults';
export { seededIds } from './ids';
export type { IdSource } from './ids';
export { seededRandom } from './random';
export type { Seed, SeedField, SeedFile, SeedItem, SeedVault } from './seed';
export { exampleSeed } from './seeds';
export { LANGUAGES, itemsInThreeLanguages, type Language } from './languages';
export { startConnectEmulator } from './server';
