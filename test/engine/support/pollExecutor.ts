/** How n8n polls: releases of n8n differ in where that code is, not in what it does to a trigger. */

import './engine';

import { Container } from '@n8n/di';
import * as core from 'n8n-core';
import type { INode, Workflow } from 'n8n-workflow';

/** @param isActivation then what the poll throws comes out; otherwise it goes to the error workflow. */
export type ExecutePoll = (isActivation?: boolean) => Promise<void>;

interface OlderCore {
	readonly ActiveWorkflows: new (...services: unknown[]) => {
		createPollExecuteFn(workflow: Workflow, node: INode, context: core.PollContext): ExecutePoll;
	};
}

/** Whether this n8n can commit the state of a trigger together with the execution that it starts. */
export const HAS_DURABLE_SCHEDULER = 'PollTriggerExecutor' in core;

/** @param isCurrent whether the workflow is still the published one. */
export function pollExecutor(workflow: Workflow, node: INode, context: core.PollContext, isCurrent: () => boolean): ExecutePoll {
	if (HAS_DURABLE_SCHEDULER) {
		return Container.get(core.PollTriggerExecutor).create(workflow, node, context, isCurrent);
	}
	const { ActiveWorkflows } = core as unknown as OlderCore;
	return Container.get(ActiveWorkflows).createPollExecuteFn(workflow, node, context);
}
