/** `SOAK=1`: the long form, with as many kills and changes as it takes to hit what is rare. */
export const IS_SOAK = process.env['SOAK'] === '1';
export const SEED = Number(process.env['SEED'] ?? 1);

export function print(line: string): void {
	process.stdout.write(`${line}\n`);
}
