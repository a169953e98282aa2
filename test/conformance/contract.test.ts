import { creation } from './contract/creation';
import { filing } from './contract/filing';
import { filtering } from './contract/filtering';
import { generation } from './contract/generation';
import { logging } from './contract/logging';
import { newFields } from './contract/newFields';
import { patching } from './contract/patching';
import { patchRefusals } from './contract/patchRefusals';
import { refusing } from './contract/refusing';
import { replacing } from './contract/replacing';
import { serving } from './contract/serving';
import { vaultsAndRows } from './contract/vaultsAndRows';
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
