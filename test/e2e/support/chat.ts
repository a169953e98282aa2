import { answerJson, startLocalServer } from './localServer';

/** An incoming webhook of a chat. */
export interface Chat {
	readonly url: string;
	/** Texts in order of arrival; a live list. */
	readonly messages: readonly string[];
	/** Done with the next message before it is answered. */
	beforeAnswer?: () => Promise<void>;
	close(): Promise<void>;
}

export async function startChat(): Promise<Chat> {
	const messages: string[] = [];
	const server = await startLocalServer((_request, response, body) => {
		const { text } = JSON.parse(body) as { text?: string };
		messages.push(text ?? '');
		const { beforeAnswer = async () => await Promise.resolve() } = chat;
		delete chat.beforeAnswer;
		void beforeAnswer().finally(() => answerJson(response, 200, { ok: true }));
	});
	const chat: Chat = { url: `http://127.0.0.1:${server.port}/hooks/audit`, messages, close: server.close };
	return chat;
}
