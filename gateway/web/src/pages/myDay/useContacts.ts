import { useQuery } from "@tanstack/react-query";
import { listAgentContacts } from "../../api/contacts";
import type { AgentDay } from "../../api/myDay";
import { epochMs } from "../../board/model";
import type { Contact } from "../../gen/muster/dispatch/v1/contact_pb";

interface DayContacts {
  readonly contacts: readonly Contact[];
  /** Further ones are still to come: sums would be too small. */
  readonly isPartial: boolean;
}

/** All contacts of a day: the first page came with it. */
export function useContacts(day: AgentDay): DayContacts {
  const first = day.contacts?.contacts ?? [];
  const token = day.contacts?.nextPageToken ?? "";
  const rest = useQuery({
    queryKey: ["myContacts", day.agent, token],
    queryFn: () => restOf(day, token),
    enabled: token !== "",
  });
  return { contacts: [...first, ...(rest.data ?? [])], isPartial: token !== "" && rest.data === undefined };
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
