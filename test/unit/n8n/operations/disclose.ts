import { Discloser } from '../../../../nodes/shared/n8n/operations/discloser';
import { NodeParameters } from '../../../../nodes/shared/n8n/parameters/nodeParameters';
import { fakeNode } from '../fakeNode';

/** @returns the discloser of an input item with these parameters. @param onReveal default: nobody wants to know. */
export function disclose(parameters: Readonly<Record<string, unknown>> = {}, isTool = false, onReveal: () => void = () => undefined): Discloser {
	return new Discloser({ parameters: new NodeParameters(fakeNode({ inputs: [parameters] }), 0), isTool, onReveal });
}
