import { foldName } from '../nameMatch';

export const ROTATION_SECTION = 'Rotation';

/** @param label of a section. */
export function isRotationSection(label = ''): boolean {
	return foldName(label) === foldName(ROTATION_SECTION);
}
