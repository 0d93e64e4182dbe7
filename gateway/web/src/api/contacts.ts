import type { JsonValue } from "@bufbuild/protobuf";
import {
  ListContactsResponseSchema, OpenRecordingResponseSchema, type ListContactsResponse, type OpenRecordingResponse,
} from "../gen/muster/dispatch/v1/contact_service_pb";
import { getOfPerson, readJson, write } from "./http";

/** Lists a further page of the contacts in which an agent took part within [startMs, endMs). */
export function listAgentContacts(
  agent: string, startMs: number, endMs: number, pageToken: string,
): Promise<ListContactsResponse> {
  const query = { startTime: new Date(startMs).toISOString(), endTime: new Date(endMs).toISOString(), pageToken };
  return getOfPerson(ListContactsResponseSchema, agent, `/v1/${agent}/contacts`, query);
}

/** Asks where a recording is kept; who asked and what for is written down. */
export async function openRecording(recording: string, purpose: string): Promise<OpenRecordingResponse> {
  return readJson(OpenRecordingResponseSchema, (await write("POST", `/v1/${recording}:open`, { purpose })) as JsonValue);
}
