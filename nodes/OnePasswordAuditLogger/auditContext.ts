/** What an operation of the Audit Logger gets: plain data and functions, so that a test can make one without n8n. */

import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { ConnectRun } from '../shared/connect/run/connectRun';
import type { AuditSource } from '../shared/core/audit/auditSource';
import type { Discloser } from '../shared/n8n/operations/discloser';
import type { NodeParameters } from '../shared/n8n/parameters/nodeParameters';
import type { RunOptions } from '../shared/n8n/services/openConnectRun';
import type { OpenEventsOptions } from '../shared/n8n/services/openEventsSource';

export type NodeOfWorkflow = ReturnType<IExecuteFunctions['getChildNodes']>[number];

/** The node itself. */
export interface OwnNode {
	readonly id: string;
	readonly name: string;
	readonly type: string;
	readonly typeVersion: number;
}

/** Words that n8n keeps for the node in its own database, beside static data. Each answer is a plain "no" where n8n keeps none. */
export interface NotedWords {
	/** @returns how many are noted; 0 before the node has collected for the first time. */
	count(): Promise<number>;
	/** Notes nothing in a manual execution. @returns whether the word was noted before. */
	note(word: string): Promise<boolean>;
	forget(word: string): Promise<void>;
}

/** Opens what the node collects from. Nothing is sent yet. */
export interface AuditServices {
	/** @returns the run, and the id by which Connect's log names the token of the credential. */
	readonly connect: (options: RunOptions) => Promise<{ readonly run: ConnectRun; readonly tokenId?: string }>;
	readonly events: (options: OpenEventsOptions) => Promise<AuditSource<unknown>>;
}

/** Shows a message in the editor, beside the output. The same one is shown once a run. Default: an `info`. */
export type ShowHint = (message: string, type?: 'info' | 'warning') => void;

export interface AuditContext {
	/** Of the input item that it runs for: the first one, unless it runs for each. */
	readonly parameters: NodeParameters;
	/** Makes what the operation returns. */
	readonly disclose: Pick<Discloser, 'facts'>;
	readonly inputs: readonly INodeExecutionData[];
	readonly self: OwnNode;
	/** Empty where the workflow was never saved. */
	readonly workflowId: string;
	readonly executionId: string;
	/** Whether n8n forgets what the execution keeps in static data. */
	readonly isManual: boolean;
	/** Of the workflow; for times that are entered without one. */
	readonly timeZone: string;
	/** @returns milliseconds since the epoch. */
	readonly now: () => number;
	/** @returns the workflow's static data, which can be changed. */
	readonly staticData: () => IDataObject;
	readonly notedWords: NotedWords;
	/** @returns all nodes that come before this one, with their parameters. */
	readonly nodesBefore: () => readonly NodeOfWorkflow[];
	/** @returns all nodes that come after this one, with their parameters. */
	readonly nodesAfter: () => readonly NodeOfWorkflow[];
	readonly services: AuditServices;
	readonly hint: ShowHint;
	/** Writes failures to n8n's log that do not stop the run. */
	readonly logFailures: (errors: readonly unknown[]) => Promise<void>;
}
