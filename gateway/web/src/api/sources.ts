import type { JsonValue } from "@bufbuild/protobuf";
import {
  ListSourceEventsResponseSchema, ListSourceMappingsResponseSchema, ListSourcesResponseSchema, ListSourceUnknownsResponseSchema,
  RetrySourceEventsResponseSchema, SourceEvent_State, SourceMappingSchema, SourceSchema, TestSourceMappingResponseSchema,
  type Source, type SourceEvent, type SourceMapping, type SourceSigning, type SourceUnknown, type TestSourceMappingResponse,
} from "../gen/muster/gateway/v1/source_service_pb";
import { get, readJson, write, type Query } from "./http";
import { listAll } from "./paging";

export { SourceEvent_State };
export type { Source, SourceEvent, SourceMapping, SourceSigning, SourceUnknown, TestSourceMappingResponse };

/** How a source proves itself, as the wire writes it. */
export interface SigningWire {
  readonly scheme: string;
  readonly header?: string;
  readonly timestampHeader?: string;
  readonly signedText?: string;
}

export interface SourceFields {
  readonly displayName: string;
  readonly signing: SigningWire;
}

/** What names a source. */
export type SourceRef = Pick<Source, "name">;

/** Lists the sources of all sites that the account may see. */
export function listSources(signal: AbortSignal): Promise<Source[]> {
  return listAll((page) => get(ListSourcesResponseSchema, "/v1/sources", page, signal), ({ sources }) => sources);
}

/** Creates a source; the answer holds its secret, this once. */
export async function createSource(sourceId: string, site: string, fields: SourceFields): Promise<Source> {
  return readSource(await write("POST", "/v1/sources", { sourceId, site, ...fields }));
}

export async function updateSource({ name, etag }: Source, fields: SourceFields): Promise<Source> {
  return readSource(await write("PATCH", `/v1/${name}`, { ...fields, etag }));
}

/** Makes a new secret, which the answer holds, this once. */
export async function rotateSecret({ name }: SourceRef, revokeFormer: boolean): Promise<Source> {
  return readSource(await write("POST", `/v1/${name}:rotateSecret`, { revokeFormer }));
}

/** Lists the versions of a source's mapping, the newest first. */
export function listMappings({ name }: SourceRef, signal: AbortSignal): Promise<SourceMapping[]> {
  return listAll((page) => get(ListSourceMappingsResponseSchema, `/v1/${name}/mappings`, page, signal), ({ mappings }) => mappings);
}

/** Adds a text as a version and makes it the one by which events are translated. */
export async function publishMapping({ name }: SourceRef, text: string): Promise<Source> {
  const added = readJson(SourceMappingSchema, (await write("POST", `/v1/${name}/mappings`, { text })) as JsonValue);
  return readSource(await write("POST", `/v1/${added.name}:activate`, {}));
}

/** Tells what a mapping makes of sample events; changes nothing. */
export async function tryMapping({ name }: SourceRef, text: string, events: string): Promise<TestSourceMappingResponse> {
  return readJson(TestSourceMappingResponseSchema, (await write("POST", `/v1/${name}/mappings:test`, { text, events })) as JsonValue);
}

export function listUnknowns({ name }: SourceRef, signal: AbortSignal): Promise<SourceUnknown[]> {
  return listAll((page) => get(ListSourceUnknownsResponseSchema, `/v1/${name}/unknowns`, page, signal), ({ unknowns }) => unknowns);
}

/** Lists the newest events of a source, of one state or of any. */
export async function listNewestEvents(
  { name }: SourceRef, state: SourceEvent_State, pageSize: number, signal?: AbortSignal,
): Promise<SourceEvent[]> {
  const query: Query = state === SourceEvent_State.UNSPECIFIED ? { pageSize } : { pageSize, state: `STATE_${SourceEvent_State[state]}` };
  return (await get(ListSourceEventsResponseSchema, `/v1/${name}/events`, query, signal)).events;
}

/** Translates anew what was set aside, and tells how many events that are. */
export async function retryEvents({ name }: SourceRef): Promise<number> {
  return readJson(RetrySourceEventsResponseSchema, (await write("POST", `/v1/${name}/events:retry`, {})) as JsonValue).eventCount;
}

function readSource(answer: unknown): Source {
  return readJson(SourceSchema, answer as JsonValue);
}
