import { fromBinary, fromJson, type DescMessage, type JsonValue, type MessageShape } from "@bufbuild/protobuf";
import { problemFrom, unreachable } from "./problem";
import { purposeHeaders } from "./purpose";

/** The fields of a query; a list is a field that comes several times. */
export type Query = Record<string, string | number | readonly string[]>;

/** Gets a message as JSON, the form that is easiest to read in the browser's network view. */
export async function get<D extends DescMessage>(
  schema: D, path: string, query: Query = {}, signal?: AbortSignal,
): Promise<MessageShape<D>> {
  const response = await send(path, query, { headers: { accept: "application/json" }, ...only(signal) });
  return readJson(schema, (await response.json()) as JsonValue);
}

/** Gets a message that tells of one person, with the purpose that was said for her. */
export async function getOfPerson<D extends DescMessage>(
  schema: D, person: string, path: string, query: Query = {}, signal?: AbortSignal,
): Promise<MessageShape<D>> {
  const headers = { accept: "application/json", ...purposeHeaders(person) };
  const response = await send(path, query, { headers, ...only(signal) });
  return readJson(schema, (await response.json()) as JsonValue);
}

export interface DownloadedFile {
  readonly name: string;
  readonly content: Blob;
}

/** Gets a file, under the name that the server gives it. */
export async function getFile(path: string): Promise<DownloadedFile> {
  const response = await send(path, {}, { headers: { accept: "*/*" } });
  const match = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("content-disposition") ?? "");
  return { name: decodeURIComponent(match?.[1] ?? "muster"), content: await response.blob() };
}

/** Gets a heavy message as protobuf. */
export async function getBinary<D extends DescMessage>(
  schema: D, path: string, query: Query = {}, signal?: AbortSignal,
): Promise<MessageShape<D>> {
  const headers = { accept: "application/x-protobuf" };
  const response = await send(path, query, { headers, ...only(signal) });
  return fromBinary(schema, new Uint8Array(await response.arrayBuffer()));
}

/** Writes; the header proves to the gateway that a page of ours asks and no other site's form. */
export async function write(
  method: "POST" | "PATCH" | "PUT" | "DELETE", path: string, body: unknown = undefined, headers: Record<string, string> = {},
): Promise<unknown> {
  const init: RequestInit = {
    method,
    headers: { accept: "application/json", "x-muster-csrf": "1", ...headers },
  };
  if (body !== undefined) {
    init.headers = { ...init.headers, "content-type": "application/json" };
    init.body = JSON.stringify(body);
  }
  const response = await send(path, {}, init);
  const text = await response.text();
  return text === "" ? {} : JSON.parse(text);
}

/** Reads a message from JSON; fields of a newer gateway are passed over. */
export function readJson<D extends DescMessage>(schema: D, json: JsonValue): MessageShape<D> {
  return fromJson(schema, json, { ignoreUnknownFields: true });
}

async function send(path: string, query: Query, init: RequestInit): Promise<Response> {
  const search = searchOf(query);
  const address = search.size > 0 ? `${path}?${search}` : path;
  const response = await fetch(address, { credentials: "same-origin", ...init }).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw unreachable(cause);
  });
  if (!response.ok) throw await problemFrom(response);
  return response;
}

/** The fields as a part of an address. */
export function searchOf(query: Query): URLSearchParams {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => [key, String(one)]));
  return new URLSearchParams(pairs);
}

function only(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
