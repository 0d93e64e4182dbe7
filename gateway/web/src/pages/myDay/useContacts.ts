import { useQuery } from "@tanstack/react-query";
import { listAgentContacts } from "../../api/contacts";
import type { AgentDay } from "../../api/myDay";
import { useRenewal } from "../../api/useRenewal";
import { epochMs } from "../../board/model";
import type { Contact } from "../../gen/muster/dispatch/v1/contact_pb";

export interface DayContacts {
  readonly contacts: readonly Contact[];
  /** Further ones are still to come, or could not be had: sums would be too small. */
  readonly isPartial: boolean;
  /** Why the further ones could not be had. */
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** All contacts of a day: the first page came with it. */
export function useContacts(day: AgentDay): DayContacts {
  const first = day.contacts?.contacts ?? [];
  const token = day.contacts?.nextPageToken ?? "";
  const rest = useQuery({
    queryKey: ["myContacts", day.agent, epochMs(day.startTime), token],
    queryFn: () => restOf(day, token),
    enabled: token !== "",
  });
  useRenewal(rest, epochMs(day.serverTime));
  return {
    contacts: [...first, ...(rest.data ?? [])],
    isPartial: token !== "" && (rest.data === undefined || rest.isError),
    error: rest.error,
    onRetry: () => void rest.refetch(),
  };
}

async function restOf(day: AgentDay, firstToken: string): Promise<Contact[]> {
  const [startMs, endMs] = [epochMs(day.startTime) ?? 0, epochMs(day.endTime) ?? 0];
  const contacts: Contact[] = [];
  for (let token = firstToken; token !== "";) {
    const page = await listAgentContacts(day.agent, startMs, endMs, token);
    contacts.push(...page.contacts);
    token = page.nextPageToken;
  }
  return contacts;
}
