import { NodeConnectionTypes, type IExecuteFunctions } from 'n8n-workflow';

/**
 * @returns whether an AI agent calls the node as its tool. `isToolExecution` alone does not tell: newer agents let the
 * workflow engine run the tool, in a context that says no. What is left then is the node itself, which n8n clones under
 * a name that ends in "Tool" and marks with the connection its output goes to.
 */
export function isToolCall(context: IExecuteFunctions): boolean {
	const { type, rewireOutputLogTo } = context.getNode();
	return type.endsWith('Tool') || rewireOutputLogTo === NodeConnectionTypes.AiTool || (context.isToolExecution?.() ?? false);
}
