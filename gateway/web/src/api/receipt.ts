import { toJsonString } from "@bufbuild/protobuf";
import type { IsoDay } from "../board/day";
import { ReceiptSchema } from "../gen/muster/presence/v1/record_service_pb";
import { getOfPerson, type DownloadedFile } from "./http";

/** Gets what proves an agent's entries of a day, as the file that `muster verify receipt` reads. */
export async function getReceipt(agent: string, day: IsoDay, zone: string): Promise<DownloadedFile> {
  const receipt = await getOfPerson(ReceiptSchema, agent, `/v1/${agent}/receipt`, { day, zone });
  const content = new Blob([toJsonString(ReceiptSchema, receipt, { prettySpaces: 2 })], { type: "application/json" });
  return { name: `receipt-${agent.slice(agent.indexOf("/") + 1)}-${day}.json`, content };
}
