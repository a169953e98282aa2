import type { IExecuteFunctions } from 'n8n-workflow';

import type { NodeParameters } from '../parameters/nodeParameters';
import { Discloser } from './discloser';
import { makeRevealHint } from './revealHint';
import { isToolCall } from './toolCall';

/** @returns what makes the discloser of each input item. They share the hint, which is shown once a run. */
export function openDiscloser(node: IExecuteFunctions): (parameters: NodeParameters) => Discloser {
	const shared = { isTool: isToolCall(node), onReveal: makeRevealHint(node) };
	return (parameters) => new Discloser({ parameters, ...shared });
}
