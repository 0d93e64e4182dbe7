import { newUuid } from "../../api/uuid";
import { recall, remember } from "../../app/preference";

/** What this browser is called among her others; it is made up once and tells nothing of it. */
export function thisDevice(): string {
  const known = recall("device");
  if (known !== null && /^[0-9a-f]{8}$/.test(known)) return known;
  const made = newUuid().slice(0, 8);
  remember("device", made);
  return made;
}
