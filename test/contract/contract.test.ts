import { creation } from './cases/creation';
import { filing } from './cases/filing';
import { filtering } from './cases/filtering';
import { generation } from './cases/generation';
import { logging } from './cases/logging';
import { newFields } from './cases/newFields';
import { patching } from './cases/patching';
import { patchRefusals } from './cases/patchRefusals';
import { refusing } from './cases/refusing';
import { replacing } from './cases/replacing';
import { serving } from './cases/serving';
import { vaultsAndRows } from './cases/vaultsAndRows';
import { reportEvidence } from './evidence';
import { everyAnswerFollowsTheFile } from './openapi/everyAnswer';
import { useDesk } from './running/desk';

/** One file for jest, so that all topics share a server and the evidence is counted once. */
const desk = useDesk();

vaultsAndRows(desk);
creation(desk);
newFields(desk);
generation(desk);
patching(desk);
patchRefusals(desk);
replacing(desk);
filtering(desk);
refusing(desk);
filing(desk);
logging(desk);
serving(desk);
everyAnswerFollowsTheFile(desk);
reportEvidence();
