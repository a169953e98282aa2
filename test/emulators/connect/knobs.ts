import type { BehaviourOptions } from './behaviour';
import { behaviourFrom } from './behaviour';

/**
 * Knobs as they come from a command line: `answerVersion=new`, `activity.requestIp=true`, `replicas=[{"readLagMs":0}]`.
 * @throws Error for an unknown knob, or a value of another type than its default.
 */
export function parseKnobs(settings: readonly string[]): BehaviourOptions {
	const knobs: Record<string, unknown> = {};
	const activity: Record<string, unknown> = {};
	for (const setting of settings) {
		const [name = '', ...rest] = setting.split('=');
		const inActivity = name.startsWith('activity.');
		const key = inActivity ? name.slice('activity.'.length) : name;
		(inActivity ? activity : knobs)[key] = readKnob(name, defaultOf(key, inActivity), rest.join('='));
	}
	return { ...knobs, activity };
}

function defaultOf(key: string, inActivity: boolean): unknown {
	const { activity, ...rest } = behaviourFrom();
	const defaults: object = inActivity ? activity : rest;
	return Object.hasOwn(defaults, key) ? (defaults as Record<string, unknown>)[key] : undefined;
}

function readKnob(name: string, standard: unknown, text: string): unknown {
	if (standard === undefined) throw new Error(`The emulator has no knob ${name}. The knobs are listed in test/emulators/connect/README.md.`);
	const value = parse(text);
	// A knob whose default is a number may have words as well, and the other way round.
	const isFit =
		typeof standard === 'object'
			? Array.isArray(value)
			: typeof standard === 'boolean'
				? typeof value === 'boolean'
				: text !== '' && typeof value !== 'boolean';
	if (!isFit) throw new Error(`${text || 'Nothing'} is not a value for the knob ${name}; its default is ${JSON.stringify(standard)}.`);
	return value;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}
