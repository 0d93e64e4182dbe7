import type { Agent } from "../gen/muster/roster/v1/people_pb";

/** A page, by its title in the language that is chosen. */
export interface FindablePage {
  readonly path: string;
  readonly title: string;
  /** Goes to the page after `g`. */
  readonly key: string;
}

/** The pages whose title holds a text, whatever its case; all of them for an empty one. */
export function pagesNamed(pages: readonly FindablePage[], text: string): readonly FindablePage[] {
  const wanted = text.trim().toLocaleLowerCase();
  return pages.filter(({ title }) => title.toLocaleLowerCase().includes(wanted));
}

/** Where the board shows somebody's day. */
export function addressOf(agent: Pick<Agent, "name" | "site">): string {
  const id = (name: string) => name.slice(name.indexOf("/") + 1);
  return `/board?${new URLSearchParams({ site: id(agent.site), agent: id(agent.name) })}`;
}
