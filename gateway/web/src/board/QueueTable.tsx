import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatDuration } from "./clock";
import type { Board } from "./model";
import { groupsOfQueues, keptInPlace, levelRuleKey, levelRulesOf, type QueueGroup, type QueueRow, type ToldQueues } from "./queues";
import { useLabels } from "./useLabels";
import { useQueueNames } from "./useQueueNames";
import { useLevelRuleText, usePercent, useStillSince } from "./useQueueText";

interface QueueTableProps {
  readonly told: ToldQueues;
  readonly board: Board;
  /** This computer's clock. */
  readonly now: number;
}

/** How each queue stands, the most urgent first; nothing changes its place under the pointer. */
export function QueueTable({ told, board, now }: QueueTableProps) {
  const { t } = useTranslation();
  const names = useQueueNames(board.sites);
  const [isHeld, setHeld] = useState(false);
  const shown = useRef<readonly QueueGroup[]>([]);
  const newest = groupsOfQueues(told);
  const groups = isHeld ? keptInPlace(newest, shown.current) : newest;
  shown.current = groups;
  const rules = levelRulesOf(groups).map(levelRuleKey);
  return (
    // What is longer than the panel is scrolled by the keyboard too.
    <div className="queues" role="group" aria-label={t("waiting.label")} tabIndex={0}>
      <table
        aria-busy={names.isPending} onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)}
      >
        <caption>{t("waiting.label")} <span className="muted">{t("waiting.order")}</span></caption>
        <thead>
          <tr>
            <th scope="col">{t("waiting.queue")}</th>
            <th scope="col">{t("waiting.waitingNow")}</th>
            <th scope="col">{t("waiting.oldestWait")}</th>
            <th scope="col">{t("waiting.answered")}</th>
            <th scope="col">{t("waiting.abandoned")}</th>
            <th scope="col">{t("waiting.levelNow")}</th>
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.site} className={group.stillSinceMs === null ? "" : "still"}>
            <GroupHead group={group} board={board} />
            {group.rows.map((row) => (
              <Row
                key={row.queue} row={row} name={names.of(row.queue)} serverMs={(group.stillSinceMs ?? now) + board.skewMs}
                mark={rules.length > 1 ? rules.indexOf(levelRuleKey(row.rule)) + 1 : null}
              />
            ))}
          </tbody>
        ))}
      </table>
      <LevelRules groups={groups} />
    </div>
  );
}

/** Which site the queues are of, where there are several, and since when it tells nothing. */
function GroupHead({ group, board }: { readonly group: QueueGroup; readonly board: Board }) {
  const labels = useLabels(board);
  const stillSince = useStillSince(board);
  const site = board.sites.length > 1 ? labels.of(group.site) : "";
  if (site === "" && group.stillSinceMs === null) return null;
  return (
    <tr className="queues-site">
      <th scope="rowgroup" colSpan={6}>
        {site} {group.stillSinceMs !== null && <span className="waiting-still">{stillSince(group.stillSinceMs)}</span>}
      </th>
    </tr>
  );
}

interface RowProps {
  readonly row: QueueRow;
  readonly name: string;
  readonly serverMs: number;
  /** Which of the rules below the table the service level goes by; null where there is only one. */
  readonly mark: number | null;
}

function Row({ row, name, serverMs, mark }: RowProps) {
  const { i18n } = useTranslation();
  const percent = usePercent();
  const count = new Intl.NumberFormat(i18n.language);
  return (
    <tr className={row.waiting > 0 ? "" : "calm"}>
      <th scope="row">{name}</th>
      <td><strong>{count.format(row.waiting)}</strong></td>
      <td><strong>{row.oldestMs === null ? "–" : formatDuration(serverMs - row.oldestMs)}</strong></td>
      <td>{count.format(row.answered)}</td>
      <td>{count.format(row.abandoned)}</td>
      <td>{row.level === null ? "–" : percent(row.level)}{mark !== null && <sup>{mark}</sup>}</td>
    </tr>
  );
}

/** By what service levels are figured, each rule once. */
function LevelRules({ groups }: { readonly groups: readonly QueueGroup[] }) {
  const textOf = useLevelRuleText();
  const rules = levelRulesOf(groups);
  return rules.map((rule, index) => (
    <p key={levelRuleKey(rule)} className="muted">{rules.length > 1 && <sup>{index + 1}</sup>}{textOf(rule)}</p>
  ));
}
